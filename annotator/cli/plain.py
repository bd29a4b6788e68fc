"""The line mode: labelling in plain lines, for screen readers, dumb terminals and pipes."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

import click

from annotator.cli.answers import Asking, Labelling, read_answer
from annotator.cli.output import say, write
from annotator.cli.telling import (
    list_answers,
    list_labels,
    tell_change,
    tell_end,
    tell_offers,
    tell_place,
    tell_progress,
)
from annotator.errors import ActError, AnnotatorError, SourceError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from annotator.model.annotation import Change
    from annotator.session import Session

PROMPT: Final = "> "


def review_in_lines(session: Session) -> bool:
    """Take answers from stdin until `quit` or its end; whether each of them could be done.

    One that could not is a line on stderr, and changes nothing.
    """
    desk = LineDesk(session)
    _print([*desk.tell_start(), *desk.tell_current()])
    all_done = True
    for line in _read_lines():
        try:
            _print(desk.answer(line))
        except AnnotatorError as error:
            say(str(error))
            all_done = False
        if desk.has_quit:
            break
    _print([tell_progress(session)])
    return all_done


class LineDesk:
    """A session and a place in it, which is a sentence or, once the last is labelled, the end."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._cursor = session.find_resumption()
        self._labelled: int | None = None
        self.has_quit = False

    @property
    def cursor(self) -> int:
        """The current sentence's index; the number of sentences at the end of the article."""
        return self._cursor

    def tell_start(self) -> list[str]:
        """What stands before the first sentence."""
        return [
            self._session.document.title,
            tell_progress(self._session),
            f"Labels: {list_labels(self._session.scheme)}. 'help' lists every answer.",
        ]

    def tell_current(self) -> list[str]:
        """The current sentence and what is said of it, or that this is the end."""
        if self._cursor >= self._session.document.sentence_count:
            return tell_end(self._session)
        place = self._session.look_at(self._cursor)
        return tell_place(place, session=self._session)

    def answer(self, line: str) -> list[str]:
        """Do what an answer says, and tell what that was; a blank one asks where one is.

        `AnnotatorError` where it is unknown or could not be done: then nothing has changed.
        """
        if not line.strip():
            return self.tell_current()
        match read_answer(line, scheme=self._session.scheme):
            case Labelling() as labelling:
                return self._label(labelling)
            case Asking("accept"):
                return self._accept()
            case Asking("undo"):
                return self._go_back_to(self._session.undo(), "Undone. ")
            case Asking("redo"):
                return self._go_back_to(self._session.redo(), "Redone. ")
            case Asking("help"):
                return list_answers(self._session.scheme)
            case Asking("quit"):
                self.has_quit = True
                return []
            case Asking("next" | "back" | "open" | "go") as asking:
                self._move(asking)
                return self.tell_current()
            case asking:
                return tell_change(self._remark(asking), session=self._session)

    def _label(self, labelling: Labelling) -> list[str]:
        index = self._find_current(labelling.label)
        self._check_indexes(labelling.denies)
        if labelling.denies:
            change = self._session.deny(index, labelling.label, labelling.denies)
        else:
            change = self._session.annotate(index, labelling.label)
        told = tell_change(change, session=self._session)
        if labelling.asks:
            told += tell_offers(index, labelling.label, session=self._session)
        return self._go_on(change, told)

    def _accept(self) -> list[str]:
        change = self._session.accept(self._find_current("accept"))
        return self._go_on(change, tell_change(change, session=self._session))

    def _find_current(self, said: str) -> int:
        """The sentence that an answer labels; `ActError` past the last."""
        if self._cursor >= self._session.document.sentence_count:
            raise ActError(
                f"This is the end of the article: there is no sentence for '{said}'."
                " 'back' goes to the last one, 'open' to the next without a label."
            )
        return self._cursor

    def _go_on(self, change: Change, told: list[str]) -> list[str]:
        self._cursor, self._labelled = change.index + 1, change.index
        return [*told, *self.tell_current()]

    def _go_back_to(self, change: Change, turned: str) -> list[str]:
        self._go(change.index)
        first, *others = tell_change(change, session=self._session)
        return [turned + first, *others, *self.tell_current()]

    def _remark(self, asking: Asking) -> Change:
        """Say something of the sentence labelled last, or of the current one."""
        index = self._cursor if self._labelled is None else self._labelled
        if index >= self._session.document.sentence_count:
            raise ActError(
                f"This is the end of the article: there is no sentence for '{asking.word}'."
                " 'back' goes to the last one, 'go N' to any."
            )
        match asking.word:
            case "clear":
                return self._session.clear(index)
            case "unsure":
                annotation = self._session.read_place(index).annotation
                unsure = annotation is None or not annotation.unsure
                return self._session.flag_unsure(index, unsure=unsure)
            case "note":
                return self._session.note(index, asking.text)
            case "speaker":
                return self._session.name_speaker(index, asking.text)
        self._check_indexes(asking.indexes)
        return self._session.link(index, asking.indexes)

    def _move(self, asking: Asking) -> None:
        count = self._session.document.sentence_count
        match asking.word:
            case "go":
                self._check_indexes(asking.indexes)
                self._go(asking.indexes[0])
            case "next":
                if self._cursor >= count:
                    raise ActError("This is the end of the article: no sentence comes after it.")
                self._go(self._cursor + 1)
            case "back":
                if self._cursor == 0:
                    raise ActError("This is the first sentence: none comes before it.")
                self._go(min(self._cursor, count) - 1)
            case _:
                self._go(self._find_open())

    def _find_open(self) -> int:
        """The next sentence without a label, from the beginning again where none follows; the end
        where there is none at all.
        """
        for start in (self._cursor + 1, 0):
            found = self._session.find_open(start)
            if found is not None:
                return found
        return self._session.document.sentence_count

    def _go(self, index: int) -> None:
        self._cursor, self._labelled = index, None

    def _check_indexes(self, indexes: Sequence[int]) -> None:
        for index in indexes:
            self._session.read_place(index)


def _print(lines: Sequence[str]) -> None:
    """Write lines to stdout at once, so that a program at the other end of a pipe can answer."""
    from annotator.text.display import show_line

    write(f"{show_line(line)}\n" for line in lines)


def _read_lines() -> Iterator[str]:
    """Lines of stdin, in UTF-8 whatever the system's encoding is; asked for where it is a terminal.

    Not `input()`: that would move the cursor, and keep a history.
    """
    if sys.stdin is None:
        raise SourceError("There is no standard input to read answers from: it was closed.")
    asks = sys.stdin.isatty()
    stream = sys.stdin.buffer
    while True:
        if asks:
            _ask(PROMPT)
        try:
            line = stream.readline()
        except OSError as error:
            raise SourceError(f"The standard input cannot be read: {error.strerror}.") from error
        if not line:
            break
        yield line.decode("utf-8-sig", "replace")
    if asks:
        _ask("\n")


def _ask(prompt: str) -> None:
    """Put a prompt on stderr: it is talk, and does not belong in a file of what was done."""
    click.echo(prompt, nl=False, err=True)
