"""A reviewer's status as bars: the whole, labels by kind, pace, labels a day, every document."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment

from annotator.session.status import describe_duration
from annotator.text.display import show_line
from annotator.tui.widgets.label_style import find_letter, style_label
from annotator.tui.widgets.line_widget import Line
from annotator.tui.widgets.pager import Pager
from annotator.tui.widgets.plot import draw_columns
from annotator.tui.widgets.shelf_columns import draw_bar
from annotator.tui.widgets.wrapping import shorten, wrap

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from annotator.model.scheme import LabelScheme
    from annotator.session.status import Status, Work

NOTHING: Final = "–"

_WIDEST_NAME: Final = 16
_WIDEST_BAR: Final = 40
_FIELD: Final = 10
"""Cells of `median`, `today` and `left`, with what stands behind them."""


class StatusPager(Pager):
    """Five blocks and one for each document: those under way first, then those not begun."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "status--heading",
        "status--quiet",
        "status--bar",
    }

    def __init__(self, scheme: LabelScheme, *, reviewer: str) -> None:
        super().__init__()
        self._scheme = scheme
        self._reviewer = reviewer
        self._status: Status | None = None
        self._works: list[Work] = []

    def show(self, status: Status) -> None:
        """Show this status, of one reviewer."""
        self._status = status
        # Python's sort keeps the order of titles among those that are equally far.
        self._works = sorted(status.works, key=_rank)
        self.show_anew()

    def count_blocks(self) -> int:
        """See `Pager.count_blocks`."""
        if self._status is None:
            return 0
        return len(self._works) + (5 if self._works else 1)

    def lay_out(self, block: int, width: int) -> Sequence[Line]:
        """See `Pager.lay_out`."""
        status = self._status
        if status is None or not status.totals:
            words = "The library is empty: import an article there, and label it."
            return [Line((Segment(line),)) for line in wrap(words, width)]
        match block:
            case 0:
                return [*self._draw_whole(status.totals[0], width), Line()]
            case 1:
                return [*self._draw_kinds(status.totals[0], width), Line()]
            case 2:
                return [*self._draw_pace(status.totals[0], width), Line()]
            case 3:
                return [*self._draw_days(status, width), Line()]
            case 4:
                return [self._head("Documents", width)]
        return list(self._draw_document(self._works[block - 5], status, width))

    def _draw_whole(self, total: Work, width: int) -> Iterator[Line]:
        documents = "1 document" if len(self._works) == 1 else f"{len(self._works):,} documents"
        words = f"{total.labelled:,} of {total.sentences:,} sentences labelled, in {documents}"
        yield self._head(words, width)
        filled, rest = draw_bar(total.labelled, total.sentences, width=width)
        yield Line((self._bar(filled), self._quiet(rest)))

    def _draw_kinds(self, total: Work, width: int) -> Iterator[Line]:
        yield self._head("Labels by kind", width)
        known = [label.name for label in self._scheme.labels]
        names = [*known, *(name for name in total.counts if name not in known)]
        shown = {name: shorten(show_line(name), _WIDEST_NAME) for name in names}
        column = _widest([*shown.values(), "unsure"])
        digits = len(f"{max([*total.counts.values(), total.unsure]):,}")
        room = max(min(width - column - digits - 7, _WIDEST_BAR), 1)
        most = max(total.counts.values(), default=0)
        for name in names:
            count = total.counts.get(name, 0)
            style = style_label(self.app, name, scheme=self._scheme)
            left = f"{find_letter(self._scheme, name)}  {_pad(shown[name], column)}  "
            # A label that was given at all shows at least one block.
            blocks = -(-count * room // most) if most else 0
            yield Line(
                (
                    Segment(left, style),
                    Segment(f"{count:,}".rjust(digits)),
                    Segment("  " + "▇" * blocks, style),
                )
            )
        if total.unsure:
            flags = f"{total.unsure:,}".rjust(digits)
            yield Line((Segment(f"⚑  {_pad('unsure', column)}  {flags}"),))

    def _draw_pace(self, total: Work, width: int) -> Iterator[Line]:
        timing = total.timing
        yield self._head("Pace", width)
        median = NOTHING
        if timing.median_ms is not None:
            labels = "1 label" if timing.measured == 1 else f"{timing.measured:,} labels"
            median = f"{timing.median_ms / 1000:.1f} s a sentence, of {labels}"
        today = "1 label" if timing.today == 1 else f"{timing.today:,} labels"
        if timing.hourly is not None:
            today += f", {round(timing.hourly):,} an hour"
        left = "nothing"
        if total.open:
            left = "1 sentence" if total.open == 1 else f"{total.open:,} sentences"
            left += f", {describe_duration(total.left_ms)}" if total.left_ms is not None else ""
        for name, value in (("median", median), ("today", today), ("left", left)):
            room = max(width - _FIELD, 1)
            yield Line((self._quiet(name.ljust(_FIELD)), Segment(shorten(value, room))))

    def _draw_days(self, status: Status, width: int) -> Iterator[Line]:
        days = status.totals[0].timing.days
        if not any(days):
            yield self._head(f"No label in the last {len(days)} days", width)
            return
        first, last = (f"{day.day} {day:%b}" for day in (status.days[0], status.days[-1]))
        yield self._head(f"Labels a day, {first} to {last}", width)
        *rows, numbers = draw_columns(days, [str(day.day) for day in status.days], width=width)
        for row in rows:
            yield Line((self._bar(row),))
        yield Line((self._quiet(numbers),))

    def _draw_document(self, work: Work, status: Status, width: int) -> Iterator[Line]:
        document = work.document
        others = status.others.get(document.id, {}) if document else {}
        counts = {self._reviewer: work.labelled, **others}
        last = len(str(max(found.sentences for found in self._works)))
        count_room = 2 * last + len(" of ")
        bar_room = max(min(width // 4, 20), 4)
        room = max(width - bar_room - count_room - 4, 1)
        for name, labelled in counts.items():
            mine = name == self._reviewer
            title = show_line(document.title) if document and mine else f"  {show_line(name)}"
            filled, rest = draw_bar(labelled, work.sentences, width=bar_room)
            number = f"{labelled} of {work.sentences}".rjust(count_room)
            left = _pad(shorten(title, room), room)
            yield Line(
                (
                    Segment(left) if mine else self._quiet(left),
                    Segment("  "),
                    self._bar(filled) if mine else self._quiet(filled),
                    self._quiet(rest),
                    Segment(f"  {number}") if mine else self._quiet(f"  {number}"),
                )
            )

    def _head(self, words: str, width: int) -> Line:
        return Line((Segment(shorten(words, width), self.part("status--heading")),))

    def _bar(self, text: str) -> Segment:
        return Segment(text, self.part("status--bar"))

    def _quiet(self, text: str) -> Segment:
        return Segment(text, self.part("status--quiet"))


def _rank(work: Work) -> int:
    if not work.labelled:
        return 1
    return 0 if work.open else 2


def _widest(texts: Iterable[str]) -> int:
    return max(map(cell_len, texts))


def _pad(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
