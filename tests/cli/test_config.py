"""`config path` and `config show`; what the settings file changes for all commands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from annotator.model.scheme_file import write_scheme
from tests.schemes import STANCE

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cli.conftest import Command


@pytest.fixture
def write(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write the settings file."""
    path = folder / "config.toml"
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))

    def put(text: str) -> Path:
        path.write_text(text, encoding="utf-8")
        return path

    return put


def test_the_path_is_printed_and_the_file_need_not_be_there(
    annotator: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert annotator("config", "path").out.endswith("config.toml\n")
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(folder / "mine.toml"))
    assert annotator("config", "path").out == f"{folder / 'mine.toml'}\n"
    assert not (folder / "mine.toml").exists()


def test_every_setting_is_shown_with_where_it_comes_from(
    annotator: Command, write: Callable[[str], Path]
) -> None:
    path = write('theme = "nord"\n[keys]\nundo = "z,?"\nkeys = "f1"\n')
    rows = {row[0]: row[1:] for row in annotator("config", "show").rows}
    assert rows["reviewer"] == ["ana", "your login name"]
    assert rows["database"] == [str(Path("db/annotator.db")), "the current folder has a db/"]
    assert rows["theme"] == ["nord", f"set in {path}"]
    assert rows["auto_advance"] == ["true", "default"]
    assert rows["keys.undo"] == ["z, ?", f"set in {path}"]
    assert rows["keys.find"] == ["/", "default"]
    assert rows["keys.label-claim"] == ["c, 1", "label scheme"]


def test_json_has_the_same(annotator: Command, write: Callable[[str], Path]) -> None:
    path = write("auto_advance = false\n")
    shown = annotator("config", "show", "--json", "--reviewer", "ben").json
    assert shown["path"] == str(path)
    assert shown["reviewer"] == {"value": "ben", "from": "given with --reviewer"}
    assert shown["auto_advance"] == {"value": False, "from": f"set in {path}"}
    assert shown["theme"]["from"] == "default"
    assert shown["keys"]["clear"] == {"value": ["x", "delete"], "from": "default"}


def test_a_key_that_gave_way_is_told(annotator: Command, folder: Path) -> None:
    (folder / "stance.toml").write_text(write_scheme(STANCE), encoding="utf-8")
    annotator("scheme", "set", "stance.toml")
    keys = annotator("config", "show", "--json").json["keys"]
    assert keys["label-neither"]["value"] == ["y", "3"]
    assert keys["copy"]["value"] == []
    assert "palette" in keys["copy"]["from"]


def test_showing_makes_nothing(annotator: Command, folder: Path) -> None:
    annotator("config", "show")
    assert [path.name for path in folder.rglob("*")] == ["db"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('revewer = "ana"\n', ["line 1", "reviewer"]),
        ("\nauto_advance = 3\n", ["line 2", "true"]),
        ('[keys]\nundo = "c"\n', ["line 2", "undo", "label-claim"]),
        ('[keys]\n\nundoo = "z"\n', ["line 3", "undoo"]),
        ('[keys]\nundo = "esc"\n', ["line 2", "escape"]),
    ],
)
def test_what_is_wrong_is_one_line_with_the_file_and_the_line(
    annotator: Command, write: Callable[[str], Path], text: str, words: list[str]
) -> None:
    path = write(text)
    result = annotator("config", "show")
    assert result.status == 1
    assert result.out == ""
    assert all(word in result.message for word in (str(path), *words)), result.message


def test_the_reviewer_of_the_settings_works(
    annotator: Command, write: Callable[[str], Path], folder: Path
) -> None:
    write('reviewer = "zoë"\n')
    document = annotator.import_(folder / "article.txt")
    assert [row for row in annotator("history", document, "--reviewer", "all").rows if "zoë" in row]


def test_the_database_of_the_settings_is_used_and_info_says_why(
    annotator: Command, write: Callable[[str], Path], folder: Path
) -> None:
    path = write('database = "labels.db"\n')
    (folder / "db").rmdir()
    annotator.import_(folder / "article.txt")
    assert (folder / "labels.db").is_file()
    told = annotator("info", "--json").json
    assert told["database"] == str(folder / "labels.db")
    assert told["reason"] == f"set in {path}"


@pytest.mark.parametrize("arguments", [["config"], ["config", "edit"], ["config", "path", "x"]])
def test_wrong_usage_is_2(annotator: Command, arguments: list[str]) -> None:
    assert annotator(*arguments).status == 2
