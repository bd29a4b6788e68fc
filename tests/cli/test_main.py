"""The command line as a whole: names, options, exit statuses, what is imported when."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from annotator import __version__
from annotator.cli import COMMANDS, command_line
from tests.cli.conftest import run_apart

if TYPE_CHECKING:
    from tests.cli.conftest import Command

FULL = Path("/dev/full")
HEAVY = {
    "textual",
    "sqlite_utils",
    "sqlite3",
    "rich",
    "sentencex",
    "charset_normalizer",
    "platformdirs",
}


def test_version_is_one_line(annotator: Command) -> None:
    assert annotator("--version").out == f"annotator {__version__}\n"


@pytest.mark.parametrize("option", ["-h", "--help"])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_every_command_has_help_in_plain_ascii(annotator: Command, name: str, option: str) -> None:
    result = annotator(*([name] if name else []), option)
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("Usage: annotator")
    # A system whose encoding is ASCII can show it.
    assert result.out.isascii()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_database_and_the_reviewer(name: str) -> None:
    found = command_line.get_command(click.Context(command_line), name)
    assert found is not None
    options = {option for parameter in found.params for option in parameter.opts}
    assert {"--db", "--reviewer"} <= options


def test_help_names_every_command_once(annotator: Command) -> None:
    listed = annotator("--help").out.split("Commands:\n")[1].splitlines()
    assert [line.split()[0] for line in listed] == list(COMMANDS)
    assert not any(line.endswith("...") for line in listed)


@pytest.mark.parametrize(
    "arguments",
    [
        ["import"],
        ["show"],
        ["documents", "--nothing-like-it"],
        ["--nothing-like-it"],
        ["history", "x", "--sentence", "two"],
        ["show", "a", "b"],
    ],
)
def test_wrong_usage_is_2_and_one_line(annotator: Command, arguments: list[str]) -> None:
    result = annotator(*arguments)
    assert (result.status, result.out) == (2, "")
    assert "--help'" in result.message


def test_a_name_that_is_neither_a_command_nor_a_file_is_2_and_says_both(
    annotator: Command,
) -> None:
    result = annotator("exprot")
    assert result.status == 2
    assert "neither a command nor a file" in result.message
    assert "annotator export" in result.message


@pytest.mark.parametrize("name", ["x" * 5000, "[bold]", "\x1b]0;gone\x07", "\udce9t\udce9", ""])
def test_any_name_is_named_on_one_line_without_control_characters(
    annotator: Command, name: str
) -> None:
    result = annotator(name)
    assert result.status == 2
    assert result.message.isprintable()


def test_options_count_before_and_after_the_command(annotator: Command, folder: Path) -> None:
    (folder / "other.txt").write_text("One. Two.", encoding="utf-8")
    assert annotator("--db", "x.db", "import", "other.txt").status == 0
    assert len(annotator("documents", "--db", "x.db").rows) == 1
    assert annotator("documents").rows == []
    assert annotator("--db", "nothing.db", "documents", "--db", "x.db").rows != []


@pytest.mark.parametrize("name", ["", "all", "a\nb", "x" * 101])
def test_a_reviewers_name_that_will_not_do_is_2(annotator: Command, name: str) -> None:
    result = annotator("documents", "--reviewer", name)
    assert result.status == 2
    assert "--reviewer" in result.message


def test_the_start_imports_nothing_heavy() -> None:
    code = (
        "import sys\n"
        "from annotator.cli import main\n"
        "before = set(sys.modules)\n"
        "main(['--help'])\n"
        "sys.stderr.write(' '.join({*before, *sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert not HEAVY & set(done.stderr.split())


def test_importing_the_command_line_imports_only_itself_and_the_errors() -> None:
    code = (
        "import sys, annotator.cli; print(*(n for n in sys.modules if n.startswith('annotator')))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert set(done.stdout.split()) == {
        "annotator",
        "annotator.cli",
        "annotator.cli.ending",
        "annotator.cli.options",
        "annotator.cli.sources",
        "annotator.errors",
    }


def test_a_system_in_ascii_gets_utf8(annotator: Command, folder: Path) -> None:
    annotator.import_(folder / "a.txt", "“Café” – naïve.\n")
    environment = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for arguments in (["documents"], ["export"]):
        done = run_apart(*arguments, environment={**environment, "PYTHONIOENCODING": "ascii"})
        assert (done.returncode, done.stderr) == (0, b"")
        assert not done.stdout.decode("utf-8").isascii()


def test_lines_end_in_a_line_feed_alone(annotator: Command, article: str) -> None:
    for arguments in (["documents"], ["export"], ["schema"], ["show", article]):
        assert b"\r" not in run_apart(*arguments).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="pipes end differently on Windows")
def test_a_reader_that_goes_away_ends_it_quietly(annotator: Command, folder: Path) -> None:
    annotator.import_(folder / "long.txt", "One sentence of many.\n" * 5000)
    read, write = os.pipe()
    with subprocess.Popen(
        [sys.executable, "-m", "annotator", "export"], stdout=write, stderr=subprocess.PIPE
    ) as child:
        os.close(write)
        os.read(read, 1)
        os.close(read)
        assert child.communicate(timeout=60)[1] == b""
    assert child.returncode == 141


@pytest.mark.skipif(not FULL.exists(), reason="needs a device that is always full")
@pytest.mark.parametrize("command", ["export", "documents", "schema", "--help", "--version"])
def test_a_full_disk_is_one_line(article: str, command: str) -> None:
    with FULL.open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "annotator", command],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(b"annotator: The standard output cannot be written")
    assert done.stderr.count(b"\n") == 1


def test_ctrl_c_ends_it_quietly(annotator: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("annotator.exporters.read_schema", interrupt)
    result = annotator("schema")
    assert (result.status, result.out, result.err.strip()) == (130, "", "")


@pytest.mark.parametrize(
    ("content", "word"),
    [(b"This is no database.\n" * 100, "not a database"), (b"SQLite format 3\0 and then", "not")],
)
def test_a_file_that_is_no_database_is_1(
    annotator: Command, folder: Path, content: bytes, word: str
) -> None:
    (folder / "labels.db").write_bytes(content)
    result = annotator("documents", "--db", "labels.db")
    assert result.status == 1
    assert "labels.db" in result.message
    assert word in result.message
    assert (folder / "labels.db").read_bytes() == content


def test_a_newer_database_is_1_and_says_newer(annotator: Command, article: str) -> None:
    database = os.path.join("db", "annotator.db")  # noqa: PTH118
    code = f"import sqlite3; c = sqlite3.connect({database!r}); c.execute('PRAGMA user_version=99')"
    subprocess.run([sys.executable, "-c", code], check=True)
    for arguments in (["documents"], ["export"], ["show", article], ["verify"]):
        result = annotator(*arguments)
        assert result.status == 1
        assert "newer" in result.message


def test_a_postgresql_address_shows_no_password(annotator: Command) -> None:
    result = annotator("documents", "--db", "postgresql://ana:secret@host/labels")
    assert result.status == 1
    assert "secret" not in result.message


@pytest.mark.skipif(sys.platform != "linux", reason="the folder is named otherwise elsewhere")
def test_a_data_folder_that_cannot_be_made_is_1(
    annotator: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "db").rmdir()
    (folder / "taken").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "taken"))
    result = annotator("documents")
    assert result.status == 1
    assert "taken" in result.message
    assert "--db" in result.message


def test_what_the_system_refuses_is_named(
    annotator: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise PermissionError(13, "Permission denied", "there/l.db")

    monkeypatch.setattr(command_line, "main", refuse)
    result = annotator("info")
    assert (result.status, result.err) == (
        1,
        "annotator: there/l.db cannot be used: Permission denied. See to that, and try again.\n",
    )


def test_a_refusal_of_nothing_by_name_blames_no_stream(
    annotator: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_options: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(command_line, "main", refuse)
    result = annotator("info")
    assert (result.status, result.err) == (
        1,
        "annotator: The system did not allow it: No such file or directory.\n",
    )
