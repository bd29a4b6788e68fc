"""What PostgreSQL's errors mean to a person, and what to do about them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import psycopg

from annotator.errors import StoreError

if TYPE_CHECKING:
    from annotator.store.postgres_address import Address

FAILURES: Final = (psycopg.Error, UnicodeEncodeError)
"""What asking PostgreSQL may end in: its own errors, and half of a character in what was asked."""

LACKING: Final = frozenset({"0A000", "42601", "42704", "42883"})
"""Not supported, no such syntax, no such object, no such function: what an engine says that speaks
PostgreSQL's protocol and lacks something. https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

AGAIN: Final = frozenset({"40001", "40P01"})
"""Two transactions were in each other's way; the same one may succeed when it is run again."""

_NO_TABLE: Final = frozenset({"42P01", "42703", "3F000"})
_GONE: Final = ("57P", "08")

# By SQLSTATE; an error of the class stands behind one of its own.
_MEANINGS: Final = {
    "28": "does not let you in ({}): see the user and the password, or ~/.pgpass.",
    "3D000": "is not there ({}): make it with 'createdb', or name another with --db.",
    "42501": "does not let you do this ({}): ask its owner for the right; what each reviewer needs"
    " is in db/README.md.",
    "25006": "is read-only ({}): name the server that may be written to.",
    "53100": "has no room left on its disk: make room and try again.",
    "53300": "has too many connections: wait until somebody leaves, or allow it more.",
    "55P03": "is locked by another program: wait for that one, and try again.",
    "57014": "took too long and was stopped ({}): try again, or give it more time with"
    " ?options=-cstatement_timeout%3D120s in its address.",
    "40": "was changed by others at the same moment ({}): try again.",
    "42P01": "has lost a table ({}): run 'annotator verify' on it, or go back to a copy.",
    "XX": "is damaged, or fails ({}): see the server's log.",
}
# Before a connection stands libpq gives no SQLSTATE, only the server's words.
_REFUSALS: Final = (
    ("password authentication failed", "28"),
    ("no password supplied", "28"),
    ("authentication failed", "28"),
    ("no pg_hba.conf entry", "28"),
    ("role ", "28"),
    ("does not exist", "3D000"),
    ("permission denied", "42501"),
    ("too many", "53300"),
    ("remaining connection slots", "53300"),
)


class LostConnectionError(StoreError):
    """The connection is gone; what was not committed has not happened."""


class LackingError(StoreError):
    """The engine has no such thing."""


class CollisionError(StoreError):
    """The transaction was undone because of another; it may be run again."""


class MissingTableError(StoreError):
    """There is no such table, column or schema."""


def is_lost(error: psycopg.Error, connection: psycopg.Connection | None) -> bool:
    """Whether the connection went with this error."""
    gone = connection is None or connection.closed
    return gone or (error.sqlstate or "").startswith(_GONE)


def explain(error: psycopg.Error | UnicodeEncodeError, address: Address) -> StoreError:
    """What an error of a standing connection means."""
    shown = address.shown
    if isinstance(error, UnicodeEncodeError):
        return StoreError(
            f"The database {shown} cannot hold {error.object[error.start : error.end]!a}, half"
            " of a character: take it out and try again."
        )
    code = error.sqlstate or ""
    if not code and "NUL" in str(error):
        return StoreError(f"The database {shown} cannot hold the character NUL: take it out.")
    said = _quote(error, address)
    meaning = _MEANINGS.get(code) or _MEANINGS.get(code[:2]) or "answered with an error: {}."
    message = f"The database {shown} {meaning.format(said)}"
    if code in LACKING:
        return LackingError(message)
    if code in AGAIN:
        return CollisionError(message)
    if code in _NO_TABLE:
        return MissingTableError(message)
    return StoreError(message)


def explain_lost(error: psycopg.Error, address: Address) -> StoreError:
    """The connection was lost."""
    return LostConnectionError(
        f"The connection to the database {address.shown} was lost ({_quote(error, address)})."
    )


def explain_refusal(error: psycopg.Error, address: Address) -> StoreError:
    """There is no connection: no server, or one that refuses."""
    said = _quote(error, address)
    for words, code in _REFUSALS:
        if words in said:
            return StoreError(f"The database {address.shown} {_MEANINGS[code].format(said)}")
    return LostConnectionError(
        f"The database {address.shown} cannot be reached ({said}): see whether the server runs"
        " and whether its address is right."
    )


def _quote(error: psycopg.Error, address: Address) -> str:
    """The server's own words, without a password, an SQL statement, or its final point."""
    primary = error.diag.message_primary
    said = address.hide(primary if primary else str(error))
    said = said.rpartition("FATAL: ")[2].strip() or said
    return said[:300].rstrip(".")
