"""Units from the shapes in which others publish theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.agreement import Bootstrap, Coefficient, Undefined, Unit, measure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from annotator.agreement import Agreement, Score

NO_INTERVALS = Bootstrap(resamples=0)
LABELS = ("claim", "denial", "background")


def name_reviewer(place: int) -> str:
    return f"r{place:02}"


def units_of_rows(rows: Sequence[Sequence[object]], *, document_id: str = "d") -> list[Unit]:
    """A row a sentence, a column a reviewer, `None` where there is no label."""
    return [
        Unit(
            document_id,
            index,
            {
                name_reviewer(place): str(value)
                for place, value in enumerate(row)
                if value is not None
            },
        )
        for index, row in enumerate(rows)
    ]


def units_of_table(table: Sequence[Sequence[int]], labels: Sequence[str]) -> list[Unit]:
    """Two reviewers: the first's label by row, the second's by column."""
    return units_of_rows(
        [
            (labels[row], labels[column])
            for row, counts in enumerate(table)
            for column, count in enumerate(counts)
            for _ in range(count)
        ]
    )


def units_of_counts(counts: Sequence[Sequence[int]]) -> list[Unit]:
    """A row a sentence: how many gave label 0, label 1 …"""
    return units_of_rows(
        [[place for place, count in enumerate(row) for _ in range(count)] for row in counts]
    )


def units_of_links(*sentences: Mapping[str, set[int]]) -> list[Unit]:
    """Four claims, all by ana and ben; then a denial by each reviewer named, with its targets."""
    claims = [Unit("d", index, {"ana": "claim", "ben": "claim"}) for index in range(4)]
    return claims + [
        Unit("d", 4 + number, dict.fromkeys(links, "denial"), links)
        for number, links in enumerate(sentences)
    ]


def labels_of(units: Sequence[Unit]) -> list[str]:
    return sorted({label for unit in units for label in unit.labels.values()})


def measure_whole(units: Sequence[Unit]) -> Agreement:
    return measure(units, labels_of(units), bootstrap=NO_INTERVALS).whole


def value_of(score: Score) -> float:
    assert isinstance(score, Coefficient), score
    return score.value


def reason_of(score: object) -> str:
    assert isinstance(score, Undefined), score
    return score.reason
