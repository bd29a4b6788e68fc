"""The line mode beside a sketch of it: whatever is answered, both end with the same labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from annotator.cli.answers import WORDS
from annotator.cli.plain import LineDesk
from annotator.errors import AnnotatorError, NothingToUndoError
from annotator.store.memory import MemoryStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from annotator.model.annotation import Annotation
    from annotator.session import Session

SENTENCES = 4
KEYS = {"c": "claim", "d": "denial", "b": "background", "D": "denial", "2": "denial"}

ANSWERS = st.one_of(
    st.sampled_from(sorted(KEYS)),
    st.sampled_from(["undo", "redo", "clear", "unsure", "next", "back", "open", "note", "denies"]),
    st.builds(
        "{} {}".format, st.sampled_from(["go", "D", "denies"]), st.integers(0, SENTENCES + 1)
    ),
    st.builds("{} {}".format, st.sampled_from(["note", "speaker"]), st.sampled_from("xyz")),
)
LINES = st.one_of(
    ANSWERS,
    st.text(max_size=8),
    st.builds(
        "{} {}".format, st.sampled_from([word.name for word in WORDS] + ["D"]), st.text(max_size=4)
    ),
)


def sit_down() -> Session:
    library = make_library(MemoryStore())
    return library.open(put(library, article(SENTENCES)))


def state(session: Session) -> list[Annotation | None]:
    return [place.annotation for place in session.read_places(0, count=SENTENCES)]


class Sketch:
    """The contract's words about the line mode, on a session of its own."""

    def __init__(self) -> None:
        self.session = sit_down()
        self.at = 0
        self.last: int | None = None

    def do(self, line: str) -> bool:
        """Whether it could be done."""
        word, _, rest = line.partition(" ")
        try:
            if word in KEYS:
                return self.label(KEYS[word], rest)
            if word in ("undo", "redo"):
                change = self.session.undo() if word == "undo" else self.session.redo()
                return self.go(change.index)
            if word in ("next", "back", "open", "go"):
                return self.move(word, rest)
            return self.remark(word, rest)
        except (AnnotatorError, NothingToUndoError):
            return False

    def label(self, label: str, rest: str) -> bool:
        if self.at == SENTENCES:
            return False
        if rest:
            if not 1 <= int(rest) <= SENTENCES:
                return False
            self.session.deny(self.at, label, [int(rest) - 1])
        else:
            self.session.annotate(self.at, label)
        self.last, self.at = self.at, self.at + 1
        return True

    def move(self, word: str, rest: str) -> bool:
        if word == "open":
            found = self.session.find_open(self.at + 1)
            found = self.session.find_open(0) if found is None else found
            return self.go(SENTENCES if found is None else found)
        aim = {"next": self.at + 1, "back": self.at - 1, "go": int(rest or 0) - 1}[word]
        last = SENTENCES if word == "next" else SENTENCES - 1
        return 0 <= aim <= last and self.go(aim)

    def remark(self, word: str, rest: str) -> bool:
        index = self.at if self.last is None else self.last
        annotation = self.session.read_place(index).annotation
        match word:
            case "clear":
                self.session.clear(index)
            case "unsure":
                unsure = not (annotation and annotation.unsure)
                self.session.flag_unsure(index, unsure=unsure)
            case "note":
                self.session.note(index, rest)
            case "speaker":
                self.session.name_speaker(index, rest)
            case _:
                if rest and not 1 <= int(rest) <= SENTENCES:
                    return False
                self.session.link(index, [int(rest) - 1] if rest else [])
        return True

    def go(self, index: int) -> bool:
        self.at, self.last = index, None
        return True


@given(st.lists(ANSWERS, max_size=25))
def test_any_answers_do_what_the_same_acts_of_a_session_do(lines: list[str]) -> None:
    session, sketch = sit_down(), Sketch()
    desk = LineDesk(session)
    for line in lines:
        try:
            told = desk.answer(line)
            done = True
        except AnnotatorError:
            done = False
        assert done == sketch.do(line), line
        assert desk.cursor == sketch.at
        found, expected = state(session), state(sketch.session)
        # The two have looked at their clocks a different number of times.
        assert [_describe(note) for note in found] == [_describe(note) for note in expected]
        if done and desk.cursor < SENTENCES and line in ("next", "back", "open"):
            assert told[0].startswith(f"{desk.cursor + 1} of {SENTENCES}: ")


@given(st.lists(LINES, max_size=25))
def test_any_lines_are_done_or_refused_and_what_is_refused_changes_nothing(
    lines: list[str],
) -> None:
    session = sit_down()
    desk = LineDesk(session)
    for line in lines:
        before, cursor = state(session), desk.cursor
        try:
            desk.answer(line)
        except AnnotatorError:
            assert (state(session), desk.cursor) == (before, cursor)
        assert 0 <= desk.cursor <= SENTENCES
        assert session.measure_progress().labelled == sum(
            note is not None and note.label is not None for note in state(session)
        )


def _describe(note: Annotation | None) -> object:
    return note and (note.label, note.speaker, note.note, note.unsure, note.denies)
