"""Choosing the word at which a sentence is split."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from annotator.tui.screens.dialog import Dialog
from annotator.tui.widgets.halves import Halves
from annotator.tui.widgets.word_picker import WordPicker

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType


def _bind(id_: str, keys: str, action: str, does: str) -> Binding:
    return Binding(keys, action, does, id=f"split-{id_}", tooltip=does, priority=True)


class SplitScreen(Dialog):
    """Shows the sentence with a cut in it, and gives `save` where it stands (code points from the
    sentence's start); stays open where that says that it failed.

    `inherited` says what becomes of what was said of the sentence.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _bind("save", "enter", "save", "Split here"),
        _bind("cancel", "escape", "cancel", "Change nothing"),
        _bind("next", "right,l", "move(1)", "A word on"),
        _bind("previous", "left,h", "move(-1)", "A word back"),
        _bind("down", "down,j", "move_lines(1)", "A line down"),
        _bind("up", "up,k", "move_lines(-1)", "A line up"),
        _bind("next-mark", "tab", "move_to_mark(1)", "To the next full stop, comma or the like"),
        _bind("previous-mark", "shift+tab", "move_to_mark(-1)", "To the one before"),
        _bind("first", "home", "move_to_first", "To the first word that can begin a half"),
        _bind("last", "end", "move_to_last", "To the last word"),
    ]
    CSS_PATH = "split.tcss"

    def __init__(
        self, number: int, text: str, *, inherited: str, save: Callable[[int], bool]
    ) -> None:
        super().__init__()
        self._number = number
        self._text = text
        self._inherited = inherited
        self._save = save
        self._picker = WordPicker(text)

    @property
    def picker(self) -> WordPicker:
        """The sentence and its cut."""
        return self._picker

    def compose(self) -> ComposeResult:
        """Title, sentence, its halves, what they inherit, keys."""
        with Vertical(id="split"):
            yield Static(Content(f"Split sentence {self._number}"), id="split-title")
            yield self._picker
            cut = 0 if self._picker.is_empty else self._picker.cut
            yield Halves(self._number, self._text, cut=cut)
            yield Static(Content(self._inherited), id="split-inherited")
            yield Static(
                Content("← → word   ↑ ↓ line   tab punctuation   enter splits   escape closes"),
                id="split-keys",
            )

    @on(WordPicker.Moved)
    def show_halves(self) -> None:
        """Say where the first half ends and the second begins."""
        self.query_one(Halves).show(self._picker.cut)

    def action_save(self) -> None:
        """Split, and close."""
        if self._save(self._picker.cut):
            self.dismiss()

    def action_cancel(self) -> None:
        """Close, and change nothing."""
        self.dismiss()

    def action_move(self, words: int) -> None:
        """Move the cut by words."""
        self._picker.move(words)

    def action_move_lines(self, lines: int) -> None:
        """Move the cut by lines."""
        self._picker.move_lines(lines)

    def action_move_to_mark(self, step: int) -> None:
        """Move the cut to the next likely place."""
        self._picker.move_to_mark(step)

    def action_move_to_first(self) -> None:
        """Move the cut to the first place that it can take."""
        self._picker.move_to_first()

    def action_move_to_last(self) -> None:
        """Move the cut to the last place that it can take."""
        self._picker.move_to_last()
