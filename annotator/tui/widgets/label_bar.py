"""The bar under the text: every label with its key, the other keys as far as there is room, and
whether the last act is saved. It never scrolls away, and each part of it can be clicked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message

from annotator.tui.widgets.label_style import style_label
from annotator.tui.widgets.line_widget import Line, LineWidget

if TYPE_CHECKING:
    from textual import events

    from annotator.model.scheme import LabelScheme

SEPARATOR: Final = "·"
ROOMY: Final = 100
"""Cells from which on hints stand three apart, not two, and an undo says that it was one."""

SAVED: Final = "saved ✓"
NOT_SAVED: Final = "not saved ✗"
ACCEPT: Final = "accept"
"""The action whose key is named only where there is something to accept."""

UNDONE: Final = "undone · "
REDONE: Final = "redone · "
"""What the bar says of the last act; room for the longest is kept free, so that no hint moves."""


@dataclass(frozen=True, slots=True)
class Hint:
    """A key (or two) and what it does, as short as it can be said; `action` is what a click does.

    `label` is the name of the label that it gives, if it gives one.
    """

    keys: str
    word: str
    action: str
    label: str | None = None

    @property
    def width(self) -> int:
        """Cells that it takes."""
        return cell_len(self.keys) + 1 + cell_len(self.word)


class LabelBar(LineWidget):
    """One line: labels first, then what else there is room for, the state of saving at its end."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--key", "bar--word", "bar--saved", "bar--failed"}

    class Chosen(Message):
        """Somebody clicked a hint."""

        def __init__(self, action: str) -> None:
            super().__init__()
            self.action = action

    def __init__(self, scheme: LabelScheme, *, hints: list[Hint]) -> None:
        super().__init__()
        self._scheme = scheme
        self._hints = hints
        self._state = ""
        self._did = ""
        self._failed = False
        self._suggests = False

    def show_hints(self, hints: list[Hint]) -> None:
        """Name these keys from now on."""
        self._hints = hints
        self.redraw()

    def offer(self, hints: list[Hint]) -> None:
        """Name these keys from now on."""
        if hints != self._hints:
            self._hints = hints
            self.redraw()

    def suggest(self, *, shown: bool) -> None:
        """Name the key that accepts a suggestion, or no longer."""
        if shown is not self._suggests:
            self._suggests = shown
            self.redraw()

    def show_state(self, state: str, *, did: str = "", failed: bool = False) -> None:
        """Say what became of the last act; and, where there is room, what it was."""
        self._state, self._did, self._failed = state, did, failed
        self.redraw()

    def on_click(self, event: events.Click) -> None:
        """Do what was clicked."""
        offset = self.find_line(event)
        for start, hint in self._place_hints() if offset else []:
            if start <= event.x < start + hint.width:
                self.post_message(self.Chosen(hint.action))

    def list_lines(self) -> list[Line]:
        """See `LineWidget.list_lines`."""
        segments: list[Segment] = []
        used, after_label = 0, False
        for start, hint in self._place_hints():
            space = " " * (start - used)
            if after_label and hint.label is None:
                space = SEPARATOR.center(start - used)
            segments += [Segment(space, self.part("bar--word")), *self._draw(hint)]
            used, after_label = start + hint.width, hint.label is not None
        return [Line((*segments, *self._draw_state(self.size.width - used - 1)))]

    def _draw_state(self, room: int) -> list[Segment]:
        """What became of the last act, at the right end of so many cells."""
        state = self._did + self._state
        if cell_len(state) + self._gap > room:
            state = self._state
        gap = max(room - cell_len(state), 1)
        style = self.part("bar--failed" if self._failed else "bar--saved")
        return [Segment(" " * gap), Segment(state, style)] if state else []

    def _draw(self, hint: Hint) -> list[Segment]:
        if hint.label is not None:
            colour = style_label(self.app, hint.label, scheme=self._scheme)
            return [
                Segment(hint.keys, colour + Style(underline=True)),
                Segment(f" {hint.word}", colour),
            ]
        return [
            Segment(hint.keys, self.part("bar--key")),
            Segment(f" {hint.word}", self.part("bar--word")),
        ]

    def _place_hints(self) -> list[tuple[int, Hint]]:
        """Each hint with the column that it begins at: labels and the last always, more as fits."""
        state = UNDONE + SAVED if self._is_roomy else NOT_SAVED
        room = self.size.width - cell_len(state) - self._gap - 1
        hints = [hint for hint in self._hints if self._suggests or hint.action != ACCEPT]
        labels = [hint for hint in hints if hint.label is not None]
        *others, last = [hint for hint in hints if hint.label is None]
        fitting: list[Hint] = []
        for hint in others:
            start, end = self._place([*labels, *fitting, hint, last])[-1]
            if start + end.width <= room:
                fitting.append(hint)
        placed = self._place([*labels, *fitting, last])
        # On a screen too narrow even for the labels, what became of the last act goes before them.
        free = self.size.width - (cell_len(self._state) + 2 if self._state else 0)
        return [(start, hint) for start, hint in placed if start + hint.width <= free]

    def _place(self, hints: list[Hint]) -> list[tuple[int, Hint]]:
        placed, at, after_label = [], 1, False
        for hint in hints:
            if after_label and hint.label is None:
                at += len(SEPARATOR) + self._gap
            placed.append((at, hint))
            at += hint.width + self._gap
            after_label = hint.label is not None
        return placed

    @property
    def _gap(self) -> int:
        return 3 if self._is_roomy else 2

    @property
    def _is_roomy(self) -> bool:
        return self.size.width >= ROOMY
