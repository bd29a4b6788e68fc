"""The answers of the line mode: its words, and what a line of them means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from annotator.errors import UnknownNameError

if TYPE_CHECKING:
    from annotator.model.scheme import Label, LabelScheme

_NUMBERS: Final = re.compile(r"[0-9]{1,18}(?:[\s,]+[0-9]{1,18})*")
_NUMBER: Final = re.compile(r"[0-9]+")
_QUOTED: Final = 40
"""Code points of an answer that is not known that its error repeats."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of the line mode, the screen's key for the same (empty: none that a line can hold),
    what it does, and what follows it: one number, any, a text, or nothing.
    """

    name: str
    key: str
    does: str
    takes: Literal["", "N", "N…", "TEXT", "NAME"] = ""


WORDS: Final = (
    Word("undo", "u", "take back your last step, as often as you like"),
    Word("redo", "U", "put back what was undone last"),
    Word("clear", "x", "take the label away"),
    Word("unsure", "f", "flag the sentence as unsure, or no longer"),
    Word("next", "j", "go to the next sentence"),
    Word("back", "k", "go to the sentence before"),
    Word("open", "", "go to the next sentence without a label"),
    Word("go", "g", "go to sentence N", takes="N"),
    Word("note", "n", "write a note; without a text, take it away", takes="TEXT"),
    Word("speaker", "s", "say who speaks; without a name, say no more who", takes="NAME"),
    Word("denies", "l", "say which sentences this one denies; alone, none", takes="N…"),
    Word("accept", "", "say what is suggested for the sentence, and go on"),
    Word("help", "?", "list all answers"),
    Word("quit", "q", "end; everything is saved, and the end of the input does the same"),
)
"""In the order of the help. No label may have one of these names."""


@dataclass(frozen=True, slots=True)
class Labelling:
    """The answer gives a label: `denies` are the sentences that it denies, by index; `asks` says
    that the reviewer wants to know which there are.
    """

    label: str
    denies: tuple[int, ...] = ()
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """The answer is a word, with the sentences (by index) or the text that follow it."""

    word: str
    indexes: tuple[int, ...] = ()
    text: str = ""


Answer: TypeAlias = Labelling | Asking


def read_answer(line: str, *, scheme: LabelScheme) -> Answer:
    """What a line that is not blank says; `UnknownNameError` where it is nothing that is known.

    A label goes by its key and its name as they are written, or by its number in the scheme; one
    that denies also by its key in upper case, and with the numbers of what it denies behind it. A
    word may be written in either case.
    """
    said = line.strip()
    for number, label in enumerate(scheme.labels, 1):
        if said in (label.key, label.name, str(number)):
            return Labelling(label.name)
    for label in scheme.labels:
        denial = _read_denial(said, label)
        if denial is not None:
            return denial
    return _read_word(said, scheme)


def name_picking_key(label: Label) -> str | None:
    """The key that gives a label and asks what it denies, where it denies anything."""
    from annotator.model.scheme_rules import find_denial_key

    key = find_denial_key(label)
    return key if label.denies and key != label.key else None


def _read_denial(said: str, label: Label) -> Labelling | None:
    key = name_picking_key(label)
    if said == key:
        return Labelling(label.name, asks=True)
    for name in (key, label.key, label.name) if label.denies else ():
        rest = said.removeprefix(name or "")
        if rest != said and rest[:1].isspace() and _NUMBERS.fullmatch(rest.strip()):
            return Labelling(label.name, denies=_read_indexes(rest))
    return None


def _read_word(said: str, scheme: LabelScheme) -> Asking:
    head, *tail = said.split(maxsplit=1)
    rest = tail[0] if tail else ""
    word = next((word for word in WORDS if head == word.key or head.lower() == word.name), None)
    if word is None:
        raise UnknownNameError(_describe_unknown(said, scheme))
    match word.takes:
        case "TEXT" | "NAME":
            return Asking(word.name, text=rest)
        case "N" if _NUMBERS.fullmatch(rest) and len(_NUMBER.findall(rest)) == 1:
            return Asking(word.name, indexes=_read_indexes(rest))
        case "N…" if not rest or _NUMBERS.fullmatch(rest):
            return Asking(word.name, indexes=_read_indexes(rest))
        case "" if not rest:
            return Asking(word.name)
    raise UnknownNameError(_describe_misuse(word))


def _read_indexes(numbers: str) -> tuple[int, ...]:
    return tuple(int(number) - 1 for number in _NUMBER.findall(numbers))


def _describe_misuse(word: Word) -> str:
    match word.takes:
        case "N":
            return f"'{word.name}' takes the number of a sentence, as in '{word.name} 2'."
        case "N…":
            return f"'{word.name}' takes the numbers of sentences, as in '{word.name} 2 5'."
    return f"'{word.name}' takes nothing behind it."


def _describe_unknown(said: str, scheme: LabelScheme) -> str:
    shown = said if len(said) <= _QUOTED else f"{said[:_QUOTED]}…"
    labels = ", ".join(f"{label.key} ({label.name})" for label in scheme.labels)
    words = ", ".join(word.name for word in WORDS)
    return f"'{shown}' is no answer. Labels are {labels}; words are {words}; 'help' explains them."
