"""Which database, which reviewer, and why."""

from __future__ import annotations

import getpass
import os
import sys
from pathlib import Path

import pytest

from annotator.config import (
    choose_database,
    choose_reviewer,
    explain_reviewer,
    read_guideline,
)
from annotator.errors import AnnotatorError, ConfigError, UsageError

# -- the database


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder without a `db/`."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_option_goes_before_all(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "db").mkdir()
    monkeypatch.setenv("ANNOTATOR_DB", "other.db")
    chosen = choose_database("mine.db")
    assert (chosen.location, chosen.reason) == ("mine.db", "given with --db")


def test_the_environment_goes_before_the_folder(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "db").mkdir()
    monkeypatch.setenv("ANNOTATOR_DB", "other.db")
    chosen = choose_database()
    assert chosen.location == "other.db"
    assert "$ANNOTATOR_DB" in chosen.reason


def test_an_empty_variable_is_none(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "db").mkdir()
    monkeypatch.setenv("ANNOTATOR_DB", "")
    assert "db/" in choose_database().reason


def test_a_folder_named_db_goes_before_the_users_own(folder: Path) -> None:
    (folder / "db").mkdir()
    chosen = choose_database()
    assert Path(chosen.location) == Path("db/annotator.db")
    assert chosen.reason == "the current folder has a db/"


def test_a_file_named_db_is_no_folder(folder: Path) -> None:
    (folder / "db").touch()
    assert choose_database().reason == "in the user's data folder"


def test_else_it_is_in_the_users_data_folder_which_is_made(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(folder / "home"))
    chosen = choose_database()
    location = Path(chosen.location)
    assert location.name == "annotator.db"
    assert location.parent.is_dir()
    assert chosen.reason == "in the user's data folder"


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no variable for the place")
def test_a_data_folder_that_cannot_be_made_is_one_clear_error(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "home").touch()
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "home"))
    with pytest.raises(AnnotatorError, match=r"home.*--db"):
        choose_database()


def test_choosing_writes_nothing_when_the_option_is_given(folder: Path) -> None:
    choose_database("mine.db")
    assert list(folder.iterdir()) == []


# -- the reviewer


def test_the_reviewer_is_the_option_then_the_environment_then_the_login(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    assert choose_reviewer() == "login"
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "")
    assert choose_reviewer() == "login"
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "variable")
    assert choose_reviewer() == "variable"
    assert choose_reviewer("option") == "option"


@pytest.mark.parametrize(
    "name", ["ana", "Zoë Ångström", "李", "o'neill", "a" * 100, "[bold]", "All"]
)
def test_any_name_that_can_be_shown_will_do(name: str) -> None:
    assert choose_reviewer(name) == name


def test_a_name_is_without_white_space_around_it() -> None:
    assert choose_reviewer("  ana\n") == "ana"


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "\t",
        "all",
        " all ",
        "a" * 101,
        "a\nb",
        "a\x1b[31m",
        "a\u202eb",
        "caf\udce9",
        "a\x00",
        "a\u200bb",
    ],
)
def test_a_name_that_could_not_stand_in_a_table_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match="--reviewer") as caught:
        choose_reviewer(name)
    assert str(caught.value).isprintable()


def test_a_variable_of_white_space_is_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANNOTATOR_REVIEWER", " ")
    with pytest.raises(UsageError):
        choose_reviewer()


@pytest.mark.parametrize("error", [OSError, KeyError, ImportError])
def test_a_system_that_knows_no_login_asks_for_the_option(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def refuse() -> str:
        raise error

    monkeypatch.setattr(getpass, "getuser", refuse)
    with pytest.raises(UsageError, match="--reviewer"):
        choose_reviewer()


# -- the rest


def test_the_guideline_is_shipped() -> None:
    text = read_guideline()
    assert text.startswith("#")
    for label in ("claim", "denial", "background"):
        assert label in text.lower()


def test_tests_see_nothing_of_the_environment() -> None:
    assert "ANNOTATOR_DB" not in os.environ
    assert "ANNOTATOR_REVIEWER" not in os.environ


# -- the settings file


@pytest.fixture
def settings_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings file with a reviewer and a database."""
    path = folder / "config.toml"
    path.write_text('reviewer = "settled"\ndatabase = "settled.db"\n', encoding="utf-8")
    monkeypatch.setenv("ANNOTATOR_CONFIG", str(path))
    monkeypatch.setattr(getpass, "getuser", lambda: "login")
    return path


def test_the_settings_take_the_place_of_the_users_data_folder(
    settings_file: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = choose_database()
    assert chosen.location == str(folder / "settled.db")
    assert chosen.reason == f"set in {settings_file}"
    (folder / "db").mkdir()
    assert choose_database().location == str(Path("db/annotator.db"))
    monkeypatch.setenv("ANNOTATOR_DB", "other.db")
    assert choose_database().location == "other.db"
    assert choose_database("mine.db").location == "mine.db"


def test_the_settings_take_the_place_of_the_login_name(
    settings_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert explain_reviewer().name == "settled"
    assert str(settings_file) in explain_reviewer().reason
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "variable")
    assert explain_reviewer().name == "variable"
    assert explain_reviewer("option").name == "option"


def test_settings_that_are_wrong_harm_nobody_who_needs_none(settings_file: Path) -> None:
    settings_file.write_text("reviewer = \n", encoding="utf-8")
    assert choose_database("mine.db").location == "mine.db"
    assert choose_reviewer("ana") == "ana"
    with pytest.raises(ConfigError):
        choose_reviewer()
    with pytest.raises(ConfigError):
        choose_database()
