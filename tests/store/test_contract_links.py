"""The links of a document, as every store reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.model.event import Denied, EventKind

if TYPE_CHECKING:
    from tests.store.desk import Desk


def tie(desk: Desk, index: int, *targets: int, reviewer: str = "ana") -> None:
    spans = tuple(desk.sentences[target].span for target in targets)
    denied = Denied("denial", spans)
    desk.label(index, "denial", reviewer)
    desk.append(desk.draft(EventKind.DENIES, denied, index=index, reviewer=reviewer))


def test_links_are_read_by_denial_reviewer_and_target(desk: Desk) -> None:
    tie(desk, 4, 2, 0)
    tie(desk, 3, 1, reviewer="ben")
    tie(desk, 3, 0)
    starts = [sentence.span.start for sentence in desk.sentences]
    assert list(desk.store.read_given_links(desk.id)) == [
        (starts[3], "ana", starts[0]),
        (starts[3], "ben", starts[1]),
        (starts[4], "ana", starts[0]),
        (starts[4], "ana", starts[2]),
    ]


def test_links_go_with_their_denials_label(desk: Desk) -> None:
    tie(desk, 4, 2)
    desk.label(4, "claim")
    assert list(desk.store.read_given_links(desk.id)) == []
    assert list(desk.store.read_given_links("nowhere")) == []
