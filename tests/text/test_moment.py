"""When something happened, in few words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.model.clock import format_time
from annotator.text.moment import LONGEST, describe_moment, describe_time
from tests.builders import NOON_MS

EAST = timezone(timedelta(hours=14))


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("2026-11-23T12:00:00Z", "today 12:00"),
        ("2026-11-23T00:00:00Z", "today 00:00"),
        ("2026-11-22T23:59:59Z", "22 Nov"),
        ("2026-06-01T08:00:00Z", "1 Jun"),
        ("2026-05-01T08:00:00Z", "1 May 2026"),
        ("2025-11-23T12:00:00Z", "23 Nov 2025"),
        ("2026-11-24T08:00:00Z", "24 Nov"),
        ("", ""),
        ("long ago", "long ago"),
    ],
)
def test_a_moment_is_said_as_short_as_it_is_clear(time: str, words: str) -> None:
    assert describe_moment(time, now_ms=NOON_MS, zone=UTC) == words


def test_days_are_those_of_the_place() -> None:
    assert describe_moment("2026-11-23T09:59:00Z", now_ms=NOON_MS, zone=EAST) == "23 Nov"
    assert describe_moment("2026-11-23T10:00:00Z", now_ms=NOON_MS, zone=EAST) == "today 00:00"
    assert describe_time("2026-11-23T10:00:00Z", zone=EAST) == "24 Nov 2026, 00:00"


@given(st.datetimes(datetime(1970, 1, 2), datetime(2200, 1, 1)))  # noqa: DTZ001
def test_no_moment_is_longer_than_its_column(moment: datetime) -> None:
    wall_ms = int(moment.replace(tzinfo=UTC).timestamp()) * 1000
    assert 0 < len(describe_moment(format_time(wall_ms), now_ms=NOON_MS, zone=UTC)) <= LONGEST
