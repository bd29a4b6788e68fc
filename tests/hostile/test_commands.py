"""Whatever a database, a file or a name holds, no command steers the terminal that it is run on."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from typing import TYPE_CHECKING, Final

import click
import pytest

from annotator.cli import COMMANDS, command_line
from annotator.exporters import list_exporters
from annotator.model.event import EventKind
from annotator.store.sqlite import SqliteStore
from tests.hostile.database import (
    CLAIM,
    ELSE,
    EVIL,
    REVIEWERS,
    SENTENCES,
    find_unsafe,
    make_working,
    put_event,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.cli.conftest import Command, Result
    from tests.hostile.database import Hostile

NAME: Final = EVIL.replace("\x00", "")
"""What a file can be called."""

CASES: Final[dict[str, tuple[str, ...]]] = {
    "review": ("review --plain FIRST", "review NAME", "review --plain FILE"),
    "import": ("import FILE", "import NAME", "import BROKEN", "import ROWS", "import FILE FILE"),
    "update": ("update FIRST FILE", "update FIRST NAME", "update NAME FILE"),
    "documents": ("documents", "documents --deleted"),
    "show": ("show FIRST", "show FIRST --reviewer all", "show NAME", "show FIRST --reviewer NAME"),
    "history": (
        "history FIRST --reviewer all",
        "history FIRST --sentence 2",
        "history FIRST --sentence 99",
    ),
    "status": ("status", "status --reviewer ANA"),
    "delete": ("delete FIRST", "delete NAME"),
    "restore": ("restore GONE", "restore NAME"),
    "export": ("export", "export --label NAME", "export -o NAME/x", "export --format NAME"),
    "schema": ("schema",),
    "formats": ("formats",),
    "guideline": ("guideline",),
    "agreement": (
        "agreement --resamples 9",
        "agreement --again",
        "agreement --between NAME",
        "agreement --csv NAME/x",
    ),
    "adjudicate": ("adjudicate --auto majority", "adjudicate --auto NAME", "adjudicate NAME"),
    "scheme": ("scheme show", "scheme show --json", "scheme set SCHEME", "scheme set NAME"),
    "assign": (
        "assign --all --to ben",
        "assign FIRST --to ANA --remove",
        "assign --all --to NAME",
        "assign --again 0.5 --all --to ANA",
    ),
    "rename-reviewer": ("rename-reviewer ANA ada", "rename-reviewer NAME ada"),
    "merge": (
        "merge OTHER --db HERE",
        "merge --dry-run OTHER --db HERE",
        "merge OTHER",
        "merge BROKEN",
        "merge NAME",
        "merge EVIL --db HERE",
    ),
    "backup": ("backup NAME", "backup x/NAME", "backup here.db --db BROKEN"),
    "recover": ("recover OTHER -o NAME", "recover BROKEN -o x.db", "recover NAME -o y.db"),
    "verify": ("verify", "verify --db BROKEN"),
    "copy": ("copy OTHER NAME", "copy NAME NAME", "copy BROKEN x.db", "copy EVIL x.db"),
    "config": ("config path", "config show", "config show --json"),
    "info": ("info", "info --db BROKEN"),
}
"""What is typed, by command; words in capitals stand for what `words` puts in their place."""


@pytest.fixture
def words(hostile: Hostile, mild: Hostile, folder: Path) -> dict[str, str]:
    """What a word in capitals means."""
    article = f"One {EVIL} line.\nAnother.\n"
    row = {"text": f"A {EVIL}.", "title": EVIL, "source": EVIL, "label": EVIL, "reviewer": EVIL}
    scheme = f'name = "x"\n[[labels]]\nname = {json.dumps(EVIL)}\nkey = "\\u001b"\n'
    written = {
        "FILE": (f"{NAME}.txt", article),
        "ROWS": (f"{NAME}.jsonl", f"{json.dumps(row)}\n"),
        "BROKEN": (f"{NAME}.db", f"{EVIL} is no database"),
        "SCHEME": (f"{NAME}.toml", scheme),
    }
    for name, text in written.values():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return {
        "FIRST": hostile.ids[0],
        "GONE": hostile.deleted,
        "ANA": REVIEWERS[0],
        "NAME": NAME,
        "OTHER": _diverge(mild, folder / f"other {NAME}.db", CLAIM),
        "HERE": _diverge(mild, folder / f"here {NAME}.db", ELSE),
        "EVIL": hostile.path,
        **{word: name for word, (name, _) in written.items()},
    }


def _diverge(mild: Hostile, path: Path, label: str) -> str:
    """A database of a hostile name, where a reviewer has given another label since."""
    shutil.copy(mild.path, path)
    with closing(SqliteStore.open(str(path))) as store:
        library = make_working(store, REVIEWERS[1], first=2**40 + (label == CLAIM) * 2**20)
        span = next(iter(store.read_sentences(mild.ids[0]))).span
        for kind, value in ((EventKind.LABEL, label), (EventKind.NOTE, f"{label} {EVIL}")):
            put_event(library, kind, mild.ids[0], value, span=span)
    return str(path)


def _type(typed: str, words: dict[str, str]) -> list[str]:
    return [
        "/".join(words.get(part, part) for part in piece.split("/")) for piece in typed.split(" ")
    ]


def _takes_json(name: str) -> bool:
    found = command_line.get_command(click.Context(command_line), name)
    return found is not None and any(option.name == "as_json" for option in found.params)


def _check(result: Result) -> None:
    assert find_unsafe(result.out) == []
    assert find_unsafe(result.err) == []
    assert "Traceback" not in result.err
    assert result.status in (0, 1, 2)
    assert result.status != 1 or result.err or "FAILED" in result.out


def test_every_command_has_its_cases() -> None:
    assert CASES.keys() == COMMANDS.keys()


@pytest.mark.parametrize("on_terminal", [False, True], ids=["in a pipe", "on a terminal"])
@pytest.mark.parametrize("name", COMMANDS)
def test_no_command_steers_the_terminal(
    annotator: Command,
    words: dict[str, str],
    name: str,
    on_terminal: bool,
    hostile: Hostile,
    type_in: Callable[[bytes], None],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    # Nothing here may open the app: a terminal that cannot place its text has none.
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / f"{NAME}.none") if on_terminal else "x")
    annotator.on_terminal = on_terminal
    kept = tmp_path / "kept.db"
    shutil.copy(hostile.path, kept)
    for typed in CASES[name]:
        for options in ([], ["--json"]) if _takes_json(name) else ([],):
            shutil.copy(kept, hostile.path)
            type_in(f"d\nnote {EVIL}\nspeaker {EVIL}\ngo {EVIL}\n{EVIL}\nhelp\nundo\n".encode())
            result = annotator(*_type(typed, words), *options)
            _check(result)
            # The first case is something that can be done; `d` past the last sentence cannot.
            if typed == CASES[name][0] and not options and name != "review":
                assert result.status == 0, result.err


def test_the_line_mode_says_everything_literally(
    annotator: Command, hostile: Hostile, type_in: Callable[[bytes], None]
) -> None:
    type_in(f"go 1\nopen\naccept\ndenies 1\nD 1\ngo 6\nback\n{EVIL}\nclear\nunsure\nq\n".encode())
    result = annotator("review", "--plain", hostile.ids[0])
    _check(result)
    assert "␛]0;evil␇" in result.out


@pytest.mark.parametrize("format_name", list_exporters())
def test_an_export_to_a_terminal_shows_what_would_steer_it(
    annotator: Command, hostile: Hostile, format_name: str
) -> None:
    annotator.on_terminal = True
    _check(annotator("export", "--format", format_name))


@pytest.mark.parametrize("options", [[], ["--history"], ["--format", "jsonl"]])
def test_json_escapes_it_in_a_pipe_too(
    annotator: Command, hostile: Hostile, options: list[str]
) -> None:
    result = annotator("export", *options)
    _check(result)
    assert "\\u001b]0;evil\\u0007" in result.out


@pytest.mark.parametrize("on_terminal", [False, True])
def test_the_labels_behind_the_figures_are_literal_on_a_terminal(
    annotator: Command, hostile: Hostile, on_terminal: bool
) -> None:
    annotator.on_terminal = on_terminal
    result = annotator("agreement", "--csv", "-")
    assert result.status == 0
    assert (find_unsafe(result.out) == []) is on_terminal
    assert len(result.out.splitlines()) > SENTENCES or on_terminal


def test_a_scheme_that_is_shown_can_be_set_but_for_what_no_scheme_may_hold(
    annotator: Command, hostile: Hostile, folder: Path
) -> None:
    (folder / "scheme.toml").write_text(annotator("scheme", "show").out, encoding="utf-8")
    result = annotator("scheme", "set", "scheme.toml")
    assert (result.status, "control character U+001B" in result.message) == (1, True)


@pytest.mark.parametrize(
    "text",
    [
        f"[keys]\n{json.dumps(EVIL)} = 1\n",
        f"{json.dumps(EVIL)} = 1\n",
        f"theme = {json.dumps(EVIL)}\n",
        f"reviewer = {json.dumps(EVIL)}\n",
        f"[keys]\nundo = {json.dumps(EVIL)}\n",
        f"[keys]\nundo = '{EVIL}'\n",
    ],
)
def test_what_is_wrong_with_the_settings_is_said_literally(
    annotator: Command, hostile: Hostile, folder: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    path = folder / f"{NAME}.toml"
    path.write_text(text.replace("\\u007f", "\\u007F"), encoding="utf-8", newline="")
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))
    monkeypatch.delenv("ANNOTATOR_REVIEWER")
    for command in ("show", "path"):
        annotator.on_terminal = command == "path"
        _check(annotator("config", command))
    _check(annotator("documents"))
