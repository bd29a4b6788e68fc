"""Labels in a file, a folder of files, or a stream: what `annotator export` writes."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.errors import OutputError, UnknownNameError
from annotator.exporters import Corpus, find_exporter
from annotator.session.exporting import read_labelled
from annotator.session.files import check_not_database, write_file
from annotator.session.schemes import read_scheme_in_force
from annotator.text.dataset_card import CARD, has_card, is_card, write_card

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from annotator.exporters import Exporter
    from annotator.model.document import Document
    from annotator.session.library import Library
    from annotator.store.base import Store

STANDARD_OUTPUT = "-"


@dataclass(frozen=True, slots=True)
class Choice:
    """What is to be written: these documents, of one reviewer or all (`None`), sentences that
    somebody gave one of these labels or all (none named), those that have a settled label or all,
    with the history or without, with reviewers under their names or under pseudonyms.
    """

    documents: tuple[Document, ...]
    reviewer: str | None = None
    labels: tuple[str, ...] = ()
    history: bool = False
    pseudonyms: bool = False
    settled: bool = False


def deliver(
    library: Library,
    document: Document,
    *,
    name: str,
    format_name: str = "json",
    report: Callable[[], None] | None = None,
) -> None:
    """Write what all reviewers have said of a document to a file, whole or not at all.

    `report` is called with each piece that is written; what it raises ends the export, and leaves
    what stood there. `OutputError` where the file cannot be written.
    """
    exporter = find_exporter(format_name)
    with library.store.snapshot():
        deliver_corpus(library.store, exporter, Choice((document,)), name=name, report=report)


def write_corpus(store: Store, exporter: Exporter, choice: Choice) -> Iterator[str]:
    """The text of a file, piece by piece. Inside `Store.snapshot`."""
    if exporter.write is None:
        raise _need_folder(exporter)
    yield from exporter.write(_collect(store, choice))


def deliver_corpus(
    store: Store,
    exporter: Exporter,
    choice: Choice,
    *,
    name: str,
    report: Callable[[], None] | None = None,
) -> None:
    """Write to a file, or to the files of a folder where the format is one; each whole or not at
    all. Inside `Store.snapshot`. `OutputError` where that cannot be.
    """
    if exporter.write_files is None:
        check_not_database(name, store.location)
        write_file(name, _watch(write_corpus(store, exporter, choice), report))
        return
    folder = _make_folder(exporter, name)
    for file, pieces in exporter.write_files(_collect(store, choice)):
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        check_not_database(str(path), store.location)
        write_file(str(path), _watch(pieces, report))


def deliver_split(
    store: Store, exporter: Exporter, choice: Choice, *, name: str, shares: str, seed: int
) -> None:
    """Write train, dev and test files into a folder, each document in one of them; beside files of
    rows, a card by which `datasets` loads them. `OutputError` where a `README.md` that is no such
    card has its place.
    """
    from annotator.session.splitting import parse_shares, split_documents

    if exporter.write is None:
        raise OutputError(f"The format {exporter.name} is a folder of files: it has no --split.")
    parsed = parse_shares(shares)
    folder = _make_folder(exporter, name)
    by_id = {document.id: document for document in choice.documents}
    parts = split_documents(sorted(by_id), shares=parsed, seed=seed)
    if has_card(exporter.name):
        _check_card(folder / CARD, list(parts))
    filled = []
    bare = len("".join(exporter.write(Corpus(read_scheme_in_force(store), ()))))
    for part, ids in parts.items():
        own = replace(choice, documents=tuple(by_id[id_] for id_ in sorted(ids)))
        path = folder / f"{part}.{exporter.name}"
        check_not_database(str(path), store.location)
        write_file(str(path), write_corpus(store, exporter, own))
        if path.stat().st_size > bare:
            filled.append(part)
    if has_card(exporter.name):
        write_file(str(folder / CARD), [write_card(exporter.name, filled)])


def write_config(store: Store, exporter: Exporter) -> str:
    """What to paste into the tool before it reads the file. `UnknownNameError` for a format whose
    tool needs none.
    """
    if exporter.name != "label-studio":
        raise UnknownNameError(
            f"The format {exporter.name} needs no config; --config is for label-studio."
        )
    from annotator.exporters import label_studio

    return label_studio.write_config(read_scheme_in_force(store))


def _collect(store: Store, choice: Choice) -> Corpus:
    scheme = read_scheme_in_force(store)
    for label in choice.labels:
        scheme.find(label)
    documents = read_labelled(
        store,
        choice.documents,
        reviewer=choice.reviewer,
        labels=choice.labels,
        settled=choice.settled,
        history=choice.history,
    )
    if choice.pseudonyms:
        from annotator.session.pseudonyms import choose_pseudonyms, hide_names

        documents = hide_names(documents, choose_pseudonyms(store))
    return Corpus(scheme, documents)


def _make_folder(exporter: Exporter, name: str) -> Path:
    if name == STANDARD_OUTPUT:
        raise _need_folder(exporter)
    folder = Path(os.path.realpath(name))
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{name} cannot be a folder: {error.strerror or error}.") from error
    return folder


def _check_card(path: Path, parts: Sequence[str]) -> None:
    if not path.exists():
        return
    try:
        is_ours = is_card(path.read_text(encoding="utf-8"), parts)
    except (OSError, UnicodeDecodeError):
        is_ours = False
    if not is_ours:
        raise OutputError(
            f"{path} is there already, and is not the card that belongs beside these files: "
            "name another folder with -o."
        )


def _need_folder(exporter: Exporter) -> OutputError:
    return OutputError(
        f"This writes a folder of files: '-o FOLDER' with --format {exporter.name} names it."
    )


def _watch(pieces: Iterable[str], report: Callable[[], None] | None) -> Iterator[str]:
    for piece in pieces:
        if report is not None:
            report()
        yield piece
