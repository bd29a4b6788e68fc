"""The labelling screen: one key a sentence, saved before it is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal

from annotator.text.display import show_line
from annotator.tui.bindings import bind_screen, list_keyless, list_keys
from annotator.tui.desk.consulting import Consulting
from annotator.tui.desk.cutting import Cutting
from annotator.tui.desk.finding import Finding
from annotator.tui.desk.following import FollowingOthers
from annotator.tui.desk.giving import Giving
from annotator.tui.desk.leaving import Leaving
from annotator.tui.desk.linking import Linking
from annotator.tui.desk.moving import Moving
from annotator.tui.desk.remarking import Remarking
from annotator.tui.keys import LABEL_ID, LABELLING_KEYS
from annotator.tui.widgets.article import ArticleView
from annotator.tui.widgets.finding_line import FindingLine
from annotator.tui.widgets.label_bar import ACCEPT, Hint, LabelBar
from annotator.tui.widgets.lines import FoldedPanel, TitleLine
from annotator.tui.widgets.side_panel import SidePanel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from annotator.model.scheme import LabelScheme


class LabellingScreen(
    Giving,
    Moving,
    Remarking,
    Linking,
    Finding,
    Cutting,
    Consulting,
    FollowingOthers,
    Leaving,
    inherit_bindings=False,
):
    """A reviewer at a document. Its keys come from `for_scheme`."""

    BINDINGS: ClassVar[list[BindingType]] = [*LABELLING_KEYS]
    CSS_PATH = "labelling.tcss"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 - Textual declares it on instances
        (0, "-narrow"),
        (100, "-wide"),
        (144, "-roomy"),
    ]

    @classmethod
    def for_scheme(
        cls, scheme: LabelScheme, *, keys: Mapping[str, str] | None = None
    ) -> type[LabellingScreen]:
        """The screen with this scheme's keys, and the user's own."""
        bindings = bind_screen(LABELLING_KEYS, scheme=scheme, keys=keys)
        namespace = {
            "BINDINGS": bindings,
            "keyless": tuple(list_keyless(scheme, keys)),
            # Textual looks for the styles beside the module, which for a class made so is its own.
            "__module__": cls.__module__,
        }
        screen: type[LabellingScreen] = type(
            "SchemeLabellingScreen", (cls,), namespace, inherit_bindings=False
        )
        return screen

    def compose(self) -> ComposeResult:
        """Title, text beside panel, folded panel, bar."""
        self._name_keys()
        session, document = self._session, self._session.document
        known = (document.author, document.published, document.source)
        yield TitleLine(
            document.title,
            reviewer=session.reviewer,
            location=session.location,
            origin=" · ".join(part for part in known if part),
        )
        with Horizontal(id="desk"):
            yield ArticleView(self._session, cursor=self._cursor)
            yield SidePanel(self._session)
        yield FindingLine()
        yield FoldedPanel(self._session)
        yield LabelBar(self._session.scheme, hints=self._list_hints())

    def on_mount(self) -> None:
        """Draw where the reviewer left off."""
        self.go_to(self._cursor)

    def refresh_keys(self) -> None:
        """See `Desk.refresh_keys`."""
        self._name_keys()
        self.query_one(LabelBar).show_hints(self._list_hints())

    def _name_keys(self) -> None:
        self._first_keys = {key.id: key.keys[0] for key in list_keys(self)}

    async def action_show_keys(self) -> None:
        """Show every key."""
        from annotator.tui.screens.help import HelpScreen, explain_keys

        await HelpScreen(explain_keys(self, LABELLING_KEYS)).open(self.app)

    @on(ArticleView.Pointed)
    def go_where_pointed(self, message: ArticleView.Pointed) -> None:
        """A click on a sentence goes there."""
        self.go_to(message.index)

    @on(SidePanel.Picked)
    def annotate_as_picked(self, message: SidePanel.Picked) -> None:
        """A click on a label sets it."""
        self.action_annotate(message.label)

    @on(SidePanel.Accepted)
    def accept_as_clicked(self) -> None:
        """A click on the suggestion takes it."""
        self.action_accept()

    @on(LabelBar.Chosen)
    async def do_what_was_chosen(self, message: LabelBar.Chosen) -> None:
        """A click on a key does what the key does."""
        await self.run_action(message.action)

    def _list_hints(self) -> list[Hint]:
        """What the bar names, the most wanted first, the way to all keys last."""
        labels = [
            Hint(
                self._first_keys[f"{LABEL_ID}{label.name}"],
                show_line(label.name),
                f"annotate({label.name!r})",
                label.name,
            )
            for label in self._session.scheme.labels
        ]
        others = [
            Hint(" ".join(self.name_key(id_) for id_ in ids), word, action)
            for ids, word, action in (
                (("accept",), "accept", ACCEPT),
                (("undo",), "undo", "undo"),
                (("next", "previous"), "move", "move(1)"),
                (("next-open",), "next open", "go_to_open(1)"),
                (("unsure",), "unsure", "flag_unsure"),
                (("speaker",), "speaker", "name_speaker"),
                (("links",), "links", "link"),
                (("note",), "note", "note"),
                (("find",), "find", "find"),
                (("library",), "library", "leave"),
                (("clear",), "clear", "clear"),
                (("quit",), "quit", "app.quit"),
                (("keys",), "keys", "show_keys"),
            )
            # Not a key that a search has taken for as long as it is on.
            if all(self.name_key(id_) for id_ in ids)
        ]
        return [*labels, *others]
