"""Ids and times."""

from __future__ import annotations

from uuid import RFC_4122, UUID

from hypothesis import given
from hypothesis import strategies as st

from annotator.model.clock import derive_id, format_time, make_uuid7
from annotator.session.clock import RandomIds, SystemClock

MOMENTS = st.integers(0, 2**48 - 1)


@given(MOMENTS, st.integers(0, 2**74 - 1))
def test_a_uuid7_has_the_version_the_variant_the_time_and_the_randomness(
    wall_ms: int, randomness: int
) -> None:
    made = UUID(make_uuid7(wall_ms, randomness))
    assert made.version == 7
    assert made.variant == RFC_4122
    assert made.int >> 80 == wall_ms
    assert (made.int >> 64 & 0xFFF) << 62 | made.int & (1 << 62) - 1 == randomness


@given(MOMENTS, MOMENTS, st.integers(0, 2**74 - 1), st.integers(0, 2**74 - 1))
def test_ids_made_later_sort_later_as_text(one: int, other: int, first: int, second: int) -> None:
    if one != other:
        earlier, later = sorted((one, other))
        assert make_uuid7(earlier, first) < make_uuid7(later, second)


def test_the_example_of_the_standard_is_made() -> None:
    # RFC 9562, A.6: 2022-02-22T19:22:22Z, rand_a 0xCC3, rand_b 0x18C4DC0C0C07398F.
    randomness = 0xCC3 << 62 | 0x18C4DC0C0C07398F
    assert make_uuid7(0x017F22E279B0, randomness) == "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"


def test_a_time_is_written_in_utc_to_the_second() -> None:
    assert format_time(0) == "1970-01-01T00:00:00Z"
    assert format_time(1_795_420_800_999) == "2026-11-23T08:00:00Z"
    assert format_time(-1) == "1969-12-31T23:59:59Z"


def test_the_system_gives_ids_that_differ_and_a_steady_clock() -> None:
    clock, ids = SystemClock(), RandomIds()
    made = {ids.next_id(clock.wall_ms()) for _ in range(1000)}
    assert len(made) == 1000
    assert clock.steady_ms() <= clock.steady_ms()


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_an_id_from_content_is_a_uuid8_of_it_alone(content: list[str]) -> None:
    made = UUID(derive_id(*content))
    assert (made.version, made.variant) == (8, RFC_4122)
    assert str(made) == derive_id(*content)
    assert derive_id(*content) != derive_id(*content, "more")


def test_an_id_from_content_is_the_same_on_any_machine() -> None:
    assert derive_id("a", "é") == "57111582-85b9-8649-8592-f39348b67f93"
