"""The labelling guideline, at the label in question."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding

from annotator.tui.screens.reading import ReadingScreen
from annotator.tui.widgets.markdown_pager import MarkdownPager

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

    from annotator.model.scheme import LabelScheme


class GuidelineScreen(ReadingScreen):
    """Shows a guideline from its part about a label on; a label's key goes to that label's part.

    `text` is Markdown, in which a label's part is a paragraph that begins with its name in bold.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "i", "close_or_jump", "Close", id="guideline-close", tooltip="Close", priority=True
        ),
    ]

    def __init__(
        self, text: str, label: str | None = None, *, scheme: LabelScheme | None = None
    ) -> None:
        labels = scheme.labels if scheme is not None else ()
        self._names = {str(number): label.name for number, label in enumerate(labels, 1)}
        self._names |= {label.key: label.name for label in labels}
        self._label = label
        self._text = MarkdownPager(text, marks=[label.name for label in labels] or _list(label))
        keys = f"{' '.join(label.key for label in labels)} to a label   " if labels else ""
        super().__init__(
            "Guideline", self._text, keys=f"{keys}j k scroll   space a screen   escape closes"
        )

    def on_mount(self) -> None:
        """Begin where the label is explained."""
        self._text.begin_at(self._label)

    def on_key(self, event: events.Key) -> None:
        """Go to the part of the label whose key was pressed."""
        name = self._names.get(event.character or "")
        if name is not None:
            event.stop()
            self._text.begin_at(name)

    def action_close_or_jump(self) -> None:
        """Close, unless the key is a label's."""
        if "i" in self._names:
            self._text.begin_at(self._names["i"])
        else:
            self.dismiss()


def _list(label: str | None) -> list[str]:
    return [] if label is None else [label]
