"""How a text was cut into sentences, as one string of small numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import StoreError
from annotator.model.span import Span

if TYPE_CHECKING:
    from collections.abc import Iterable


def write_layout(cut: Iterable[tuple[int, Span]]) -> str:
    """Write sentences, each a paragraph and a span, as `gap length gap length / gap length …`.

    Small numbers, since sentences follow closely; a slash is where the next paragraph begins.
    """
    written: list[str] = []
    at = current = 0
    for paragraph, span in cut:
        written += ["/"] * (paragraph - current)
        written += (str(span.start - at), str(span.end - span.start))
        at, current = span.end, paragraph
    return " ".join(written)


def read_layout(layout: str) -> list[tuple[int, Span]]:
    """Read what `write_layout` wrote. `StoreError` where it is not of that form."""
    cut: list[tuple[int, Span]] = []
    at = 0
    for paragraph, written in enumerate(layout.split("/")):
        numbers = _read_numbers(written)
        for gap, length in zip(numbers[::2], numbers[1::2], strict=True):
            cut.append((paragraph, Span(at + gap, at + gap + length)))
            at += gap + length
    return cut


def _read_numbers(written: str) -> list[int]:
    try:
        numbers = [int(number) for number in written.split()]
    except ValueError as error:
        raise StoreError("The layout of a document's sentences is not made of numbers.") from error
    if len(numbers) % 2 or any(number < 0 for number in numbers):
        raise StoreError("The layout of a document's sentences is cut short or runs backwards.")
    return numbers
