"""The user's settings: where they are, what they are, where each comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from annotator.cli.options import json_option, unused_options, working_options
from annotator.cli.output import Column, write_content, write_json, write_table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.config import Settings

COLUMNS = (
    Column("setting"),
    Column("value", gives_way="wrap"),
    Column("comes from", gives_way="wrap"),
)

DEFAULT = "default"


@click.group(
    "config",
    short_help="Show your settings.",
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@working_options
def config_command(*, db: str | None, reviewer: str | None) -> None:
    """Show your settings, and the file that they are in: TOML, written by hand.

    \b
      reviewer = "ana"
      database = "~/labels/annotator.db"
      theme = "annotator-light"
      auto_advance = true
      [keys]
      undo = "z"
      redo = "Z,ctrl+r"
    """
    # Both are for the commands below, which take them from here.
    del db, reviewer


@config_command.command("path", short_help="Print where the file is.")
@unused_options
def path_command() -> None:
    """Print the path of the settings file, which need not be there: $ANNOTATOR_CONFIG, or a file in
    your own folder.

    \b
      "$EDITOR" "$(annotator config path)"
    """
    from annotator.config import find_settings_file

    write_content([f"{find_settings_file()}\n"])


@config_command.command("show", short_help="Print the settings in force.")
@json_option
@working_options
def show_command(*, as_json: bool, db: str | None, reviewer: str | None) -> None:
    """Print every setting with its value and where that comes from, all keys too.

    \b
      annotator config show
      annotator config show --json | jq .keys
    """
    from annotator.config import read_settings

    settings = read_settings()
    rows = list(_list_settings(settings, db, reviewer))
    keys = list(_list_keys(settings, db))
    if as_json:
        described = {name: {"value": value, "from": origin} for name, value, origin in rows}
        bound = {name: {"value": list(value), "from": origin} for name, value, origin in keys}
        write_json({"path": str(settings.path), **described, "keys": bound})
        return
    shown = [(name, _write_value(value), origin) for name, value, origin in rows]
    bindings = [(f"keys.{name}", ", ".join(value), origin) for name, value, origin in keys]
    write_table(COLUMNS, [*shown, *bindings])


def _list_settings(
    settings: Settings, db: str | None, reviewer: str | None
) -> Iterator[tuple[str, str | bool, str]]:
    from annotator.config import choose_database, explain_reviewer
    from annotator.store import show_location

    who = explain_reviewer(reviewer)
    yield "reviewer", who.name, who.reason
    database = choose_database(db)
    yield "database", show_location(database.location), database.reason
    yield _find_theme(settings)
    origin = f"set in {settings.path}" if "auto_advance" in settings.found else DEFAULT
    yield "auto_advance", settings.auto_advance, origin


def _find_theme(settings: Settings) -> tuple[str, str, str]:
    import os

    from annotator.tui.theme import LAMP

    if from_environment := os.environ.get("TEXTUAL_THEME"):
        return "theme", from_environment, "set in $TEXTUAL_THEME"
    if settings.theme is None:
        return "theme", LAMP.name, DEFAULT
    return "theme", settings.theme, f"set in {settings.path}"


def _list_keys(settings: Settings, db: str | None) -> Iterator[tuple[str, tuple[str, ...], str]]:
    from annotator.cli.scheme import read_scheme_without_making
    from annotator.tui.keymap import check_keys, list_actions

    scheme = read_scheme_without_making(db)
    check_keys(settings.keys, scheme=scheme, source=settings.path)
    for action in list_actions(scheme=scheme, keys=settings.keys):
        moved = action.id in settings.keys
        yield action.id, action.keys, f"set in {settings.path}" if moved else action.origin


def _write_value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)
