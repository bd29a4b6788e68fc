"""The library on the screen, as the families of acts beside this file see it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from textual import getters
from textual.screen import Screen

from annotator.session.shelving import filter_documents, keep_order, list_shelf, sort_documents
from annotator.tui.app import AnnotatorApp
from annotator.tui.bindings import list_keys
from annotator.tui.notice import noticing
from annotator.tui.widgets.card import Card, DocumentCard
from annotator.tui.widgets.label_bar import Hint, LabelBar
from annotator.tui.widgets.lines import TitleLine
from annotator.tui.widgets.shelf import MINE, ShelfView

if TYPE_CHECKING:
    from annotator.model.document import Document, Shelved
    from annotator.session import Library
    from annotator.session.shelving import Sort

_ANYWHERE: Final = (
    (("sort",), "sort", "sort"),
    (("delete",), "delete", "delete"),
    (("deleted",), "deleted", "show_deleted"),
    (("next", "previous"), "move", "move(1)"),
    (("status",), "status", "show_status"),
    (("guideline",), "guideline", "show_guideline"),
    (("quit",), "quit", "app.quit"),
    (("keys",), "keys", "show_keys"),
)
_IN_LIBRARY: Final = (
    (("open",), "open", "open"),
    (("filter-library",), "filter", "filter"),
    (("search",), "search", "search"),
    (("import",), "import", "import"),
    (("export",), "export", "export"),
    *_ANYWHERE,
)
_AMONG_DELETED: Final = (
    (("restore",), "restore", "restore"),
    (("back",), "library", "go_back"),
    (("filter-library",), "filter", "filter"),
    (("export",), "export", "export"),
    *(hint for hint in _ANYWHERE if hint[1] not in ("delete", "deleted")),
)


class Hall(Screen[None], inherit_bindings=False):
    """The documents as they are listed, and the chosen one. How they are sorted and filtered is
    the app's to remember, which outlives the screen.
    """

    app = getters.app(AnnotatorApp)

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._sorted: list[Shelved] = []
        self._listed: list[Shelved] = []
        self._cursor = 0
        self._title = ""
        self._first_keys: dict[str, str] = {}

    @property
    def cursor(self) -> int:
        """Which of the listed documents is chosen, from 0."""
        return self._cursor

    @property
    def listed(self) -> list[Shelved]:
        """The documents that are listed, in order."""
        return self._listed

    @property
    def chosen(self) -> Shelved | None:
        """The chosen document; none where none is listed."""
        return self._listed[self._cursor] if self._listed else None

    @property
    def library(self) -> Library:
        """Where the documents are."""
        return self._library

    def name_key(self, id_: str) -> str:
        """The first key of an action, as a person reads it; empty where it has none."""
        if not self._first_keys:
            self._first_keys = {key.id: key.keys[0] for key in list_keys(self)}
        return self._first_keys.get(id_, "")

    def read_documents(self, *, choose: str | None = None) -> None:
        """Read the library anew, and choose the row of that key, else the same as before."""
        with noticing(self):
            listed = list_shelf(self._library, deleted=self.app.shelving.deleted)
            self._sorted = sort_documents(listed, self.app.shelving.sort)
            self._list(choose or self.app.chosen_id)

    def follow_others(self) -> None:
        """Show what others have done, with the rows in the order in which they are: the chosen one
        stays chosen, and nothing scrolls.
        """
        listed = list_shelf(self._library, deleted=self.app.shelving.deleted)
        before = [shelved.key for shelved in self._sorted]
        self._sorted = keep_order(before, sort_documents(listed, self.app.shelving.sort))
        self._list(self.app.chosen_id, scrolls=False)

    def sort_by(self, sort: Sort) -> None:
        """Sort the documents; the chosen one stays chosen."""
        self.app.shelving = replace(self.app.shelving, sort=sort)
        self._sorted = sort_documents(self._sorted, sort)
        self._list(self.app.chosen_id)

    def filter_by(self, words: str) -> None:
        """List the documents that hold these words; the chosen one stays chosen if it does."""
        self.app.shelving = replace(self.app.shelving, words=words)
        self._list(self.app.chosen_id)

    def choose(self, index: int, *, scrolls: bool = True) -> None:
        """Choose one of the listed documents, and bring it in sight unless nothing `scrolls`."""
        with noticing(self):
            self._cursor = max(0, min(index, len(self._listed) - 1))
            shelving, chosen = self.app.shelving, self.chosen
            if chosen is not None:
                self.app.chosen_id = chosen.key
            self.query_one(TitleLine).show(self._title)
            self.query_one(LabelBar).offer(self.list_hints())
            self.query_one(ShelfView).show(
                self._listed,
                self._cursor,
                sort=shelving.sort,
                empty=self._describe_emptiness(),
                scrolls=scrolls,
            )
            self.query_one(DocumentCard).show(None if chosen is None else self._make_card(chosen))

    def find_chosen(self) -> Document | None:
        """The chosen document; where there is none, a line says so."""
        if self.chosen is None:
            self.app.tell("There is no document here to choose.")
            return None
        return self.chosen.document

    def list_hints(self) -> list[Hint]:
        """What the bar names, the most wanted first, the way to all keys last."""
        hints = _AMONG_DELETED if self.app.shelving.deleted else _IN_LIBRARY
        return [
            Hint(" ".join(self.name_key(id_) for id_ in ids), word, action)
            for ids, word, action in hints
        ]

    def _list(self, key: str | None, *, scrolls: bool = True) -> None:
        self._listed = filter_documents(self._sorted, self.app.shelving.words)
        self._title = self._describe_list()  # not at each key, since it looks at every row
        if not self.app.shelving.deleted:
            self.app.keep_order(shelved.key for shelved in self._listed)
        found = (n for n, shelved in enumerate(self._listed) if shelved.key == key)
        stays = key is None or not scrolls
        self.choose(next(found, self._cursor if stays else 0), scrolls=scrolls)

    def _make_card(self, shelved: Shelved) -> Card:
        session = self._library.open(shelved.document, again=shelved.again)
        return Card(shelved, session.measure_progress())

    def _describe_list(self) -> str:
        shelving, count = self.app.shelving, len(self._listed)
        total = len({shelved.document.id for shelved in self._sorted})
        name = "Deleted" if shelving.deleted else "Library"
        documents = "document" if total == 1 else "documents"
        if shelving.words:
            return f"{name}: {count} of {total} {documents} with “{shelving.words}”"
        mine = [shelved for shelved in self._sorted if shelved.is_mine]
        left = sum(not shelved.is_finished for shelved in mine)
        assigned = f", {MINE} {len(mine)} yours, {left} to do" if mine else ""
        return f"{name}: {total} {documents}{assigned}" if total else name

    def _describe_emptiness(self) -> tuple[str, ...]:
        """What to do where nothing is listed."""
        back = self.name_key("back")
        if self.app.shelving.words and self._sorted:
            return (
                f"No title, author, date or source holds “{self.app.shelving.words}”.",
                f"{back} ends the filter.",
            )
        if self.app.shelving.deleted:
            return ("Nothing is deleted.", f"{back} goes back to the library.")
        return (
            "The library is empty.",
            f"{self.name_key('import')} imports a file or a folder.",
            f"{self.name_key('deleted')} shows what was deleted, and"
            f" {self.name_key('restore')} there brings it back.",
        )
