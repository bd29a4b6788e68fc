"""The settings file: what it may say, and how it says what is wrong."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.config import Settings, find_settings_file, read_settings
from annotator.config.checking import check_settings
from annotator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Callable

FULL = """\
reviewer = "ana"
database = "labels/mine.db"
theme = "nord"
auto_advance = false

[keys]
undo = "z"
redo = "Z, ctrl+r"
next = ["j", "down", ","]
clear = ","
"""


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Write the settings file."""
    path = tmp_path / "config.toml"
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))

    def put(text: str) -> Path:
        path.write_text(text, encoding="utf-8")
        return path

    return put


def test_every_setting_is_read(write: Callable[[str], Path]) -> None:
    path = write(FULL)
    assert read_settings() == Settings(
        path=path,
        reviewer="ana",
        database=str(path.parent / "labels" / "mine.db"),
        theme="nord",
        auto_advance=False,
        keys={"undo": "z", "redo": "Z, ctrl+r", "next": "j,down,comma", "clear": "comma"},
        found=frozenset({"reviewer", "database", "theme", "auto_advance", "keys"}),
    )


def test_nothing_need_be_said(write: Callable[[str], Path]) -> None:
    path = write("# nothing yet\n")
    assert read_settings() == Settings(path=path)
    path.unlink()
    assert read_settings() == Settings(path=path)
    assert read_settings().auto_advance


def test_the_file_is_the_named_one_else_in_the_users_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("XDG_CONFIG_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    assert find_settings_file().name == "config.toml"
    assert tmp_path in find_settings_file().parents
    monkeypatch.setenv("ANNOTATOR_CONFIG", "mine.toml")
    assert find_settings_file() == Path("mine.toml")


def test_reading_makes_no_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path / "folder" / "config.toml"))
    read_settings()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("~/labels.db", str(Path.home() / "labels.db")),
        ("/data/labels.db", "/data/labels.db"),
        ("postgresql://desk/labels", "postgresql://desk/labels"),
    ],
)
def test_a_database_may_be_from_home_or_elsewhere(
    write: Callable[[str], Path], written: str, read: str
) -> None:
    write(f'database = "{written}"')
    assert read_settings().database == read


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('# mine\n\nrevewer = "ana"', 3, ["'revewer'", "did you mean reviewer", "auto_advance"]),
        ("[kyes]\n", 1, ["'kyes'", "[keys]"]),
        ("reviewer = 3", 1, ["reviewer", "text", "a number"]),
        ('reviewer = ""', 1, ["reviewer"]),
        ('reviewer = "all"', 1, ["reviewer", "all"]),
        (f'reviewer = "{"a" * 101}"', 1, ["reviewer", "100"]),
        ('reviewer = "a\\u0007"', 1, ["reviewer"]),
        ('\ndatabase = ["a"]', 2, ["database", "a list"]),
        ("theme = true", 1, ["theme", "true or false"]),
        ('auto_advance = "yes"', 1, ["auto_advance", "true or false"]),
        ("auto_advance = 1", 1, ["auto_advance", "a number"]),
        ("auto_advance = 2026-11-23", 1, ["auto_advance", "a date"]),
        ('keys = "z"', 1, ["[keys]"]),
        ("[keys]\nundo = 3", 2, ["undo", "a number"]),
        ('[keys]\nredo = "Z"\nundo = ""', 3, ["undo"]),
        ("[keys]\nundo = []", 2, ["undo"]),
        ('[keys]\nundo = ["z", 3]', 2, ["undo"]),
        ('[keys]\nundo = ["z,y"]', 2, ["undo"]),
        ('[keys]\n[keys.undo]\nkey = "z"', 2, ["undo", "a table"]),
        ("keys.undo = 3", 1, ["undo"]),
        ('reviewer = "ana\n', 1, ["TOML"]),
    ],
)
def test_what_is_wrong_is_one_line_with_the_file_and_the_line(
    write: Callable[[str], Path], text: str, line: int, words: list[str]
) -> None:
    path = write(text)
    with pytest.raises(ConfigError) as caught:
        read_settings()
    message = str(caught.value)
    assert message.startswith(f"{path}, line {line}: ")
    assert message.isprintable()
    assert all(word in message for word in words), message


def test_a_file_that_cannot_be_read_is_one_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(tmp_path))
    with pytest.raises(ConfigError, match="ANNOTATOR_CONFIG"):
        read_settings()


@given(st.binary(max_size=40) | st.text(max_size=40).map(str.encode))
def test_whatever_is_in_the_file_it_is_settings_or_an_error_of_ours(content: bytes) -> None:
    with suppress(ConfigError):
        assert check_settings(content, Path("config.toml")).path == Path("config.toml")


def test_toml_is_not_even_imported_where_there_is_no_file(tmp_path: Path) -> None:
    program = (
        "import sys; from annotator.config import choose_database, read_settings; read_settings();"
        "print([name for name in ('tomllib', 'json', 'tempfile') if name in sys.modules])"
    )
    environment = os.environ | {"ANNOTATOR_CONFIG": str(tmp_path / "none.toml")}
    found = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert found.stdout.strip() == "[]"
