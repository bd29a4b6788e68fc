"""The labelling screen: one key a sentence, saved before it is shown."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.screen import Screen

from annotator.text.display import show_line
from annotator.tui.bindings import ACTION_BINDINGS, bind_labels, list_keys
from annotator.tui.notice import NoticingApp, noticing
from annotator.tui.widgets.article import ArticleView
from annotator.tui.widgets.label_bar import REDONE, SAVED, UNDONE, Hint, LabelBar
from annotator.tui.widgets.lines import FoldedPanel, TitleLine
from annotator.tui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from annotator.model.annotation import Change
    from annotator.model.scheme import LabelScheme
    from annotator.session import Progress, Session


class LabellingScreen(Screen[None], inherit_bindings=False):
    """A reviewer at a document. Its labels' keys come from `for_scheme`."""

    BINDINGS: ClassVar[list[BindingType]] = [*ACTION_BINDINGS]
    CSS_PATH = "labelling.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it on instances
        (0, "-narrow"),
        (100, "-wide"),
        (144, "-roomy"),
    ]

    def __init__(self, session: Session, *, cursor: int) -> None:
        super().__init__()
        self._session = session
        self._cursor = cursor
        self._first_keys: dict[str, str] = {}

    @classmethod
    def for_scheme(cls, scheme: LabelScheme) -> type[LabellingScreen]:
        """The screen with this scheme's keys beside its own."""
        screen: type[LabellingScreen] = type(
            "SchemeLabellingScreen", (cls,), {"BINDINGS": bind_labels(scheme)}
        )
        return screen

    @property
    def cursor(self) -> int:
        """The current sentence's index."""
        return self._cursor

    def compose(self) -> ComposeResult:
        """Title, text beside panel, folded panel, bar."""
        self._first_keys = {key.id: key.keys[0] for key in list_keys(self)}
        yield TitleLine(self._session)
        with Horizontal(id="desk"):
            yield ArticleView(self._session, cursor=self._cursor)
            yield SidePanel(self._session)
        yield FoldedPanel(self._session)
        yield LabelBar(self._session.scheme, hints=self._list_hints())

    def on_mount(self) -> None:
        """Draw where the reviewer left off."""
        self._go_to(self._cursor)

    # -- acting

    def action_annotate(self, label: str) -> None:
        """Label, save, go on."""
        with noticing(self):
            self._show_saved(self._session.annotate(self._cursor, label), then=1)

    def action_clear(self) -> None:
        """Take the label away."""
        with noticing(self):
            self._show_saved(self._session.clear(self._cursor))

    def action_flag_unsure(self) -> None:
        """Flag the sentence as unsure, or no longer."""
        with noticing(self):
            annotation = self._session.read_place(self._cursor).annotation
            unsure = annotation is None or not annotation.unsure
            self._show_saved(self._session.flag_unsure(self._cursor, unsure=unsure))

    async def action_note(self) -> None:
        """Ask for a note on the current sentence."""
        from annotator.tui.screens.prompt import Prompt

        with noticing(self):
            place = self._session.read_place(self._cursor)
            annotation = place.annotation
            prompt = Prompt(
                f"Note on sentence {place.sentence.index + 1}",
                save=partial(self._save_note, place.sentence.index),
                text=place.sentence.text,
                value=annotation.note or "" if annotation is not None else "",
            )
            await prompt.open(self.app)

    def action_undo(self) -> None:
        """Take back the newest step, and go to the sentence that it changed."""
        with noticing(self):
            self._show_saved(self._session.undo(), did=UNDONE)

    def action_redo(self) -> None:
        """Put the last undone step back, and go to the sentence that it changed."""
        with noticing(self):
            self._show_saved(self._session.redo(), did=REDONE)

    def _save_note(self, index: int, note: str) -> bool:
        """Whether it could be saved: if not, the dialog stays, with what was written."""
        with noticing(self):
            self._show_saved(self._session.note(index, note))
            return True
        return False

    # -- moving

    def action_move(self, step: int) -> None:
        """Go so many sentences on, or back."""
        self._go_to(self._cursor + step)

    def action_go_to_first(self) -> None:
        """Go to the first sentence."""
        self._go_to(0)

    def action_go_to_last(self) -> None:
        """Go to the last sentence."""
        self._go_to(self._session.document.sentence_count - 1)

    def action_go_to_open(self, step: int) -> None:
        """Go to the nearest sentence without a label, on or back, past the end to the other one."""
        with noticing(self):
            other_end = 0 if step > 0 else self._session.document.sentence_count - 1
            for start in (self._cursor + step, other_end):
                found = self._session.find_open(start, backwards=step < 0)
                if found is not None and found != self._cursor:
                    self._go_to(found)
                    return
            others = "other " if self._session.measure_progress().open else ""
            self._tell(f"Every {others}sentence has a label.")

    async def action_ask_where(self) -> None:
        """Ask for a sentence's number."""
        from annotator.tui.screens.prompt import Prompt

        count = self._session.document.sentence_count
        title = f"Go to sentence (1 to {count})"
        await Prompt(title, save=self._go_to_number, longest=len(str(count))).open(self.app)

    def action_look(self, pages: int) -> None:
        """Scroll the text by screens; the current sentence stays."""
        self.query_one(ArticleView).look(pages)

    async def action_show_keys(self) -> None:
        """Show every key."""
        from annotator.tui.screens.help import HelpScreen

        await self.app.push_screen(HelpScreen(list_keys(self)))

    @on(ArticleView.Pointed)
    def go_where_pointed(self, message: ArticleView.Pointed) -> None:
        """A click on a sentence goes there."""
        self._go_to(message.index)

    @on(SidePanel.Picked)
    def annotate_as_picked(self, message: SidePanel.Picked) -> None:
        """A click on a label sets it."""
        self.action_annotate(message.label)

    @on(LabelBar.Chosen)
    async def do_what_was_chosen(self, message: LabelBar.Chosen) -> None:
        """A click on a key does what the key does."""
        await self.run_action(message.action)

    def _go_to_number(self, answer: str) -> bool:
        count = self._session.document.sentence_count
        number = int(answer) if answer.strip().isdecimal() else 0
        if 1 <= number <= count:
            self._go_to(number - 1)
        elif answer.strip():
            self._tell(f"There is no sentence {answer.strip()}: the article has 1 to {count}.")
        return True

    # -- showing

    def _go_to(self, index: int) -> None:
        """Make a sentence the current one, once it could be read."""
        last = self._session.document.sentence_count - 1
        aim = max(0, min(index, last))
        with noticing(self):
            place = self._session.look_at(aim)
            self._cursor = aim
            progress = self._session.measure_progress()
            self.query_one(ArticleView).show(aim, ending=self._describe_end(progress))
            self.query_one(SidePanel).show(place, progress)
            self.query_one(FoldedPanel).show(place, progress)

    def _show_saved(self, change: Change, *, then: int = 0, did: str = "") -> None:
        """Show what a committed transaction gave back, `then` so many sentences on.

        There is no other way to say "saved".
        """
        self._go_to(change.index + then)
        self.query_one(LabelBar).show_state(SAVED, did=did)

    def _tell(self, message: str) -> None:
        if isinstance(self.app, NoticingApp):
            self.app.tell(message)

    def _list_hints(self) -> list[Hint]:
        """What the bar names, the most wanted first, the way to all keys last."""
        labels = [
            Hint(label.key, show_line(label.name), f"annotate({label.name!r})", label.name)
            for label in self._session.scheme.labels
        ]
        others = [
            Hint(" ".join(self._first_keys[id_] for id_ in ids), word, action)
            for ids, word, action in (
                (("undo",), "undo", "undo"),
                (("next", "previous"), "move", "move(1)"),
                (("next-open",), "next open", "go_to_open(1)"),
                (("unsure",), "unsure", "flag_unsure"),
                (("note",), "note", "note"),
                (("clear",), "clear", "clear"),
                (("quit",), "quit", "app.quit"),
                (("keys",), "keys", "show_keys"),
            )
        ]
        return [*labels, *others]

    def _describe_end(self, progress: Progress) -> tuple[str, ...]:
        """What stands below the last sentence: what is next."""
        if progress.open:
            sentences = "sentence has" if progress.open == 1 else "sentences have"
            return (
                f"End of the article. {progress.open} {sentences} no label yet:"
                f" {self._first_keys['next-open']} goes to the next.",
            )
        return (
            "End of the article: every sentence has a label, and all of it is saved.",
            f"{self._first_keys['quit']} quits; 'annotator export' writes the labels as JSON.",
        )
