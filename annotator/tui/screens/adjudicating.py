"""The screen where a lead settles disagreements: one key each, saved before it is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import getters, on
from textual.screen import Screen

from annotator.session.adjudicating import Adjudicating, find_next
from annotator.text.display import show_line
from annotator.tui.app import AnnotatorApp
from annotator.tui.bindings import bind_adjudication, list_keys
from annotator.tui.keys import ADJUDICATION_KEYS, LABEL_ID
from annotator.tui.notice import noticing
from annotator.tui.widgets.dispute import CONTEXT, DisputeView, Exhibit, PositionLine
from annotator.tui.widgets.label_bar import REDONE, SAVED, UNDONE, Hint, LabelBar
from annotator.tui.widgets.lines import TitleLine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from annotator.model.document import Document
    from annotator.model.scheme import LabelScheme
    from annotator.model.span import Span
    from annotator.session import Library
    from annotator.session.adjudicating import Dispute, Settlement


class AdjudicationScreen(Screen[None], inherit_bindings=False):
    """A lead at a document's disagreements, and then at the next document's."""

    app = getters.app(AnnotatorApp)

    BINDINGS: ClassVar[list[BindingType]] = [*ADJUDICATION_KEYS]
    CSS_PATH = "adjudicating.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]  # noqa: RUF012 - as Textual has it

    def __init__(self, library: Library, document: Document) -> None:
        super().__init__()
        self._library = library
        self._first_keys: dict[str, str] = {}
        self._session = self._open(document)
        self._cursor = self._session.find_resumption() or 0
        self._seen: Span | None = None
        self._names_are_shown = False
        self._reasons: dict[Span, str] = {}

    @classmethod
    def for_scheme(
        cls, scheme: LabelScheme, *, keys: Mapping[str, str] | None = None
    ) -> type[AdjudicationScreen]:
        """The screen with this scheme's keys, and the user's own."""
        bindings = bind_adjudication(scheme, keys)
        # Textual looks for the styles beside the module, which for a class made so is its own.
        namespace = {"BINDINGS": bindings, "__module__": cls.__module__}
        screen: type[AdjudicationScreen] = type(
            "SchemeAdjudicationScreen", (cls,), namespace, inherit_bindings=False
        )
        return screen

    @property
    def session(self) -> Adjudicating:
        """The document on show."""
        return self._session

    @property
    def cursor(self) -> int:
        """The sentence on show."""
        return self._cursor

    def _open(self, document: Document) -> Adjudicating:
        library = self._library
        return Adjudicating(
            library.store, document, scheme=library.scheme, drafting=library.drafting
        )

    def compose(self) -> ComposeResult:
        """Title, sentence and opinions, position, bar."""
        self._first_keys = {key.id: key.keys[0] for key in list_keys(self)}
        session = self._session
        yield TitleLine(
            self._describe_title(), reviewer=session.reviewer, location=session.location
        )
        yield DisputeView(session.scheme, sentence_count=session.document.sentence_count)
        yield PositionLine()
        yield LabelBar(session.scheme, hints=self._list_hints())

    def on_mount(self) -> None:
        """Draw where the lead left off."""
        self.go_to(self._cursor)

    def follow_others(self) -> None:
        """Show what others have labelled or settled; the sentence stays, wherever it is now."""
        with noticing(self):
            self._look_again()
            self.go_to(self._cursor)

    def _look_again(self) -> None:
        session, seen = self._session, self._seen
        session.look_again()
        if seen is not None:
            found = session.store.find_index(session.document.id, start=seen.start)
            self._cursor = self._cursor if found is None else found

    def go_to(self, index: int) -> None:
        """Show this sentence, with all that is said of it now."""
        with noticing(self):
            session = self._session
            if session.has_news():
                session.look_again()
            dispute = session.look_at(min(index, session.document.sentence_count - 1))
            self._cursor, self._seen = dispute.sentence.index, dispute.sentence.span
            self.query_one(TitleLine).show(self._describe_title())
            exhibit = self._exhibit(dispute)
            count = session.document.sentence_count
            self.query_one(DisputeView).show(exhibit, sentence_count=count)
            self.query_one(PositionLine).show(*self._describe_position())

    def _exhibit(self, dispute: Dispute) -> Exhibit:
        session, at = self._session, dispute.sentence.index
        first = max(at - CONTEXT, 0)
        context = session.read_sentences(first, count=at - first) if at else []
        names = [
            show_line(said.reviewer) if self._names_are_shown else session.letter_of(said.reviewer)
            for said in (place.annotation for place in dispute.opinions)
            if said is not None
        ]
        return Exhibit(
            dispute,
            [(sentence, session.label_of(sentence.index)) for sentence in context],
            names,
            reason=self._reasons.get(dispute.sentence.span, ""),
            ending=self._describe_ending(),
        )

    # -- moving

    def action_move(self, step: int) -> None:
        """Go so many disputes on, or back."""
        disputes = self._session.disputes
        ahead = [i for i in disputes if i > self._cursor]
        behind = [i for i in disputes if i < self._cursor]
        if step > 0 and ahead:
            self.go_to(ahead[0])
        elif step < 0 and behind:
            self.go_to(behind[-1])

    def action_go_to_end(self, step: int) -> None:
        """Go to the last dispute, or to the first."""
        if self._session.disputes:
            self.go_to(self._session.disputes[-1 if step > 0 else 0])

    def action_go_to_open(self, step: int) -> None:
        """Go to the nearest open dispute, on or back, past the end to the other one; where there is
        no other, to the next document that has one.
        """
        with noticing(self):
            found = self._find_open(step)
            if found is not None:
                self.go_to(found)
            elif not self._open_neighbour(step):
                self.app.tell("Nothing else is open, here or in another document.")

    def _find_open(self, step: int) -> int | None:
        other_end = 0 if step > 0 else self._session.document.sentence_count
        for start in (self._cursor + step, other_end):
            found = self._session.find_open(start, backwards=step < 0)
            if found is not None and found != self._cursor:
                return found
        return None

    def action_open_neighbour(self, step: int) -> None:
        """Go to the next document with an open dispute, or the previous one."""
        with noticing(self):
            if not self._open_neighbour(step):
                self.app.tell("No other document has anything open.")

    def _open_neighbour(self, step: int) -> bool:
        found = self._find_neighbour(step)
        if found is None:
            return False
        self._session, self._seen = found, None
        self.go_to(found.find_resumption() or 0)
        return True

    def _find_neighbour(self, step: int) -> Adjudicating | None:
        """The next document in the library's order, from the end on at its beginning."""
        documents = [shelved.document for shelved in self._library.list_documents()]
        ids = [document.id for document in documents]
        here = self._session.document.id
        at = ids.index(here) if here in ids else -1
        order = [*documents[at + 1 :], *documents[: max(at, 0)]]
        return find_next(order if step > 0 else order[::-1], self._open, self._library.store)

    def action_look(self, pages: int) -> None:
        """Scroll by screens."""
        self.query_one(DisputeView).scroll_pages(pages)

    # -- settling

    def action_annotate(self, label: str) -> None:
        """Settle the sentence, save, go on to the next open one."""

        def settle() -> Settlement:
            reason = self._reasons.get(self._seen) if self._seen else None
            settlement = self._session.settle(self._cursor, label, note=reason)
            if self._seen:
                self._reasons.pop(self._seen, None)
            return settlement

        self._act(settle, goes_on=True)

    def action_clear(self) -> None:
        """Open the sentence again."""
        self._act(lambda: self._session.reopen(self._cursor))

    def action_undo(self) -> None:
        """Take back what this lead settled last, and go there."""
        self._act(self._session.undo, did=UNDONE)

    def action_redo(self) -> None:
        """Put back what was undone last, and go there."""
        self._act(self._session.redo, did=REDONE)

    def _act(self, work: Callable[[], Settlement], *, did: str = "", goes_on: bool = False) -> None:
        with noticing(self):
            settlement = work()
            following = self._session.find_open(settlement.index + 1) if goes_on else None
            moves = following is not None and self.app.settings.auto_advance
            self.go_to(following if following is not None and moves else settlement.index)
            self.query_one(LabelBar).show_state(SAVED, did=did)
            if settlement.sentences > 1:
                self.app.tell(f"{settlement.sentences:,} sentences: all that one rule settled.")

    def action_settle_unanimous(self) -> None:
        """Settle by rule what all who labelled it agree on, in this document."""
        from annotator.model.event import Rule
        from annotator.session.rules import settle_by_rule

        with noticing(self):
            session, drafting = self._session, self._library.drafting
            outcome = settle_by_rule(
                session.store, session.document, Rule.UNANIMOUS, drafting=drafting
            )
            self._look_again()
            self.go_to(self._cursor)
            count = sum(outcome.settled.values())
            self.query_one(LabelBar).show_state(SAVED)
            sentences = "sentence" if count == 1 else "sentences"
            self.app.tell(f"{count:,} {sentences} settled on which all reviewers agree.")

    async def action_note(self) -> None:
        """Ask for the reason; of an open sentence it is saved with its label."""
        from annotator.tui.screens.prompt import Prompt

        with noticing(self):
            dispute = self._session.look_at(self._cursor)
            span, found = dispute.sentence.span, dispute.adjudication
            known = found.note if found is not None else self._reasons.get(span)
            prompt = Prompt(
                f"Reason for sentence {dispute.sentence.index + 1}",
                save=partial(self._save_reason, span),
                text=dispute.sentence.text,
                value=known or "",
            )
            await prompt.open(self.app)

    def _save_reason(self, span: Span, reason: str) -> bool:
        with noticing(self):
            if self._session.label_of(self._cursor) is None:
                self._reasons[span] = reason
                self.go_to(self._cursor)
                return True
            self._session.explain(self._cursor, reason)
            self.go_to(self._cursor)
            self.query_one(LabelBar).show_state(SAVED)
            return True
        return False

    # -- looking up

    def action_show_names(self) -> None:
        """Show the reviewers' names, or hide them again."""
        self._names_are_shown = not self._names_are_shown
        self.go_to(self._cursor)

    async def action_show_agreement(self) -> None:
        """Show how far the document's reviewers agree."""
        from annotator.session.agreement import measure_people
        from annotator.tui.screens.agreement import AgreementScreen

        with noticing(self):
            store, document = self._session.store, self._session.document
            with store.snapshot():
                report = measure_people(store, [document])
            title = f"Agreement · {show_line(document.title)}"
            await AgreementScreen(report, title).open(self.app)

    async def action_show_guideline(self) -> None:
        """Show the guideline."""
        from annotator.session.schemes import read_guideline_in_force
        from annotator.tui.screens.guideline import GuidelineScreen

        with noticing(self):
            scheme = self._session.scheme
            text = read_guideline_in_force(scheme)
            label = self._session.label_of(self._cursor)
            await GuidelineScreen(text, label, scheme=scheme).open(self.app)

    async def action_show_keys(self) -> None:
        """Show every key."""
        from annotator.tui.screens.help import HelpScreen

        await HelpScreen(list_keys(self)).open(self.app)

    async def action_leave(self) -> None:
        """To the library."""
        await self.app.show_library()

    @on(DisputeView.Picked)
    def settle_as_picked(self, message: DisputeView.Picked) -> None:
        """A click on a reviewer's label settles the sentence so."""
        self.action_annotate(message.label)

    @on(LabelBar.Chosen)
    def do_what_was_chosen(self, message: LabelBar.Chosen) -> None:
        """A click on a key does what the key does: in the app's own task, as a key does it."""
        self.app.call_later(partial(self.run_action, message.action))

    # -- words

    def _describe_title(self) -> str:
        return f"Adjudication · {self._session.document.title}"

    def _describe_position(self) -> tuple[str, str]:
        session = self._session
        total, left = len(session.disputes), session.open
        if self._cursor in session.disputes:
            where = f"disagreement {session.disputes.index(self._cursor) + 1} of {total}"
        else:
            where = f"sentence {self._cursor + 1}, no disagreement"
        return where, f"{total - left} settled · {left} open"

    def _describe_ending(self) -> str:
        if not self._session.disputes:
            return "Reviewers do not disagree on anything in this article."
        if self._session.open:
            return ""
        following = self._find_neighbour(1)
        done = "Every disagreement in this article is settled, and all of it is saved."
        if following is None:
            return f"{done} Nothing else is open; {self._name_key('quit')} quits."
        title = show_line(following.document.title)
        key = self._name_key("next-open")
        return f"{done} {key} goes on to “{title}”, {following.open} open."

    def _name_key(self, id_: str) -> str:
        return self._first_keys.get(id_, "")

    def _list_hints(self) -> list[Hint]:
        return [*self._list_labels(), *self._list_others()]

    def _list_labels(self) -> Iterator[Hint]:
        for label in self._session.scheme.labels:
            key = self._name_key(f"{LABEL_ID}{label.name}")
            yield Hint(key, show_line(label.name), f"annotate({label.name!r})", label.name)

    def _list_others(self) -> Iterator[Hint]:
        for ids, word, action in (
            (("undo",), "undo", "undo"),
            (("next", "previous"), "move", "move(1)"),
            (("next-open",), "next open", "go_to_open(1)"),
            (("note",), "reason", "note"),
            (("others",), "names", "show_names"),
            (("agreement",), "agreement", "show_agreement"),
            (("settle-unanimous",), "unanimous", "settle_unanimous"),
            (("clear",), "open again", "clear"),
            (("quit",), "quit", "app.quit"),
            (("keys",), "keys", "show_keys"),
        ):
            if all(self._name_key(id_) for id_ in ids):
                yield Hint(" ".join(self._name_key(id_) for id_ in ids), word, action)
