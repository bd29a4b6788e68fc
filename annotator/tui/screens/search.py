"""Search over the text of the whole library, as it is typed."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from textual import getters, on
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from annotator.tui.app import AnnotatorApp
from annotator.tui.bindings import bind_screen, list_keys
from annotator.tui.keys import SEARCH_KEYS
from annotator.tui.notice import noticing
from annotator.tui.screens.prompt import Line
from annotator.tui.widgets.findings import Findings
from annotator.tui.widgets.label_bar import Hint, LabelBar
from annotator.tui.widgets.lines import TitleLine

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from annotator.model.document import Found
    from annotator.session import Library

MOST: Final = 200
"""Results that are shown at most: nobody reads more, they type another word."""


class SearchScreen(Screen[None], inherit_bindings=False):
    """A line for words, and below it the sentences that hold all of them, best first."""

    app = getters.app(AnnotatorApp)

    BINDINGS: ClassVar[list[BindingType]] = [*SEARCH_KEYS]
    CSS_PATH = "search.tcss"
    AUTO_FOCUS = "Line"

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._found: list[Found] = []
        self._words = ""
        self._cursor = 0

    @classmethod
    def for_keys(cls, keys: Mapping[str, str]) -> type[SearchScreen]:
        """The screen with the user's own keys."""
        bindings = bind_screen(SEARCH_KEYS, keys=keys)
        # Textual looks for the styles beside the module, which for a class made so is its own.
        namespace = {"BINDINGS": bindings, "__module__": cls.__module__}
        screen: type[SearchScreen] = type(
            "UserSearchScreen", (cls,), namespace, inherit_bindings=False
        )
        return screen

    @property
    def chosen(self) -> Found | None:
        """The chosen result; none where nothing was found."""
        return self._found[self._cursor] if self._found else None

    def compose(self) -> ComposeResult:
        """Title, line, results, bar."""
        library = self._library
        yield TitleLine("Search", reviewer=library.reviewer, location=library.location)
        with Horizontal(id="search"):
            yield Static(Content(" words "), id="search-title")
            yield Line(self.app.search_words, id="search-words", select_on_focus=False)
        yield Findings()
        yield LabelBar(library.scheme, hints=self._list_hints())

    def on_mount(self) -> None:
        """Show what was found the last time."""
        self._search(self.app.search_words)

    def begin(self) -> None:
        """Let the next key go to the line at once; it replaces the words of the last time."""
        line = self.query_one(Line)
        self.set_focus(line)
        line.selection = Selection(0, len(line.value))

    @on(Input.Changed)
    def search_as_typed(self, message: Input.Changed) -> None:
        """Search for what is typed so far."""
        self._search(message.value)

    async def action_move(self, step: int) -> None:
        """Choose the next result, or the previous one."""
        await self._catch_up()
        self._choose(self._cursor + step)

    async def action_turn_page(self, pages: int) -> None:
        """Choose a result a screen further down, or up."""
        await self._catch_up()
        self._choose(self.query_one(Findings).turn_page(pages))

    async def action_open(self) -> None:
        """Open the document at the sentence."""
        await self._catch_up()
        if self.chosen is not None:
            await self.app.open_document(self.chosen.document, self.chosen.index)

    async def action_leave(self) -> None:
        """Back to the library."""
        await self.app.show_library()

    async def action_show_keys(self) -> None:
        """Show every key."""
        from annotator.tui.screens.help import HelpScreen

        await HelpScreen(list_keys(self)).open(self.app)

    @on(Findings.Pointed)
    def choose_or_open(self, message: Findings.Pointed) -> None:
        """A click chooses a result, a second one opens it."""
        self._choose(message.index)
        if message.again:
            self._act("open")

    @on(LabelBar.Chosen)
    def do_what_was_chosen(self, message: LabelBar.Chosen) -> None:
        """A click on a key does what the key does."""
        self._act(message.action)

    def _act(self, action: str) -> None:
        # In the app's own task, as a key does it: this screen's cannot wait for its own end.
        self.app.call_later(partial(self.run_action, action))

    async def _catch_up(self) -> None:
        """Search for all that was typed before this key: the line has a queue of its own."""
        line, typed = self.query_one(Line), asyncio.Event()
        line.call_later(typed.set)
        await typed.wait()
        self._search(line.value)

    def _search(self, words: str) -> None:
        if words == self._words and self._found:
            return
        self._words = self.app.search_words = words
        with noticing(self):
            self._found = self._library.search(words, limit=MOST) if words.strip() else []
            self._choose(0)

    def _choose(self, index: int) -> None:
        self._cursor = max(0, min(index, len(self._found) - 1))
        self.query_one(TitleLine).show(self._describe_results())
        self.query_one(Findings).show(
            self._found, self._cursor, words=self._words, empty=self._describe_emptiness()
        )

    def _describe_results(self) -> str:
        count = len(self._found)
        if count >= MOST:
            return f"Search: the best {MOST} sentences"
        return f"Search: {count} sentence{'' if count == 1 else 's'}" if count else "Search"

    def _describe_emptiness(self) -> tuple[str, ...]:
        if self._words.strip():
            return (f"No sentence of the library holds “{self._words.strip()}”.",)
        return (
            "Type words: the sentences of all documents that hold them are shown here.",
            "The last word may be unfinished. Case and accents do not count.",
        )

    def _list_hints(self) -> list[Hint]:
        keys = {key.id: key.keys[0] for key in list_keys(self)}
        return [
            Hint(" ".join(keys.get(id_, "") for id_ in ids), word, action)
            for ids, word, action in (
                (("search-open",), "open", "open"),
                (("search-next", "search-previous"), "choose", "move(1)"),
                (("search-leave",), "library", "leave"),
                (("search-keys",), "keys", "show_keys"),
            )
        ]
