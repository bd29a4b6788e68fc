"""How a database on PostgreSQL comes to its present shape: in one transaction, by one program at a
time.
"""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from annotator.errors import NewerDatabaseError, StoreError
from annotator.store.postgres_errors import LackingError, MissingTableError
from annotator.store.postgres_queries import READ_MARK
from annotator.store.postgres_schema import EXTRAS, GUARDS, MARK, STEPS, TABLES, collate
from annotator.store.version import APPLICATION_ID, SCHEMA_VERSION

if TYPE_CHECKING:
    from annotator.store.postgres_connection import PostgresConnection

_LIST_TABLES: Final = (
    "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
)


def read_mark(link: PostgresConnection) -> tuple[int, str] | None:
    """The version of the schema, and the database's id; `None` where nothing was made yet."""
    try:
        found = link.ask(READ_MARK)
    except MissingTableError:
        return None
    match found:
        case [(int(version), str(identity), int())]:
            return version, identity
    return None


def prepare(link: PostgresConnection, *, must_exist: bool) -> None:
    """See to it that the database is ours, and of this version. `StoreError` where it cannot be."""
    mark = read_mark(link)
    if mark is None and must_exist:
        raise StoreError(
            f"There is no annotator database in {link.address.shown}: give another with --db, or"
            " make this one with 'annotator import FILE'."
        )
    if mark is None or mark[0] < SCHEMA_VERSION:
        _migrate(link)
        mark = read_mark(link)
    if mark is None:
        raise StoreError(
            f"The database {link.address.shown} does not show what was made in it: name the schema"
            " with ?options=-csearch_path%3DNAME in its address."
        )
    _check_version(link, mark[0])
    link.identity = mark[1]


def _check_version(link: PostgresConnection, version: int) -> None:
    if version > SCHEMA_VERSION:
        raise NewerDatabaseError(
            f"The database {link.address.shown} was made by a newer version of annotator (schema"
            f" {version}, this one knows {SCHEMA_VERSION}): upgrade with"
            " 'pip install --upgrade annotator'."
        )


def _migrate(link: PostgresConnection) -> None:
    link.ask("BEGIN")
    done = False
    try:
        _try(link, [f"SELECT pg_advisory_xact_lock({APPLICATION_ID})"])
        version = _claim(link)
        _check_version(link, version)
        for number in sorted(STEPS):
            if number > version:
                _take_step(link, number)
        link.ask("UPDATE annotator SET version = %s", (SCHEMA_VERSION,))
        link.ask("COMMIT")
        done = True
    finally:
        if not done:
            # What went wrong before is what counts.
            with suppress(StoreError):
                link.ask("ROLLBACK")


def _claim(link: PostgresConnection) -> int:
    """Hold the row that stands for the right to write, made where there is none; the version."""
    there = {str(row[0]) for row in link.ask(_LIST_TABLES)}
    if there & TABLES and "annotator" not in there:
        names = ", ".join(sorted(there & TABLES))
        raise StoreError(
            f"The database {link.address.shown} has tables of another program in this schema"
            f" ({names}): name another schema with ?options=-csearch_path%3DNAME in its address."
        )
    if "annotator" not in there:
        link.ask(collate(MARK))
        link.ask(
            "INSERT INTO annotator (one, id, version, commits, guarded) VALUES (1, %s, 0, 0, 1)"
            " ON CONFLICT (one) DO NOTHING",
            (secrets.token_hex(8),),
        )
    match link.ask("SELECT version FROM annotator WHERE one = 1 FOR UPDATE"):
        case [(int(version),)]:
            return version
    raise StoreError(
        f"The table annotator in {link.address.shown} is not this program's: name another schema"
        " with ?options=-csearch_path%3DNAME in its address."
    )


def _take_step(link: PostgresConnection, number: int) -> None:
    for statement in STEPS[number]:
        link.ask(collate(statement))
    if not _try(link, GUARDS.get(number, ())):
        link.ask("UPDATE annotator SET guarded = 0")
    _try(link, EXTRAS.get(number, ()))


def _try(link: PostgresConnection, statements: tuple[str, ...] | list[str]) -> bool:
    """Whether the engine has all of this; if not, none of it has happened."""
    link.ask("SAVEPOINT attempt")
    try:
        for statement in statements:
            link.ask(statement)
    except LackingError:
        link.ask("ROLLBACK TO SAVEPOINT attempt")
        return False
    link.ask("RELEASE SAVEPOINT attempt")
    return True
