"""What comes into the library from files, and what goes out into them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.errors import OutputError, SchemeError, SourceError
from annotator.text.display import show_line
from annotator.tui.errands import Outcome
from annotator.tui.hall.base import Hall

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from annotator.errors import AnnotatorError
    from annotator.model.document import Document
    from annotator.session import Arrival, Library
    from annotator.session.sources import Incoming

_TOLD: Final = 3
"""Remarks and errors that are told one by one; the rest are counted."""


class Trading(Hall):
    """Import and export."""

    async def action_import(self) -> None:
        """Ask for a path, and bring in what is there."""
        from annotator.tui.screens.path_prompt import PathPrompt

        prompt = PathPrompt("Import a file or a folder", accept=self._import, does="imports")
        await prompt.open(self.app)

    async def action_export(self) -> None:
        """Ask for a file, and write the document's labels to it."""
        from annotator.session.paths import propose_name
        from annotator.tui.screens.path_prompt import PathPrompt

        document = self.find_chosen()
        if document is None:
            return
        prompt = PathPrompt(
            "Export the labels of all reviewers as JSON",
            accept=_Exporting(self, document).accept,
            does="writes",
            text=document.title,
            value=propose_name(document.title, ".json"),
        )
        await prompt.open(self.app)

    def _import(self, typed: str) -> str:
        """Begin, or say why not."""
        from annotator.session.paths import read_path

        path = read_path(typed)
        if not path:
            return "Type the path of a file or a folder; escape changes nothing."
        title = f"importing {show_line(typed.strip())}"
        self.app.start_errand(ImportErrand(path), library=self._library, title=title)
        return ""


class _Exporting:
    """One question for a file's name; remembers which existing file it has warned of."""

    def __init__(self, hall: Hall, document: Document) -> None:
        self._hall = hall
        self._document = document
        self._warned = ""

    def accept(self, typed: str) -> str:
        """Begin to write, or say why not."""
        from annotator.session.files import is_taken
        from annotator.session.paths import read_path

        name = read_path(typed)
        try:
            taken = is_taken(name, self._hall.library.location)
        except OutputError as error:
            return str(error)
        if taken and name != self._warned:
            self._warned = name
            return f"There is a file {show_line(name)} already: enter again writes over it."
        self._hall.app.start_errand(
            ExportErrand(self._document, name),
            library=self._hall.library,
            title=f"writing {show_line(name)}",
        )
        return ""


@dataclass(frozen=True, slots=True)
class ImportErrand:
    """Brings in a file, or all that can be read of a folder."""

    path: str

    def __call__(self, library: Library, report: Callable[[str], None]) -> Outcome:
        """See `Errand`."""
        from annotator.session.sources import bring_in

        def tell(name: str, done: int, whole: int) -> None:
            report(f"importing {show_line(name)}, {100 * done // max(whole, 1)} %")

        incoming = list(bring_in(library, self.path, report=tell))
        arrivals = [arrival for file in incoming for arrival in file.arrivals]
        return Outcome(
            told="\n".join([*_count(arrivals), *_cut(_list_remarks(incoming), "remark")]),
            errors=tuple(_cut_errors([file.error for file in incoming if file.error])),
            document_id=arrivals[0].document.id if arrivals else None,
        )


@dataclass(frozen=True, slots=True)
class ExportErrand:
    """Writes a document's labels to a file."""

    document: Document
    name: str

    def __call__(self, library: Library, report: Callable[[str], None]) -> Outcome:
        """See `Errand`."""
        from annotator.session.delivery import deliver

        def tell() -> None:
            report(f"writing {show_line(self.name)}")

        deliver(library, self.document, name=self.name, report=tell)
        return Outcome(told=f"The labels are in {show_line(self.name)}.")


def _count(arrivals: list[Arrival]) -> list[str]:
    if len(arrivals) == 1:
        document = arrivals[0].document
        state = "was here already"
        if arrivals[0].is_new:
            state = f"is in the library, {document.sentence_count} sentences"
        elif arrivals[0].is_back:
            state = "was deleted, and is back"
        return [f"“{show_line(document.title)}” {state}."]
    new = sum(arrival.is_new for arrival in arrivals)
    back = sum(arrival.is_back for arrival in arrivals)
    parts = {
        "new": new,
        "back from what was deleted": back,
        "here already": len(arrivals) - new - back,
    }
    counts = ", ".join(f"{count} {state}" for state, count in parts.items() if count)
    return [f"{len(arrivals)} documents: {counts}."] if arrivals else []


def _list_remarks(incoming: Iterable[Incoming]) -> list[str]:
    return [
        f"{show_line(Path(file.name).name)}: {remark}"
        for file in incoming
        for remark in file.remarks
    ]


def _cut(told: list[str], noun: str) -> list[str]:
    left = len(told) - _TOLD
    return [*told[:_TOLD], *([f"and {left} more {noun}s"] if left > 0 else [])]


def _cut_errors(errors: list[SourceError | SchemeError]) -> list[AnnotatorError]:
    left = len(errors) - _TOLD
    rest = [SourceError(f"{left} more files could not be read.")] if left > 0 else []
    return [*errors[:_TOLD], *rest]
