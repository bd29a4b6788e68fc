"""When something happened, as short as it can be said to somebody who reads it now."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import tzinfo

_MONTHS: Final = "JanFebMarAprMayJunJulAugSepOctNovDec"

LONGEST: Final = len("today 14:02")
"""Cells that `describe_moment` takes at most."""


def describe_moment(time: str, *, now_ms: int, zone: tzinfo | None = None) -> str:
    """`today 14:02`, `21 Nov`, `21 Nov 2025`: a time of the log (UTC) in local time.

    `now_ms` is in milliseconds since 1970-01-01 UTC; `zone` is the machine's own where `None`. What
    is no time, or an empty one, stays as it is.
    """
    moment = _read(time, zone)
    if moment is None:
        return time
    now = _localise(datetime.fromtimestamp(now_ms / 1000, UTC), zone)
    if moment.date() == now.date():
        return f"today {moment:%H:%M}"
    day = _write_day(moment)
    # A date of the last months cannot be mistaken, even across a new year.
    return day if abs(now - moment) < timedelta(days=180) else f"{day} {moment.year}"


def describe_time(time: str, *, zone: tzinfo | None = None) -> str:
    """`21 Nov 2026, 14:02`: a time of the log (UTC) in local time, in full.

    What is no time stays as it is.
    """
    moment = _read(time, zone)
    if moment is None:
        return time
    return f"{_write_day(moment)} {moment.year}, {moment:%H:%M}"


def _read(time: str, zone: tzinfo | None) -> datetime | None:
    try:
        return _localise(datetime.fromisoformat(time).astimezone(UTC), zone)
    except (ValueError, OverflowError, OSError):
        return None


def _localise(moment: datetime, zone: tzinfo | None) -> datetime:
    return moment.astimezone(zone)


def _write_day(moment: datetime) -> str:
    # Not `%b`, which is in the language of the machine.
    return f"{moment.day} {_MONTHS[3 * moment.month - 3 : 3 * moment.month]}"
