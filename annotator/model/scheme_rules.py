"""What a label scheme must keep to, so that every key and every word means one thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from unicodedata import category

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.scheme import Label, LabelScheme

COLOURS: Final = ("primary", "secondary", "accent", "warning", "error", "success")
"""The roles that a theme has colours for."""

RESERVED_KEYS: Final = {
    "j": "next",
    "k": "previous",
    "g": "go-to",
    "x": "clear",
    "u": "undo",
    "U": "redo",
    "f": "unsure",
    "n": "note",
    "N": "previous-match",
    "s": "speaker",
    "l": "links",
    "S": "split",
    "J": "join",
    "/": "find",
    "?": "keys",
    "L": "library",
    "[": "previous-document",
    "]": "next-document",
    "q": "quit",
}
"""The app's own keys, each with the id of its action. `y`, `v`, `h`, `i` and `F` are not among
them: their actions give way to a label, and stay in the palette.
"""

DENIAL_KEY: Final = "D"
"""What reviewers know as the key that labels a denial and opens the picker: never a label's own."""

LINE_WORDS: Final = (
    "undo",
    "redo",
    "clear",
    "unsure",
    "next",
    "back",
    "open",
    "go",
    "note",
    "speaker",
    "denies",
    "accept",
    "help",
    "q",
    "quit",
)
"""The words of the line mode."""

MOST_LABELS: Final = 40
LONGEST_NAME: Final = 40
LONGEST_DEFINITION: Final = 400
LONGEST_GUIDELINE: Final = 50_000

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a scheme, and where: the label's place from 0, or `None` for the scheme
    itself, and the field.
    """

    label: int | None
    field: str
    problem: str


def find_faults(scheme: LabelScheme) -> Iterator[Fault]:
    """Everything that is wrong with a scheme, the first first."""
    for problem in _check_text(scheme.name, LONGEST_NAME):
        yield Fault(None, "name", problem)
    if not 1 <= len(scheme.labels) <= MOST_LABELS:
        problem = f"a scheme has 1 to {MOST_LABELS} labels, and here are {len(scheme.labels)}"
        yield Fault(None, "labels", problem)
    checks = {
        "name": _check_name,
        "key": _check_key,
        "definition": _check_definition,
        "colour": _check_colour,
        "guideline": _check_guideline,
        "denies": _check_denies,
    }
    for place in range(len(scheme.labels)):
        for field, check in checks.items():
            for problem in check(scheme, place):
                yield Fault(place, field, problem)


def find_denial_key(label: Label) -> str:
    """The key that gives this label and opens the picker: its own in upper case."""
    return label.key.upper()


def _check_text(text: str, longest: int, *, allowed: str = "") -> Iterator[str]:
    control = next((found for found in _CONTROL.findall(text) if found not in allowed), None)
    if control is not None:
        yield f"it holds the control character U+{ord(control):04X}, which cannot be shown"
    if not text.strip():
        yield "it is empty"
    elif text != text.strip() and not allowed:
        yield "it begins or ends with white space"
    if len(text) > longest:
        yield f"it has {len(text)} characters, and {longest} are the most"


def _check_name(scheme: LabelScheme, place: int) -> Iterator[str]:
    name = scheme.labels[place].name
    yield from _check_text(name, LONGEST_NAME)
    if name.isdigit():
        yield "a name of digits could not be told from a label's number"
    first = name.casefold().split(maxsplit=1)[:1]
    if first and first[0] in LINE_WORDS:
        yield (
            f"'{first[0]}' is a word of the line mode ('annotator review --plain'), as are"
            f" {', '.join(word for word in LINE_WORDS if word != first[0])}"
        )
    for other in scheme.labels[:place]:
        if other.name.casefold() == name.casefold():
            yield f"there is a label {other.name} already"
    for other in (*scheme.labels[:place], *scheme.labels[place + 1 :]):
        if other.key == name:
            yield f"that is the key of the label {other.name}"


def _check_key(scheme: LabelScheme, place: int) -> Iterator[str]:
    label = scheme.labels[place]
    yield from _check_character(label.key)
    if label.key in RESERVED_KEYS:
        yield f"it is the app's own, for the action '{RESERVED_KEYS[label.key]}'"
    if label.key == DENIAL_KEY:
        yield "it is the app's own, for a denial with its claims at once"
    for other in scheme.labels[:place]:
        if other.key == label.key:
            yield f"the label {other.name} has it already"
    yield from _check_denial_key(scheme, place)


def _check_character(key: str) -> Iterator[str]:
    if len(key) != 1:
        yield f"a key is one character, and here are {len(key)}"
    elif key.isspace() or not key.isprintable() or category(key).startswith("M"):
        yield "a key is a character that can be typed and seen alone"
    elif key.isdigit():
        yield "digits are the labels' numbers"


def _check_denial_key(scheme: LabelScheme, place: int) -> Iterator[str]:
    label = scheme.labels[place]
    if not label.denies or len(label.key) != 1:
        return
    picks = find_denial_key(label)
    if picks == label.key or len(picks) != 1:
        yield (
            "a label that denies needs a small letter as its key: in upper case it opens the"
            " picker of what is denied"
        )
    elif picks in RESERVED_KEYS:
        yield (
            f"in upper case, where it opens the picker of what is denied, it is the app's own, for"
            f" the action '{RESERVED_KEYS[picks]}'"
        )
    for other in scheme.labels:
        if other is not label and other.key == picks:
            yield (
                f"in upper case, where it opens the picker of what is denied, it is the key of the"
                f" label {other.name}"
            )


def _check_definition(scheme: LabelScheme, place: int) -> Iterator[str]:
    yield from _check_text(scheme.labels[place].definition, LONGEST_DEFINITION)


def _check_colour(scheme: LabelScheme, place: int) -> Iterator[str]:
    colour = scheme.labels[place].colour
    if colour is not None and colour not in COLOURS:
        yield f"a theme has no such colour; it has {', '.join(COLOURS)}"


def _check_guideline(scheme: LabelScheme, place: int) -> Iterator[str]:
    guideline = scheme.labels[place].guideline
    if guideline is not None:
        yield from _check_text(guideline, LONGEST_GUIDELINE, allowed="\n\t")


def _check_denies(scheme: LabelScheme, place: int) -> Iterator[str]:
    names = [label.name for label in scheme.labels]
    denies = scheme.labels[place].denies
    for denied in denies:
        if denied not in names:
            yield f"there is no label '{denied}' in the scheme; its labels are {', '.join(names)}"
    if len(set(denies)) < len(denies):
        yield "a label stands in it twice"
