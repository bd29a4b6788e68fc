"""The benchmarks say what got worse; the measurements themselves are no tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.comparing import MARK, Measured, read_committed, read_table, tell_changes
from tests.benchmarks.figures import Row, write_table

NAMES = st.from_regex(r"\A[a-z][a-z ,`:]{0,20}[a-z]\Z")


def test_the_committed_table_is_read() -> None:
    readme = Path(__file__).parents[1] / "README.md"
    rows = read_committed(readme.read_text(encoding="utf-8"))
    assert len(rows) > 10
    assert all(row.figure is not None for row in rows.values())


@given(
    st.lists(st.tuples(NAMES, st.floats(0.01, 9999), st.floats(0.01, 99)), unique_by=lambda r: r[0])
)
def test_a_table_is_read_as_it_was_written(rows: list[tuple[str, float, float]]) -> None:
    written = [Row(name, f"{s:.3f} s", "1 s", f"{ratio:.2f} x", "") for name, s, ratio in rows]
    found = read_table(write_table(written))
    assert list(found) == [name for name, _, _ in rows]
    for name, seconds, ratio in rows:
        assert found[name].figure == pytest.approx(seconds, abs=0.001)
        assert found[name].ratio == pytest.approx(ratio, abs=0.006)


def test_parts_have_the_name_of_their_whole_and_names_that_return_a_number() -> None:
    rows = [
        Row("export", "3.1 s", "", "", ""),
        Row("— peak memory", "98 MB", "", "", ""),
        Row("the same once more", "2,500 ms", "", "", ""),
        Row("the same once more", "p50 500.0 ms, p99 900.0 ms", "", "2.66 x", ""),
    ]
    assert read_table(write_table(rows)) == {
        "export": Measured(3.1, None),
        "export — peak memory": Measured(98, None),
        "the same once more": Measured(2.5, None),
        "the same once more (2)": Measured(0.5, 2.66),
    }


@pytest.mark.parametrize(
    ("before", "now", "told"),
    [
        (Measured(1, 2), Measured(9, 2.4), ["Nothing got worse by more than a fifth."]),
        (Measured(9, 2), Measured(1, 2.41), ["Worse: row: 2.00 x → 2.41 x"]),
        (Measured(10, None), Measured(12, None), ["Nothing got worse by more than a fifth."]),
        (Measured(10, None), Measured(12.5, None), ["Worse: row: 10 → 12.5"]),
        (Measured(10, None), Measured(12.5, 1.1), ["Worse: row: 10 → 12.5"]),
        (Measured(None, None), Measured(12.5, 1.1), ["Nothing got worse by more than a fifth."]),
    ],
)
def test_more_than_a_fifth_is_worse(before: Measured, now: Measured, told: list[str]) -> None:
    assert tell_changes({"row": before}, {"row": now}) == told


def test_new_rows_are_said_to_be_new_and_those_not_measured_are_nothing() -> None:
    there = Measured(1, None)
    told = tell_changes({"old": there, "both": there}, {"both": there, "this": there})
    assert told == ["Nothing got worse by more than a fifth.", "New: this"]


def test_a_readme_without_a_table_is_an_error() -> None:
    with pytest.raises(ValueError, match="no table"):
        read_committed(f"text {MARK} text")
