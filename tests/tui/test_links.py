"""Links beside their sentence: all of them shown, within the width, and counted as rows."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from annotator.model.annotation import Annotation
from annotator.model.document import Link, Place, Sentence
from annotator.model.scheme import FACT_CHECK
from annotator.model.span import Span
from annotator.tui.widgets.layout import Anchor, Page, Window
from annotator.tui.widgets.link_words import describe_links, explain_stale

DENIAL: Final = Annotation(Span(0, 9), "ana", "denial", None, None, False, (), "", "")
LABELS: Final = st.sampled_from(["claim", "denial", "background", "rumour", None])
LINKS: Final = st.lists(st.builds(Link, st.integers(0, 40), LABELS), max_size=8).map(tuple)


def place(denies: tuple[Link, ...] = (), denied_by: tuple[int, ...] = (), words: int = 1) -> Place:
    return Place(Sentence(0, 0, Span(0, 9), "word " * words), DENIAL, denies, denied_by)


def test_a_target_that_is_no_claim_any_more_is_marked_and_named() -> None:
    tied = place((Link(1, "claim"), Link(4, "background"), Link(6, "denial"), Link(8, None)))
    assert describe_links(tied, FACT_CHECK) == "↳ denies 2, 5?, 7, 9?"
    assert explain_stale(tied, FACT_CHECK) == "5 and 9 are no claims any more"
    one = replace(tied, denies=tied.denies[:2])
    assert explain_stale(one, FACT_CHECK) == "5 is no claim any more"
    assert explain_stale(replace(tied, denies=tied.denies[:1]), FACT_CHECK) == ""


def test_both_ends_are_named_where_a_denial_is_denied() -> None:
    tied = place((Link(1, "claim"),), (6, 8))
    assert describe_links(tied, FACT_CHECK) == "↳ denies 2  ↰ denied by 7, 9"
    assert describe_links(place(), FACT_CHECK) == ""


@given(LINKS, st.integers(1, 30), st.integers(8, 40))
def test_links_take_the_room_beside_the_text_or_rows_of_their_own(
    links: tuple[Link, ...], words: int, width: int
) -> None:
    tied = place(links, words=words)
    page = Page(
        width=width,
        height=500,
        total=1,
        read=Window(lambda first, count: [tied][first : first + count], 1).read,
        ending=(),
        describe=lambda shown: describe_links(shown, FACT_CHECK),
    )
    rows = [row for row in page.lay_out(Anchor()) if row.place is not None]
    assert [row.line for row in rows] == list(range(len(rows)))
    assert all(cell_len(row.text + row.remark) <= width for row in rows)
    assert " ".join(row.text for row in rows).split() == ["word"] * words
    shown = " ".join(row.remark for row in rows).split()
    assert shown == describe_links(tied, FACT_CHECK).split()
    remarked = [bool(row.remark) for row in rows]
    assert remarked == sorted(remarked)
