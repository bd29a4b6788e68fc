"""Finding text in the article, and showing only some of its sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual import on

from annotator.tui.desk.base import Desk
from annotator.tui.keys import LABEL_ID
from annotator.tui.notice import noticing
from annotator.tui.widgets.article import ArticleView
from annotator.tui.widgets.finding_line import FindingLine, Notice, Way

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from annotator.model.annotation import Annotation, Change
    from annotator.model.sieve import Sieve
    from annotator.session import Progress, Session
    from annotator.session.finding import Finder, Matches, Sifted


_CUT_ANEW: Final = "the sentences were cut anew."

_KEYS: Final[dict[str, Callable[[Sieve], object]]] = {
    "o": lambda sieve: sieve.unlabelled,
    "f": lambda sieve: sieve.unsure,
    "n": lambda sieve: sieve.noted,
    "l": lambda sieve: sieve.unlinked,
    "w": lambda sieve: sieve.undenied,
}
"""The filter's keys: of a flag, a note and links those that give them; `o` for what is open."""


@dataclass(frozen=True, slots=True)
class _Origin:
    """Where a search began: what `escape` goes back to."""

    cursor: int
    finder: Finder | None
    matches: Matches | None
    sifted: Sifted | None


class Finding(Desk):
    """Search and filter. A label ends the search; a filter lasts until `escape`, and what it lets
    through stays as it was taken, though labels change.
    """

    def __init__(self, session: Session, *, cursor: int) -> None:
        super().__init__(session, cursor=cursor)
        self._finder: Finder | None = None
        self._matches: Matches | None = None
        self._sifted: Sifted | None = None
        self._sifted_from = 0  # sentences, when the filter was taken

    @property
    def is_searching(self) -> bool:
        """Whether a search is on, so that its keys are in force."""
        return self._finder is not None and self._matches is not None

    @property
    def sifted(self) -> Sifted | None:
        """What the filter shows, if one is on."""
        return self._sifted

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """See `DOMNode.check_action`: without a search its keys are a note's."""
        if action == "go_to_match" and not self.is_searching:
            return False
        return super().check_action(action, parameters)

    # -- what others do, with a search or a filter on

    def go_to(self, index: int) -> None:
        """See `Desk.go_to`; a sentence that the filter does not show ends it."""
        with noticing(self):
            # Counted anew, where somebody else has split or joined sentences.
            self._session.measure_progress()
        sifted, count = self._sifted, self._session.document.sentence_count
        aim = max(0, min(index, count - 1))
        if sifted is not None and count != self._sifted_from:
            self._end_filter(_CUT_ANEW)
        elif sifted is not None and aim not in sifted:
            self._end_filter(f"sentence {aim + 1} is not in it.")
        super().go_to(index)
        self._describe()

    def find_neighbour(self, index: int, step: int) -> int:
        """See `Desk.find_neighbour`."""
        if self._sifted is None:
            return super().find_neighbour(index, step)
        return self._sifted.step(index, step)

    @property
    def scope(self) -> str:
        """See `Desk.scope`."""
        return "" if self._sifted is None else " of the filter"

    def find_open(self, step: int) -> int | None:
        """See `Desk.find_open`."""
        from annotator.session.finding import find_open_among

        if self._sifted is None:
            return super().find_open(step)
        found = find_open_among(
            self._session, self._sifted.indexes, start=self._cursor, backwards=step < 0
        )
        return next((index for index in found if index != self._cursor), None)

    def show_saved(self, change: Change, *, then: int = 0, did: str = "") -> None:
        """See `Desk.show_saved`; a label given or taken, or either undone, ends the search."""
        labelled = then or _label_of(change.before) != _label_of(change.after)
        if labelled or change.recut:
            self._end_search()
        if change.recut and self._sifted is not None:
            self._end_filter(_CUT_ANEW)
        super().show_saved(change, then=then, did=did)

    def end_search(self) -> bool:
        """See `Desk.end_search`; where both are on, the search ends first."""
        if self.is_searching:
            self._end_search()
        elif self._sifted is not None:
            self._show_only(None)
        else:
            return False
        self.go_to(self._cursor)
        return True

    # -- search

    async def action_find(self) -> None:
        """Find text, as it is typed."""
        from annotator.session.finding import Finder
        from annotator.tui.screens.find import FindLine

        with noticing(self):
            finder = Finder(self._session)
            origin = _Origin(self._cursor, self._finder, self._matches, self._sifted)
            self._finder = self._matches = None
            line = FindLine(
                look=lambda words: self._look_for(words, finder, origin),
                step=lambda words, step: self._step(words, step, finder),
                keep=lambda words: self._keep_search(words, finder, origin),
                drop=lambda: self._drop_search(origin),
            )
            self._mark("")
            self._describe()
            await line.open(self.app)

    def action_go_to_match(self, step: int) -> None:
        """Go to the next match, or the previous one."""
        if self._finder is not None and self._matches is not None:
            self._step(self._matches.words, step, self._finder)

    def _look_for(self, words: str, finder: Finder, origin: _Origin) -> str:
        """Go to the first match at or after the origin; says how many sentences have the words."""
        with noticing(self):
            found = finder.seek_from(words, origin.cursor)
            self._matches = finder.find(words)
            aim = origin.cursor if found is None else found
            kept = origin.sifted if origin.sifted and aim in origin.sifted else None
            self._show_only(kept)
            self._mark(self._matches.words)
            self.go_to(aim)
            return self._count(self._matches) if words.strip() else ""
        return ""

    def _step(self, words: str, step: int, finder: Finder) -> str:
        with noticing(self):
            seek = finder.seek_next if step > 0 else finder.seek_previous
            found = seek(words, self._cursor)
            if found is not None:
                self.go_to(found)
        return self._count(self._matches) if self._matches is not None else ""

    def _keep_search(self, words: str, finder: Finder, origin: _Origin) -> None:
        if self._matches is None or not self._matches.indexes:
            self._drop_search(origin)
            if words.strip():
                self.tell(f"No sentence has “{words}”.")
            return
        self._finder = finder
        self.refresh_keys()
        self._describe()
        if origin.sifted is not None and self._sifted is None:
            self._end_filter(f"sentence {self._cursor + 1} is not in it.")

    def _drop_search(self, origin: _Origin) -> None:
        self._finder, self._matches = origin.finder, origin.matches
        self._show_only(origin.sifted)
        self._mark(origin.matches.words if origin.matches is not None else "")
        self.go_to(origin.cursor)

    def _end_search(self) -> None:
        if self.is_searching:
            self._finder = self._matches = None
            self._mark("")
            self.refresh_keys()

    def _mark(self, words: str) -> None:
        self.query_one(ArticleView).mark(words)

    def _count(self, matches: Matches) -> str:
        """`3 of 12 sentences`, as far as it is known."""
        if not matches.indexes:
            return "no match"
        total, rank = len(matches.indexes), matches.rank(self._cursor)
        many = f"{total:,}{'' if matches.is_complete else '+'}"
        where = f"{rank:,} of {many}" if rank is not None else many
        return f"{where} {'sentence' if total == 1 else 'sentences'}"

    # -- filter

    async def action_filter(self) -> None:
        """Choose which sentences to show."""
        from annotator.session.finding import count_sieves
        from annotator.tui.screens.filter import FilterScreen

        with noticing(self):
            counts = count_sieves(self._session)
            now = None if self._sifted is None else self._sifted.sieve
            keys = self._choose_keys([sieve for sieve, _ in counts])
            screen = FilterScreen.for_sieves(counts, keys=keys, now=now)
            await screen(choose=self._choose_sieve).open(self.app)

    def apply_sieve(self, sieve: Sieve) -> None:
        """Show only what the sieve lets through now, and go to the nearest of it."""
        from annotator.session.finding import sift

        with noticing(self):
            sifted = sift(self._session, sieve)
            if not sifted.indexes:
                self.tell(f"There is no sentence to show: {sieve.name}.")
                return
            self._show_only(sifted)
            self.go_to(sifted.find_nearest(self._cursor))

    def _choose_keys(self, sieves: Sequence[Sieve]) -> dict[str, str]:
        """A key for each: a label's own, and for the others one that no label has."""
        keys: dict[str, str] = {}
        for sieve in sieves:
            wanted = next((key for key, is_for in _KEYS.items() if is_for(sieve)), "")
            for label in sieve.labels:
                own = self.name_key(f"{LABEL_ID}{label}")
                wanted = own if len(own) == 1 and own.isalnum() else ""
            if wanted and wanted not in keys.values():
                keys[sieve.name] = wanted
        return keys

    def _choose_sieve(self, sieve: Sieve | None) -> None:
        if sieve is None:
            self._show_only(None)
            self.go_to(self._cursor)
        else:
            self.apply_sieve(sieve)

    def _end_filter(self, why: str) -> None:
        self._show_only(None)
        self.tell(f"The filter has ended: {why}")

    def _show_only(self, sifted: Sifted | None) -> None:
        """Show what was sifted, or all where `None`; `go_to` comes next."""
        if sifted is not self._sifted:
            self._sifted = sifted
            self._sifted_from = self._session.document.sentence_count
            self.query_one(ArticleView).sift(None if sifted is None else sifted.indexes)

    def _describe_end(self, progress: Progress) -> tuple[str, ...]:
        if self._sifted is None:
            return super()._describe_end(progress)
        key = self.name_key("library")
        return (f"End of the filter: {self._sifted.sieve.name}. {key} shows the whole article.",)

    # -- the line that says so

    @on(FindingLine.Chosen)
    async def do_what_the_line_says(self, message: FindingLine.Chosen) -> None:
        """A click on a key does what the key does."""
        await self.run_action(message.action)

    def _describe(self) -> None:
        """Say what is looked for and what is shown."""
        notices, ways = [], []
        if self._sifted is not None:
            rank, total = self._sifted.rank(self._cursor), len(self._sifted.indexes)
            count = f"{rank:,} of {total:,}" if rank is not None else f"{total:,}"
            notices.append(Notice("filter", self._sifted.sieve.name, count))
        if self.is_searching and self._matches is not None:
            notices.append(Notice("find", self._matches.words, self._count(self._matches)))
            keys = f"{self.name_key('next-match')} {self.name_key('previous-match')}"
            ways.append(Way(keys, "next, previous", "go_to_match(1)"))
        ways.append(Way(self.name_key("library"), "ends", "leave"))
        self.query_one(FindingLine).show(notices, ways)


def _label_of(annotation: Annotation | None) -> str | None:
    return None if annotation is None else annotation.label
