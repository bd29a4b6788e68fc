"""The database's own label scheme."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import click

from annotator.cli.options import database_only_options, json_option, working_options
from annotator.cli.output import say, write, write_json
from annotator.errors import SchemeError

if TYPE_CHECKING:
    from annotator.model.scheme import LabelScheme


@click.group(
    "scheme",
    short_help="Show or set the label scheme.",
    no_args_is_help=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@working_options
def scheme_command(*, db: str | None, reviewer: str | None) -> None:
    """Show or set the label scheme of this database: its labels, their keys, what they mean.

    \b
      annotator scheme show > scheme.toml
      annotator scheme set scheme.toml
    """
    # Both are for the commands below, which take them from here.
    del db, reviewer


@scheme_command.command("show", short_help="Print it as TOML.")
@json_option
@database_only_options
def show_command(*, as_json: bool, db: str | None) -> None:
    """Print the scheme as TOML, as 'annotator scheme set' reads it.

    \b
      annotator scheme show
      annotator scheme show --json | jq .labels[].key
    """
    from annotator.model.scheme import describe_scheme
    from annotator.model.scheme_file import write_scheme

    scheme = read_scheme_without_making(db)
    if as_json:
        write_json(describe_scheme(scheme))
    else:
        write([write_scheme(scheme)])


@scheme_command.command("set", short_help="Set it from a file.")
@click.argument("file", type=click.Path(allow_dash=True))
@working_options
def set_command(file: str, *, db: str | None, reviewer: str | None) -> None:
    """Set the scheme from a TOML FILE ('-': standard input).

    Labels that are given already must be in it. Who has the database open sees the new labels when
    they start again.

    \b
      annotator scheme show > scheme.toml
      annotator scheme set scheme.toml
    """
    from annotator.cli.sources import STANDARD_INPUT, read_source
    from annotator.config.toml_lines import decode_toml
    from annotator.model.scheme_file import parse_scheme
    from annotator.session import open_library

    if file != STANDARD_INPUT and Path(file).is_dir():
        raise SchemeError(f"{file} is a folder: give the file of a label scheme.")
    source = read_source(file)
    text = decode_toml(source.content, source.name, error=SchemeError)
    scheme = parse_scheme(text, source.name)
    with closing(open_library(db, reviewer=reviewer)) as library:
        changed = library.set_scheme(scheme)
    keys = ", ".join(f"{label.key} {label.name}" for label in scheme.labels)
    state = "is the scheme now" if changed else "was the scheme already"
    say(f"{scheme.name} {state}: {keys}.")


def read_scheme_without_making(db: str | None) -> LabelScheme:
    """The scheme of the database in use; the built-in one, and no new file, where there is none.

    Says so where the database was named.
    """
    from annotator.config import choose_database
    from annotator.model.scheme import FACT_CHECK
    from annotator.session.schemes import read_scheme_in_force
    from annotator.store import open_store

    chosen = choose_database(db)
    # An address is no path: whether there is such a database is its own matter.
    if "://" in chosen.location or Path(chosen.location).exists():
        with closing(open_store(chosen.location)) as store:
            return read_scheme_in_force(store)
    if chosen.named:
        say(f"There is no database {chosen.location} yet: this is of the built-in scheme.")
    return FACT_CHECK
