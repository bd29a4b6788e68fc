"""Markdown as lines: Rich lays it out, in the theme's colours; nothing in it can be clicked."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, ClassVar, Final

from markdown_it import MarkdownIt
from rich.console import Console
from rich.markdown import Heading, Markdown
from rich.theme import Theme

from annotator.text.display import show_literal
from annotator.tui.widgets.layout import READABLE
from annotator.tui.widgets.line_widget import Line
from annotator.tui.widgets.pager import Pager

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from rich.console import JustifyMethod
    from rich.markdown import MarkdownElement

_STYLES: Final = {
    "strong": ("strong", "kbd"),
    "heading": tuple(f"h{level}" for level in range(1, 7)),
    "mark": ("item.bullet", "item.number", "table.header", "code"),
    "quiet": ("hr", "table.border", "block_quote", "link", "link_url"),
}
"""Which of Rich's styles, less their `markdown.`, look like which part of ours."""


class _Heading(Heading):
    """A heading that stands where the text does, the first one too."""

    LEVEL_ALIGN: ClassVar[dict[str, JustifyMethod]] = dict.fromkeys(Heading.LEVEL_ALIGN, "left")


class _Markdown(Markdown):
    elements: ClassVar[dict[str, type[MarkdownElement]]] = {
        **Markdown.elements,
        "heading_open": _Heading,
    }


class MarkdownPager(Pager):
    """A text in Markdown. `marks` are names: a paragraph that begins with one of them in bold is a
    place to begin at.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "markdown--heading",
        "markdown--mark",
        "markdown--quiet",
        "markdown--strong",
    }

    def __init__(self, text: str, *, marks: Sequence[str]) -> None:
        super().__init__()
        self._parts = list(_cut(show_literal(text), marks))

    def begin_at(self, mark: str | None) -> None:
        """Scroll to a name's part; to the beginning where there is none."""
        names = [name for name, _ in self._parts]
        self.show_block(names.index(mark) if mark in names else 0)

    def count_blocks(self) -> int:
        """See `Pager.count_blocks`: what stands before the first name, then a part a name."""
        return len(self._parts)

    def lay_out(self, block: int, width: int) -> Sequence[Line]:
        """See `Pager.lay_out`."""
        markdown = _Markdown("", hyperlinks=False)
        markdown.parsed = _make_parser().parse(self._parts[block][1])
        styles = {
            f"markdown.{name}": self.part(f"markdown--{part}")
            for part, names in _STYLES.items()
            for name in names
        }
        console = Console(
            width=min(width, READABLE),
            file=StringIO(),
            color_system="truecolor",
            force_terminal=True,
            legacy_windows=False,
            theme=Theme(styles),
        )
        lines = [Line(tuple(line)) for line in console.render_lines(markdown, pad=False)]
        return [*lines, Line()] if block < len(self._parts) - 1 else lines or [Line()]


def _make_parser() -> MarkdownIt:
    """CommonMark with tables. Without HTML: what stands in angle brackets would vanish. Without
    blocks of code, which Rich would colour in its own way: a scheme's text is often indented.
    """
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return parser.disable(["code", "fence"])


def _cut(text: str, marks: Sequence[str]) -> Iterator[tuple[str | None, str]]:
    """The parts of a text, each with its name (the first without one)."""
    names = "|".join(re.escape(show_literal(mark)) for mark in marks)
    if not names:
        yield None, text
        return
    shown = {show_literal(mark): mark for mark in marks}
    start, current = 0, None
    for match in re.finditer(rf"(?:\A|(?<=\n\n))\*\*({names})\*\*", text):
        if match.start() > start:
            yield current, text[start : match.start()]
        start, current = match.start(), shown[match[1]]
    yield current, text[start:]
