"""How far reviewers agree: what they said, from the database, and what comes of measuring it."""

from __future__ import annotations

import gc
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from annotator.agreement import Bootstrap, Unit, measure
from annotator.errors import StoreError
from annotator.model.assignment import is_again, name_again
from annotator.session.exporting import check_reviewer
from annotator.session.schemes import read_scheme_in_force
from annotator.session.updating import list_newest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

    from annotator.agreement import Report
    from annotator.model.document import Document
    from annotator.model.scheme import LabelScheme
    from annotator.store.base import Store

FEW_DOCUMENTS = 10
FEW_SENTENCES = 10_000
"""Up to so many of both, each document has intervals of its own: a tenth of a second each. More
would take as long as all the rest.
"""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Agreement between people; or, where `whose` names somebody, between what they said the first
    time and the second.
    """

    report: Report
    whose: str | None = None


def measure_people(
    store: Store,
    documents: Sequence[Document],
    *,
    between: Collection[str] = (),
    bootstrap: Bootstrap | None = None,
) -> Report:
    """Agreement on the sentences of these documents: between the reviewers named, or all of them,
    second passes left out. Inside `Store.snapshot`.
    """
    units = collect_units(store, documents)
    scheme = read_scheme_in_force(store)
    return compare_people(units, scheme, between=between, bootstrap=bootstrap).report


def choose_reviewers(store: Store, named: Iterable[str]) -> tuple[str, ...]:
    """The present names of these reviewers, each once. `UnknownNameError` lists those there are."""
    chosen = dict.fromkeys(store.resolve_reviewer(name) for name in named)
    for name in chosen:
        check_reviewer(store, name)
    return tuple(chosen)


def collect_units(store: Store, documents: Iterable[Document]) -> list[Unit]:
    """Every sentence of these documents that somebody labelled, with all of its labels, and what
    its denials are tied to; in the documents' order, then the text's.
    """
    with _pausing_collection():
        return [unit for document in documents for unit in _collect(store, document.id)]


def compare_people(
    units: Sequence[Unit],
    scheme: LabelScheme,
    *,
    between: Collection[str] = (),
    bootstrap: Bootstrap | None = None,
) -> Comparison:
    """Between the reviewers named, or between all of them: then second passes are left out."""
    names = between or {name for name in _list_names(units) if not is_again(name)}
    return Comparison(_measure(units, scheme, names, bootstrap))


def compare_passes(
    units: Sequence[Unit],
    scheme: LabelScheme,
    *,
    between: Collection[str] = (),
    bootstrap: Bootstrap | None = None,
) -> list[Comparison]:
    """Each reviewer, or each of those named, who has labelled something a second time, beside
    themselves; by name.
    """
    found = _list_names(units)
    return [
        Comparison(_measure(units, scheme, (name, name_again(name)), bootstrap), name)
        for name in sorted(found)
        if not is_again(name) and name_again(name) in found and (not between or name in between)
    ]


@dataclass(frozen=True, slots=True)
class AgreementSurvey:
    """Agreement that is to be measured over a whole library, between all people in it."""

    location: str

    def measure(self) -> tuple[Report, Mapping[str, str]]:
        """The report, and the documents' titles by id. Opens the database anew, so that any thread
        may ask.
        """
        from annotator.store import open_store

        with closing(open_store(self.location, must_exist=True)) as store, store.snapshot():
            documents = list_newest(store)
            titles = {document.id: document.title for document in documents}
            return measure_people(store, documents), titles


def _measure(
    units: Sequence[Unit],
    scheme: LabelScheme,
    names: Collection[str],
    bootstrap: Bootstrap | None,
) -> Report:
    asked = bootstrap or Bootstrap()
    documents = {unit.document_id for unit in units}
    are_few = len(documents) <= FEW_DOCUMENTS and len(units) <= FEW_SENTENCES
    if are_few and asked.over == "sentences":
        asked = replace(asked, document_resamples=asked.resamples)
    with _pausing_collection():
        return measure(
            units,
            _list_labels(units, scheme),
            reviewers=names,
            denying=[label.name for label in scheme.labels if label.denies],
            deniable={name for label in scheme.labels for name in label.denies},
            bootstrap=asked,
        )


@contextmanager
def _pausing_collection() -> Iterator[None]:
    """Python's garbage collector, which finds nothing here, goes through a million labels again and
    again: 1.6 of 3.8 seconds.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _list_labels(units: Iterable[Unit], scheme: LabelScheme) -> list[str]:
    """Those of the scheme in its order; then those that it has no more and somebody still gives."""
    known = [label.name for label in scheme.labels]
    given: set[str] = set()
    for unit in units:
        given.update(unit.labels.values())
    return [*known, *sorted(given.difference(known))]


def _list_names(units: Iterable[Unit]) -> set[str]:
    names: set[str] = set()
    for unit in units:
        names.update(unit.labels)
    return names


def _collect(store: Store, document_id: str) -> list[Unit]:
    indexes = {
        sentence.span.start: sentence.index for sentence in store.read_sentences(document_id)
    }
    given: dict[int, dict[str, str]] = {start: {} for start in indexes}
    ties: dict[int, dict[str, set[int]]] = {}
    nothing: Mapping[str, Set[int]] = {}
    try:
        for start, reviewer, label in store.read_given_labels(document_id):
            given[start][reviewer] = label
        for start, reviewer, target in store.read_given_links(document_id):
            ties.setdefault(start, {}).setdefault(reviewer, set()).add(indexes[target])
    except KeyError as stray:
        raise StoreError(
            f"In document {document_id} something is said of the text from {stray} on, where no"
            " sentence begins: run 'annotator verify'."
        ) from stray
    return [
        Unit(document_id, indexes[start], labels, ties.get(start, nothing))
        for start, labels in given.items()
        if labels
    ]
