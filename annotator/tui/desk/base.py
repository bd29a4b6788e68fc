"""The screen at which a reviewer labels, as the families of acts beside this file see it."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final, Protocol, runtime_checkable

from textual.screen import Screen

from annotator.errors import ActError
from annotator.session.suggesting import find_shown
from annotator.tui.notice import NoticingApp, noticing
from annotator.tui.widgets.article import ArticleView
from annotator.tui.widgets.label_bar import SAVED, LabelBar
from annotator.tui.widgets.lines import FoldedPanel
from annotator.tui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from annotator.config import Settings
    from annotator.model.annotation import Change
    from annotator.model.document import Place, Sentence
    from annotator.session import Progress, Session
    from annotator.tui.bindings import Key


NEAR: Final = 100
"""Sentences on both sides among which one is looked for that has another number now."""


@runtime_checkable
class Settled(Protocol):
    """An app that knows what its user has settled."""

    settings: Settings


class Desk(Screen[None], inherit_bindings=False):
    """A session, a current sentence, and how what was done is shown."""

    keyless: ClassVar[tuple[Key, ...]] = ()
    """The actions whose keys a label has taken: the palette has them."""

    def __init__(self, session: Session, *, cursor: int) -> None:
        super().__init__()
        self._session = session
        self._cursor = cursor
        self._seen: Sentence | None = None
        self._first_keys: dict[str, str] = {}

    @property
    def session(self) -> Session:
        """The reviewer at the document."""
        return self._session

    @property
    def cursor(self) -> int:
        """The current sentence's index."""
        return self._cursor

    def go_to(self, index: int) -> None:
        """Make a sentence the current one, once it could be read."""
        with noticing(self):
            progress = self._session.measure_progress()
            aim = max(0, min(index, progress.total - 1))
            place = self._session.look_at(aim)
            self._cursor, self._seen = aim, place.sentence
            self.query_one(ArticleView).show(aim, ending=self._describe_end(progress))
            self.query_one(SidePanel).show(place, progress)
            self.query_one(FoldedPanel).show(place, progress)
            is_suggested = find_shown(place, self._session.scheme) is not None
            self.query_one(LabelBar).suggest(shown=is_suggested)

    def read_seen(self) -> Place:
        """The current sentence that the reviewer has before them, as `find_again` has it."""
        if self._seen is None:
            return self._session.read_place(self._cursor)
        return self.find_again(self._seen)

    def find_again(self, sentence: Sentence) -> Place:
        """A sentence that was seen. Where somebody else has split or joined others before it, it
        has another number now, and the cursor goes along with it.

        `ActError` where it was cut itself: what is there now is shown, and keys that were typed
        before it could be read are dropped.
        """
        for first, count in (
            (sentence.index, 1),
            (max(sentence.index - NEAR, 0), 2 * NEAR + 1),
        ):
            for place in self._session.read_places(first, count=count):
                if place.sentence.span == sentence.span:
                    if place.sentence.index != sentence.index:
                        self.go_to(place.sentence.index)
                    return place
        self.go_to(sentence.index)
        if isinstance(self.app, NoticingApp):
            self.app.drop_typed()
        raise ActError(
            f"Sentence {sentence.index + 1} is another one now: somebody has split or joined"
            " sentences. Nothing was changed; look again."
        )

    def show_saved(self, change: Change, *, then: int = 0, did: str = "") -> None:
        """Show what a committed transaction gave back, `then` so many sentences on, if the settings
        have a label go on at all.

        There is no other way to say "saved".
        """
        then = then if self._goes_on() else 0
        self.go_to(self.find_neighbour(change.index, then) if then else change.index)
        self.query_one(LabelBar).show_state(SAVED, did=did)

    def find_neighbour(self, index: int, step: int) -> int:
        """The sentence so many on from this one (back where negative), of those that are shown."""
        return index + step

    def find_open(self, step: int) -> int | None:
        """The nearest other sentence without a label, on or back, past the end to the other one; of
        those that are shown.
        """
        other_end = 0 if step > 0 else self._session.document.sentence_count - 1
        for start in (self._cursor + step, other_end):
            found = self._session.find_open(start, backwards=step < 0)
            if found is not None and found != self._cursor:
                return found
        return None

    @property
    def scope(self) -> str:
        """Which sentences are shown, as a part of "every … has a label"; empty where all are."""
        return ""

    def refresh_keys(self) -> None:
        """Name the keys that are in force now, wherever keys are named."""

    def end_search(self) -> bool:
        """End a search or a filter, if one is on; says whether it was."""
        return False

    def _goes_on(self) -> bool:
        app = self.app
        return not isinstance(app, Settled) or app.settings.auto_advance

    def tell(self, message: str) -> None:
        """Say something that is no error, for a few seconds."""
        if isinstance(self.app, NoticingApp):
            self.app.tell(message)

    def name_key(self, id_: str) -> str:
        """The first key of an action, as a person reads it; empty where it has none."""
        return self._first_keys.get(id_, "")

    def _describe_end(self, progress: Progress) -> tuple[str, ...]:
        """What stands below the last sentence: what is next."""
        if progress.open:
            sentences = "sentence has" if progress.open == 1 else "sentences have"
            return (
                f"End of the article. {progress.open} {sentences} no label yet:"
                f" {self.name_key('next-open')} goes to the next.",
            )
        return (
            "End of the article: every sentence has a label, and all of it is saved.",
            f"{self.name_key('library')} goes to the library, where labels are exported;"
            f" {self.name_key('quit')} quits.",
        )
