"""Where things live, and who is working: options, environment, settings, defaults."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from annotator.config.settings import LONGEST_NAME, is_reviewer_name, read_settings
from annotator.errors import StoreError, UsageError

DATABASE_NAME = "annotator.db"


@dataclass(frozen=True, slots=True)
class DatabaseChoice:
    """Which database is in use, and why: `reason` is for a person."""

    location: str
    reason: str
    named: bool = True
    """Whether somebody named it, so that it must be a slip where it is not there."""


@dataclass(frozen=True, slots=True)
class ReviewerChoice:
    """Who is working, and where the name comes from: `reason` is for a person."""

    name: str
    reason: str


def choose_database(option: str | None = None) -> DatabaseChoice:
    """The database by the rules: `--db`, `$ANNOTATOR_DB`, a `db/` here, the one of the settings
    file, the user's data folder.

    `ConfigError` where it comes to the settings file, and that is wrong.
    """
    if option is not None:
        if not option:
            raise UsageError("--db names no database: give a path, or leave it out.")
        return DatabaseChoice(option, "given with --db")
    if from_environment := os.environ.get("ANNOTATOR_DB"):
        return DatabaseChoice(from_environment, "set in $ANNOTATOR_DB")
    if Path("db").is_dir():
        return DatabaseChoice(
            str(Path("db") / DATABASE_NAME), "the current folder has a db/", named=False
        )
    settings = read_settings()
    if settings.database is not None:
        # Not a slip where it is not there yet: it is to be the user's own default.
        return DatabaseChoice(settings.database, f"set in {settings.path}", named=False)
    return DatabaseChoice(
        str(_user_folder() / DATABASE_NAME), "in the user's data folder", named=False
    )


def choose_reviewer(option: str | None = None) -> str:
    """Who is working; see `explain_reviewer`."""
    return explain_reviewer(option).name


def explain_reviewer(option: str | None = None) -> ReviewerChoice:
    """Who is working, and why: `--reviewer`, `$ANNOTATOR_REVIEWER`, the settings, the login name.

    `UsageError` for a name that could not stand in a table or a file; `ConfigError` where it comes
    to the settings file, and that is wrong.
    """
    found = _find_reviewer(option)
    name = found.name.strip()
    if not is_reviewer_name(name):
        raise UsageError(
            f"The reviewer's name {name!a} will not do: give one of 1 to {LONGEST_NAME}"
            " printable characters, other than 'all', with --reviewer."
        )
    return ReviewerChoice(name, found.reason)


def _find_reviewer(option: str | None) -> ReviewerChoice:
    if option is not None:
        return ReviewerChoice(option, "given with --reviewer")
    if from_environment := os.environ.get("ANNOTATOR_REVIEWER"):
        return ReviewerChoice(from_environment, "set in $ANNOTATOR_REVIEWER")
    settings = read_settings()
    if settings.reviewer is not None:
        return ReviewerChoice(settings.reviewer, f"set in {settings.path}")
    return ReviewerChoice(_login_name(), "your login name")


def read_guideline() -> str:
    """The labelling guideline that the program ships, in Markdown."""
    from importlib.resources import files

    return files("annotator").joinpath("guideline.md").read_text(encoding="utf-8")


def _user_folder() -> Path:
    from platformdirs import user_data_path

    folder = user_data_path("annotator", appauthor=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The folder for your data, {folder}, cannot be made ({error.strerror}):"
            " name a database with --db."
        ) from error
    return folder


def _login_name() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError(
            "This system does not say who is working: name the reviewer with --reviewer"
            " or in $ANNOTATOR_REVIEWER."
        ) from error
