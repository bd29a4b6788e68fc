"""Where a PostgreSQL server is: the address for libpq, and the one that people may see."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from annotator.errors import StoreError

if TYPE_CHECKING:
    from typing import Self

# What holds unless the address or libpq's own environment says otherwise. A server whose machine is
# gone is noticed within half a minute: TCP alone would wait for hours.
_DEFAULTS: Final = {
    "connect_timeout": ("PGCONNECT_TIMEOUT", "10"),
    "application_name": ("PGAPPNAME", "annotator"),
    "keepalives_idle": ("", "10"),
    "keepalives_interval": ("", "5"),
    "keepalives_count": ("", "3"),
    "tcp_user_timeout": ("", "30000"),
}
_CREDENTIALS: Final = ("password", "sslpassword")
# What goes with an address that was given with a password: whoever opens a store a second time, for
# a thread of its own, has only the address that is shown.
_SECRETS: Final[dict[str, dict[str, str]]] = {}


@dataclass(frozen=True, slots=True)
class Address:
    """An address, taken apart; `shown` has no password in it, nor has any message."""

    conninfo: str
    shown: str
    secrets: tuple[str, ...]

    @classmethod
    def parse(cls, url: str) -> Self:
        """From `postgresql://…`, with libpq's own options behind the question mark.

        `StoreError` where libpq does not understand it.
        """
        try:
            given = conninfo_to_dict(url)
            missing = {
                name: value
                for name, (variable, value) in _DEFAULTS.items()
                if name not in given and not os.environ.get(variable)
            }
            conninfo = make_conninfo(url, **missing, client_encoding="UTF8")
        except (psycopg.Error, UnicodeEncodeError):
            # Not `from error`: libpq repeats what it could not read, which may be the password.
            raise _refuse(url) from None
        if not re.fullmatch(r"[\d,]*", str(given.get("port") or "")):
            raise _refuse(url)
        shown = _show(given)
        secrets = {name: str(given[name]) for name in _CREDENTIALS if given.get(name)}
        if secrets:
            _SECRETS[shown] = secrets
        else:
            secrets = _SECRETS.get(shown, {})
        return cls(make_conninfo(conninfo, **secrets), shown, tuple(secrets.values()))

    def hide(self, text: str) -> str:
        """The text without passwords, in one line."""
        for secret in self.secrets:
            text = text.replace(secret, "***")
        return " ".join(text.split())


def _show(given: dict[str, str | int | None]) -> str:
    """The address again, less what is secret."""
    named = {
        name: str(value)
        for name, value in given.items()
        if value is not None and name not in _CREDENTIALS
    }
    user, host, port, database = (
        named.get(name, "") for name in ("user", "host", "port", "dbname")
    )
    in_front = {"user", "dbname"}
    place = ""
    # Several hosts, or none, stand behind the question mark, where they need no brackets.
    if host and "," not in host and ":" not in host:
        in_front |= {"host", "port"}
        place = quote(host, safe="") + (f":{port}" if port else "")
    account = f"{quote(user, safe='')}@" if user else ""
    options = {name: value for name, value in sorted(named.items()) if name not in in_front}
    query = f"?{urlencode(options, quote_via=quote)}" if options else ""
    return f"postgresql://{account}{place}/{quote(database, safe='')}{query}"


def _refuse(url: str) -> StoreError:
    return StoreError(
        f"{_cut_down(url)} is not an address that PostgreSQL understands: write"
        " postgresql://user@host:port/database, with %40 for an @ in a password."
    )


def _cut_down(url: str) -> str:
    """What is safe to repeat of an address that cannot be read: nothing before the last @, nothing
    behind a question mark, nothing behind a colon that is not a number.
    """
    behind = url.partition("://")[2].partition("?")[0].rpartition("@")[2]
    host, _, rest = behind.partition(":")
    port = re.match(r"\d+(?=/|$)", rest)
    return f"postgresql://{host}{f':{port[0]}' if port else ''}"
