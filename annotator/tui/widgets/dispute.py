"""A disagreement: the sentence in its context, what each reviewer said of it, and what stands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.message import Message

from annotator.model.event import Rule
from annotator.text.display import show_line
from annotator.text.moment import describe_time
from annotator.tui.widgets.article import CURSOR, FLAG, OPEN
from annotator.tui.widgets.label_style import find_letter, style_label
from annotator.tui.widgets.layout import READABLE
from annotator.tui.widgets.line_widget import Line, LineWidget
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.style import Style
    from textual import events

    from annotator.model.document import Place, Sentence
    from annotator.model.scheme import LabelScheme
    from annotator.session.adjudicating import Dispute

CONTEXT: Final = 4
"""Sentences above the one in question."""

_MARGIN: Final = 5
_WIDEST: Final = 24
_FIELDS: Final = 10
BELOW: Final = "↓ more"

RULES: Final = {
    Rule.UNANIMOUS: "by rule: all who labelled it agreed",
    Rule.MAJORITY: "by rule: most of those who labelled it",
}


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What is to be seen: the dispute; the sentences before it, each with what it is settled as;
    what each opinion's reviewer is called; a reason that waits for its label; what is next.
    """

    dispute: Dispute
    context: Sequence[tuple[Sentence, str | None]]
    names: Sequence[str]
    reason: str = ""
    ending: str = ""


class DisputeView(LineWidget):
    """Draws an exhibit. Where the screen is too low for all of it, the context gives way first;
    the rest scrolls.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "dispute--current",
        "dispute--mark",
        "dispute--quiet",
        "dispute--strong",
    }

    class Picked(Message):
        """Somebody clicked a reviewer's label."""

        def __init__(self, label: str) -> None:
            super().__init__()
            self.label = label

    def __init__(self, scheme: LabelScheme, *, sentence_count: int) -> None:
        super().__init__()
        self._scheme = scheme
        self._digits = max(len(str(sentence_count)), 3)
        self._exhibit: Exhibit | None = None
        self._skip = 0
        self._picks: dict[Line, str] = {}

    def show(self, exhibit: Exhibit, *, sentence_count: int) -> None:
        """Draw this, from its beginning where it is another sentence."""
        before, self._exhibit = self._exhibit, exhibit
        self._digits = max(len(str(sentence_count)), 3)
        if before is None or before.dispute.sentence != exhibit.dispute.sentence:
            self._skip = 0
        self.redraw()

    def scroll_lines(self, rows: int) -> None:
        """Scroll down so many rows, up where negative."""
        self._skip = max(self._skip + rows, 0)
        self.redraw()

    def scroll_pages(self, pages: int) -> None:
        """Scroll by screens."""
        self.scroll_lines(pages * max(self.size.height - 2, 1))

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        exhibit, height = self._exhibit, self.size.height
        if exhibit is None or not height:
            return []
        self._picks = {}
        body = list(islice(self._draw_body(exhibit), height))
        if len(body) < height:
            self._skip = 0
            above = self._draw_context(exhibit, height - len(body))
            return [*above, *body]
        lines = list(islice(self._draw_body(exhibit), self._skip, self._skip + height))
        while len(lines) < min(height, 2) and self._skip:
            self._skip = max(self._skip - height, 0)
            lines = list(islice(self._draw_body(exhibit), self._skip, self._skip + height))
        if len(lines) == height:
            lines[-1] = Line((Segment(" " * _MARGIN), Segment(BELOW, self.part("dispute--mark"))))
        return lines

    def on_click(self, event: events.Click) -> None:
        """A click on a reviewer's row settles the sentence as they have it."""
        offset = self.find_line(event)
        lines = self._lines
        if offset is not None and offset.y < len(lines) and lines[offset.y] in self._picks:
            self.post_message(self.Picked(self._picks[lines[offset.y]]))

    def on_mouse_scroll_down(self) -> None:
        """Scroll down."""
        self.scroll_lines(3)

    def on_mouse_scroll_up(self) -> None:
        """Scroll up."""
        self.scroll_lines(-3)

    # -- the text

    def _draw_context(self, exhibit: Exhibit, room: int) -> list[Line]:
        """As many of the sentences before as there is room for, the nearest first."""
        quiet, lines = self.part("dispute--quiet"), list[Line]()
        for sentence, label in reversed(exhibit.context):
            own = list(islice(self._draw_sentence(sentence, label, style=quiet), room + 1))
            if len(lines) + len(own) + 1 > room:
                break
            lines = [*own, Line(), *lines]
        return [*([Line()] if len(lines) < room else []), *lines]

    def _draw_sentence(
        self, sentence: Sentence, label: str | None, *, style: Style | None = None, base: str = ""
    ) -> Iterator[Line]:
        mark, gutter = self.part("dispute--mark"), self.part("dispute--quiet")
        letter, colour = OPEN, gutter
        if label is not None:
            letter = find_letter(self._scheme, label)
            colour = style_label(self.app, label, scheme=self._scheme)
        number = str(sentence.index + 1).rjust(self._digits)
        head = (
            Segment(f" {CURSOR if base else ' '} ", mark),
            Segment(number, mark if base else gutter),
            Segment("  "),
            Segment(letter, colour),
            Segment("  "),
        )
        column = sum(segment.cell_length for segment in head)
        room = max(min(self.size.width - column - 1, READABLE), 1)
        for at, text in enumerate(wrap(show_line(sentence.text), room)):
            left = head if at == 0 else (Segment(" " * column),)
            yield Line((*left, Segment(text, style)), base)

    def _draw_body(self, exhibit: Exhibit) -> Iterator[Line]:
        dispute = exhibit.dispute
        standing = dispute.adjudication.label if dispute.adjudication else None
        return chain(
            self._draw_sentence(dispute.sentence, standing, base="dispute--current"),
            [Line()],
            self._draw_opinions(exhibit),
            [Line()],
            self._draw_settlement(exhibit),
            self._draw_ending(exhibit.ending),
        )

    # -- what was said

    def _draw_opinions(self, exhibit: Exhibit) -> Iterator[Line]:
        opinions = exhibit.dispute.opinions
        if not opinions:
            yield self._quote("Nobody has said anything of it.")
        most = max(self.size.width // 4, 1)
        column = min(max([1, *map(cell_len, exhibit.names)]), _WIDEST, most) + 2
        labels = [show_line(_label(place)) for place in opinions]
        wide = min(max([1, *map(cell_len, labels)]), _WIDEST) + 2
        for place, name in zip(opinions, exhibit.names, strict=True):
            yield self._draw_head(place, name, column=column, wide=wide)
            yield from self._draw_fields(place, exhibit.dispute, _MARGIN + column)

    def _draw_head(self, place: Place, name: str, *, column: int, wide: int) -> Line:
        said = place.annotation
        label = _label(place)
        is_label = said is not None and said.label is not None
        style = self.part("dispute--quiet")
        if is_label:
            style = style_label(self.app, label, scheme=self._scheme)
        left = [
            Segment(" " * _MARGIN),
            Segment(_pad(name, column), self.part("dispute--strong")),
            Segment(_pad(show_line(label), wide), style),
            Segment(f"{FLAG} unsure  " if said and said.unsure else "", self.part("dispute--mark")),
        ]
        when = describe_time(said.updated_at) if said else ""
        room = min(self.size.width - 1, READABLE + _FIELDS)
        room -= sum(segment.cell_length for segment in left) + cell_len(when) + 2
        speaker = shorten(show_line(said.speaker), room) if said and said.speaker else ""
        gap = " " * max(room - cell_len(speaker) + 2, 1)
        line = Line((*left, Segment(speaker + gap), Segment(when, self.part("dispute--quiet"))))
        if is_label:
            self._picks[line] = label
        return line

    def _draw_fields(self, place: Place, dispute: Dispute, column: int) -> Iterator[Line]:
        said, settled = place.annotation, dispute.adjudication
        fields = []
        if place.denies:
            fields.append(("denies", ", ".join(str(link.index + 1) for link in place.denies)))
        if said is not None and said.note is not None:
            fields.append(("note", said.note))
        if said is not None and settled is not None and said.updated_at > settled.created_at:
            fields.append(("changed", "after it was settled"))
        for name, value in fields:
            yield from self._draw_field(name, value, column)

    def _draw_field(
        self, name: str, value: str, column: int, *, style: Style | None = None
    ) -> Iterator[Line]:
        quiet = self.part("dispute--quiet")
        room = max(min(self.size.width - 1, READABLE + _FIELDS) - column - _FIELDS, 1)
        for at, text in enumerate(wrap(show_line(value), room)):
            left = " " * column + (name if at == 0 else "").ljust(_FIELDS)
            yield Line((Segment(left, quiet), Segment(text, style)))

    # -- what stands

    def _draw_settlement(self, exhibit: Exhibit) -> Iterator[Line]:
        found = exhibit.dispute.adjudication
        if found is None:
            yield from self._draw_field("settled", "not yet", _MARGIN)
            if exhibit.reason:
                waiting = f"{exhibit.reason} (saved with the label)"
                yield from self._draw_field("reason", waiting, _MARGIN)
            return
        by = f"by {show_line(found.reviewer)}" if found.rule is None else RULES[found.rule]
        if exhibit.dispute.is_stale:
            by += "; labels have changed since, so it is open"
        yield Line(
            (
                Segment(" " * _MARGIN + "settled".ljust(_FIELDS), self.part("dispute--quiet")),
                Segment(
                    show_line(found.label),
                    style_label(self.app, found.label, scheme=self._scheme),
                ),
                Segment(f"  {by}, {describe_time(found.created_at)}", self.part("dispute--quiet")),
            )
        )
        if found.note is not None:
            yield from self._draw_field("reason", found.note, _MARGIN)

    def _draw_ending(self, ending: str) -> Iterator[Line]:
        if ending:
            yield Line()
            for text in wrap(ending, max(min(self.size.width - _MARGIN - 1, READABLE), 1)):
                yield self._quote(text)

    def _quote(self, text: str) -> Line:
        return Line((Segment(" " * _MARGIN), Segment(text, self.part("dispute--quiet"))))


class PositionLine(LineWidget):
    """`disagreement 3 of 12   4 settled · 8 open`."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"position--strong", "position--quiet"}

    def __init__(self) -> None:
        super().__init__()
        self._words = ("", "")

    def show(self, where: str, how_far: str) -> None:
        """Say this."""
        self._words = (where, how_far)
        self.redraw()

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        where, how_far = self._words
        return [
            Line(
                (
                    Segment(f" {where}", self.part("position--strong")),
                    Segment(f"   {how_far}", self.part("position--quiet")),
                )
            )
        ]


def _label(place: Place) -> str:
    said = place.annotation
    return "no label" if said is None or said.label is None else said.label


def _pad(text: str, width: int) -> str:
    shown = shorten(show_line(text), width - 2)
    return shown + " " * (width - cell_len(shown))
