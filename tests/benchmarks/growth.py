"""How work grows with the length of one line: four times the text, four times the time."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, Final

from annotator.text.decode import decode
from annotator.text.display import show_line, show_literal
from annotator.text.find import fold
from annotator.text.normalize import normalize
from annotator.text.quotations import find_quotation
from annotator.text.segment import segment
from annotator.text.speakers import find_speakers
from tests.benchmarks.figures import Row

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LINES: Final[dict[str, str]] = {
    "letters": "a",
    "words": "word ",
    "dots": ".",
    "dots and spaces": ". ",
    "abbreviations": "Dr. ",
    "initials": "A. ",
    "sentences": "The dam broke at dawn. ",
    "shouts": "No! ",
    "quotes": '"',
    "quoted sentences": '"It broke." ',
    "opening quotes": "“",
    "closing quotes": "”",
    "apostrophes": "’",
    "single quotes": "'a ",
    "brackets": "(",
    "closed brackets": "()",
    "nested": "(“[",
    "commas": "a, ",
    "digits": "1",
    "numbers": "1. ",
    "dates": "1. May 2020. ",
    "spaces": " ",
    "no-break spaces": "a\u00a0",
    "combining marks": "e\u0301\u0301\u0301",
    "emoji": "\U0001f525",
    "joined emoji": "\U0001f468\u200d",
    "arabic": "قال ذلك. ",
    "chinese": "他说。",
    "ellipses": "… ",
    "dashes": "– ",
    "attributions": "said Ana Berg, who said ",
    "names": "Ana Berg ",
    "colons": "a: ",
    "addresses": "http://a.b/c. ",
    "controls": "\x1b[31m",
}
"""What a line is made of, over and over."""

WORK: Final[dict[str, Callable[[str], object]]] = {
    "segment": segment,
    "normalize": normalize,
    "decode": lambda text: decode(text.encode(), "x"),
    "find_quotation": find_quotation,
    "find_speakers": find_speakers,
    "fold": fold,
    "show_line": show_line,
    "show_literal": show_literal,
}

SHORT: Final = 50_000
"""Characters; the long line has four times as many."""

_ROUNDS: Final = 3


def make_line(piece: str, length: int) -> str:
    """A line of a piece over and over, cut to a length."""
    return (piece * (length // len(piece) + 1))[:length]


def measure_growth(folder: Path) -> list[Row]:
    """The worst growth of each kind of work, and in what line it is."""
    return [_measure(name, work) for name, work in WORK.items()]


def _measure(name: str, work: Callable[[str], object]) -> Row:
    found = []
    for kind, piece in LINES.items():
        short = _time(work, make_line(piece, SHORT))
        found.append((_time(work, make_line(piece, 4 * SHORT)) / short, kind, short))
    growth, kind, short = max(found)
    return Row(
        f"`{name}`: 200 kB on one line against 50 kB, at worst",
        f"{growth * short * 1000:.1f} ms ({kind})",
        f"{short * 1000:.1f} ms",
        f"{growth:.1f} x",
        "about 4 x",
    )


def _time(work: Callable[[str], object], text: str) -> float:
    """Seconds, the best of some: a growth of the work, not of the noise."""
    times = []
    for _ in range(_ROUNDS):
        begun = perf_counter()
        work(text)
        times.append(perf_counter() - begun)
    return min(times)
