"""Many files at once: read and cut on every core, written by one, in the order of the files.

A worker process turns a file into articles that are cut already; the process that has the database
only writes them, many in one transaction. What a file came to does not depend on which process read
it, nor on how many there were.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.errors import AnnotatorError, SourceError, StoreError
from annotator.model.document import derive_document_id, hash_text
from annotator.readers import Source, detect_format, find_reader
from annotator.session.cores import count_cores
from annotator.session.crew import Crew
from annotator.session.importing import lay_out
from annotator.session.library import Arrival
from annotator.session.receiving import receive
from annotator.session.sources import read_file
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from annotator.model.clock import Clock
    from annotator.model.span import Span
    from annotator.readers import Reading
    from annotator.session.library import Library

Report: TypeAlias = "Callable[[int, int], None]"

FEW: Final = 50
"""Fewer files than this are read here: to start the workers takes half a second."""

LITTLE: Final = 2_000_000
"""Fewer bytes than this in all are read here, for the same reason."""

LARGE: Final = 8_000_000
"""A file of more bytes is read here, article by article: it is never whole in two processes."""

BATCH_DOCUMENTS: Final = 200
BATCH_LENGTH: Final = 2_000_000
BATCH_MS: Final = 500
"""A transaction ends at so many documents, code points, or milliseconds since the last one: others
who write wait for a tenth of a second, and an interruption loses half a second's work.
"""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for all files of an import; see `Source` for the fields' meaning.

    `known` are ids of documents that are in the library: their texts are not cut again.
    """

    format_name: str | None = None
    encoding: str | None = None
    language: str | None = None
    sentence_per_line: bool = False
    fields: Mapping[str, str] = field(default_factory=dict)
    known: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Ready:
    """An article of a file, cut (each sentence a paragraph, from 0, and a span), and what there is
    to tell of it.
    """

    name: str
    reading: Reading
    cut: tuple[tuple[int, Span], ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """An article that is in the library already, of which the file says nothing more."""

    name: str
    document_id: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a file, and what is wrong with it, if anything."""

    name: str
    error: str | None = None


Prepared: TypeAlias = Ready | Known | Ended


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one article, or, with `ends`, of the rest of a file: committed by now."""

    name: str
    arrival: Arrival | None = None
    remarks: tuple[str, ...] = ()
    error: AnnotatorError | None = None
    ends: bool = False


def list_known(library: Library) -> frozenset[str]:
    """The ids of all documents of the library, for `Terms.known`. A deleted one is none: it is to
    come back.
    """
    found = library.store.find_documents("", limit=2**62)
    return frozenset(document.id for document in found if not document.deleted)


def prepare(
    file: str | Source, terms: Terms, *, report: Report | None = None
) -> Iterator[Prepared]:
    """Read a file and cut its articles; the last that comes is its `Ended`, and never an error.

    `report` is told how many of how many code points of an article are done.
    """
    name = file if isinstance(file, str) else file.name
    try:
        for reading in _read(file, terms):
            yield _prepare_article(name, reading, terms, report)
    except SourceError as error:
        yield Ended(name, str(error))
    except MemoryError:
        yield Ended(name, f"{show_line(name)} does not fit into memory: split it into several.")
    else:
        yield Ended(name)


def prepare_all(
    files: Sequence[str | Source],
    terms: Terms,
    *,
    workers: int | None = None,
    report: Report | None = None,
) -> Iterator[Prepared]:
    """All files, in their order, read by so many processes (`None`: one a core).

    A `Source` was read already, as from a pipe, and is prepared in this process, as are few files
    and large ones. A file at which a worker dies is reported in its `Ended`, and the others come.
    Closing the iterator, or an exception in it such as `KeyboardInterrupt`, ends the workers.
    """
    sizes = [_measure(file) for file in files]
    crew_size = workers or count_cores()
    if len(files) < FEW or sum(sizes) < LITTLE or crew_size < 2:
        for file in files:
            yield from prepare(file, terms, report=report)
        return
    with Crew(_prepare_whole, terms, workers=crew_size) as crew:
        for is_there, run in groupby(zip(files, sizes, strict=True), key=_goes_to_worker):
            if is_there:
                for name, prepared in crew.work_through((str(file), size) for file, size in run):
                    yield from prepared or [Ended(name, _describe_death(name))]
            else:
                for file, _ in run:
                    yield from prepare(file, terms, report=report)


def shelve_all(
    library: Library,
    prepared: Iterator[Prepared],
    *,
    clock: Clock,
) -> Iterator[Brought]:
    """Put what was prepared on the shelf, several in a transaction, and tell of each once it is
    committed. One that is refused leaves the others as they are; `StoreError` ends it all, and what
    was told of is in.
    """
    batch: list[Prepared] = []
    documents, length, begun = 0, 0, clock.steady_ms()
    for one in prepared:
        batch.append(one)
        documents += not isinstance(one, Ended)
        length += len(one.reading.article.text) if isinstance(one, Ready) else 0
        is_full = documents >= BATCH_DOCUMENTS or length >= BATCH_LENGTH
        if is_full or clock.steady_ms() - begun >= BATCH_MS:
            yield from _shelve(library, batch)
            batch.clear()
            documents, length, begun = 0, 0, clock.steady_ms()
    yield from _shelve(library, batch)


# -- in a worker, or here


def _prepare_whole(file: str, terms: Terms) -> list[Prepared]:
    return list(prepare(file, terms))


def _read(file: str | Source, terms: Terms) -> Iterator[Reading]:
    source = file if isinstance(file, Source) else _open(file, terms)
    return find_reader(terms.format_name or detect_format(source)).read(source)


def _open(name: str, terms: Terms) -> Source:
    return read_file(name, encoding=terms.encoding, language=terms.language, fields=terms.fields)


def _prepare_article(
    name: str, reading: Reading, terms: Terms, report: Report | None
) -> Ready | Known:
    article = reading.article
    # What others have said of it is brought in even where its text is here.
    if terms.known and not (reading.said or reading.suggestions or reading.history):
        id_ = derive_document_id(hash_text(article.text))
        if id_ in terms.known:
            return Known(name, id_, reading.remarks)
    layout, remarks = lay_out(reading, sentence_per_line=terms.sentence_per_line, report=report)
    return Ready(name, reading, tuple(layout), (*reading.remarks, *remarks))


# -- at the store


def _shelve(library: Library, batch: list[Prepared]) -> list[Brought]:
    if any(isinstance(one, Ready) for one in batch):
        return library.store.transact(lambda: [_settle(library, one) for one in batch])
    # Nothing to write: nobody else need wait.
    return [_settle(library, one) for one in batch]


def _settle(library: Library, one: Prepared) -> Brought:
    try:
        match one:
            case Ended(name, error):
                return Brought(name, error=SourceError(error) if error else None, ends=True)
            case Known(name, document_id, remarks):
                arrival = Arrival(library.resolve(document_id), is_new=False)
                return Brought(name, arrival, remarks)
            case Ready(name, reading, cut, remarks):
                # A savepoint inside: what is refused half-way leaves nothing behind.
                arrival = receive(library, reading, cut=list(cut), name=name)
                return Brought(name, arrival, (*remarks, *arrival.remarks))
    except StoreError:
        raise
    except AnnotatorError as refusal:
        return Brought(one.name, error=refusal)


# -- files


def _measure(file: str | Source) -> int:
    """Bytes; 0 for what cannot be looked at, which reading it will explain."""
    if isinstance(file, Source):
        return len(file.content)
    try:
        return Path(file).stat().st_size
    except (OSError, ValueError):
        return 0


def _goes_to_worker(measured: tuple[str | Source, int]) -> bool:
    file, size = measured
    return isinstance(file, str) and size <= LARGE


def _describe_death(name: str) -> str:
    return (
        f"{show_line(name)} ended the process that read it (out of memory, it may be):"
        " split the file, or import it by itself."
    )
