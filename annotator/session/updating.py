"""A newer text of an article: a document of its own, to which what was said of the older moves.

The older text stays as it is, with all its labels. What moves is one step for each reviewer, so
that one undo in the newer takes all of theirs back; deleting the newer makes the older the newest
again.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError, StoreError, UnknownNameError
from annotator.model.clock import derive_id
from annotator.model.document import derive_document_id, hash_text
from annotator.model.event import Draft, EventKind, Given
from annotator.model.event_value import write_value
from annotator.readers import detect_format, find_reader
from annotator.session.carrying import carry_team
from annotator.text.aligning import Fate, align
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence, Set

    from annotator.model.annotation import Annotation
    from annotator.model.document import Article, Document, Sentence
    from annotator.model.span import Span
    from annotator.readers import Reading, Source
    from annotator.session.library import Library
    from annotator.store.base import Store

_ALL: Final = 2**31
"""More documents than any library has."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of one reviewer's annotation. Indexes count from 0.

    `new` and `new_text` are `None` for one that is lost. `links_lost` are the sentences of the
    older text that it denies, and that are not in the newer.
    """

    reviewer: str
    label: str | None
    old: int
    new: int | None
    text: str
    new_text: str | None
    links_lost: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Update:
    """What an update came to: every annotation of the older text is in one of the four.

    `document_id` is the newer's. `is_same`: the text is the document's own, `is_known`: it had
    been brought in as its newer text before; nothing is written in either case. `unsaid` is how
    many sentences of the older text nobody has said anything of.
    """

    document_id: str
    kept: tuple[Carried, ...] = ()
    moved: tuple[Carried, ...] = ()
    changed: tuple[Carried, ...] = ()
    lost: tuple[Carried, ...] = ()
    unsaid: int = 0
    is_same: bool = False
    is_known: bool = False


def read_newer(source: Source, *, format_name: str | None = None) -> Reading:
    """The one article of a source. `SourceError` where it holds none, or several."""
    reader = find_reader(format_name or detect_format(source))
    found = list(islice(reader.read(source), 2))
    if len(found) == 1:
        return found[0]
    count = "several articles" if found else "no article"
    raise SourceError(
        f"{show_line(source.name)} holds {count}, and an update is of one: give a file that holds"
        " the newer text alone."
    )


def foresee_update(
    store: Store, document: Document, article: Article, *, cut: Sequence[tuple[int, Span]]
) -> Update:
    """What `update` would come to; writes nothing. To be read inside `Store.snapshot`."""
    return _plan(store, document, article, cut).report


def update(
    library: Library, document: Document, article: Article, *, cut: Sequence[tuple[int, Span]]
) -> Update:
    """Put the newer text of a document on the shelf, cut so (paragraph and span of each sentence),
    and all that anybody has said of the older with it, in one transaction. Who labels the older is
    to label the newer; what programs suggested goes along with the sentences that are the same.

    `SourceError` where the document has a newer text already, or where this text is another
    document's.
    """

    def work() -> Update:
        plan = _plan(library.store, document, article, cut)
        report = plan.report
        if report.is_same or report.is_known:
            return report
        library.add(
            replace(article, replaces=document.id),
            spans=[span for _, span in cut],
            paragraphs=[paragraph for paragraph, _ in cut],
        )
        guideline = library.drafting.guideline
        drafts = _draft_all(plan.annotations, report.document_id, document.id, guideline=guideline)
        library.store.append(drafts)
        carry_team(library, document.id, report.document_id, unchanged=plan.unchanged)
        return report

    return library.store.transact(work)


# -- the versions of an article


def list_versions(store: Store, document: Document) -> list[Document]:
    """The texts that an article has had, oldest first, the document among them; those deleted are
    left out.
    """
    everything = store.find_documents("", limit=_ALL)
    by_id = {found.id: found for found in everything}
    newer: dict[str, list[Document]] = defaultdict(list)
    for found in sorted(everything, key=_when):
        if found.replaces is not None:
            newer[found.replaces].append(found)
    chain = [by_id[id_] for id_ in reversed(_trace(document, by_id)) if id_ in by_id]
    versions = {found.id: found for found in (*chain, document)}
    # Two machines may each have brought in a newer text: all of them are versions, by their time.
    waiting = [document]
    while waiting:
        fresh = [found for found in newer[waiting.pop(0).id] if found.id not in versions]
        versions |= {found.id: found for found in fresh}
        waiting += fresh
    return [version for version in versions.values() if not version.deleted]


def find_version(store: Store, document: Document, number: int) -> Document:
    """The text of an article by its number, the oldest 1. `UnknownNameError` lists those there."""
    versions = list_versions(store, document)
    if 1 <= number <= len(versions):
        return versions[number - 1]
    there = ", ".join(f"{place} ({version.id})" for place, version in enumerate(versions, 1))
    raise UnknownNameError(
        f"There is no version {number} of {show_line(document.title)}; there is {there}."
    )


def leave_only_newest(documents: Iterable[Document]) -> list[Document]:
    """The documents without those that a newer one of them replaces, in the same order.

    A deleted one replaces nothing and is left out; it is best among them all the same, since what
    it replaces may be replaced by one that replaces it.
    """
    listed = list(documents)
    by_id = {document.id: document for document in listed}
    replaced = set()
    for document in listed:
        if document.replaces is not None and not document.deleted:
            for id_ in _trace(document, by_id):
                # Two machines may have replaced two texts by one another: both stay.
                older = by_id.get(id_)
                if older is None or document.id not in _trace(older, by_id):
                    replaced.add(id_)
    return [document for document in listed if not document.deleted and document.id not in replaced]


def list_newest(store: Store) -> list[Document]:
    """The library without texts that newer ones replace, by id."""
    return leave_only_newest(store.find_documents("", limit=_ALL))


def _trace(document: Document, by_id: Mapping[str, Document]) -> list[str]:
    """The ids of the older texts, the newest of them first; each once, whatever replaces what."""
    found: dict[str, None] = {}
    older = document.replaces
    while older is not None and older != document.id and older not in found:
        found[older] = None
        older = by_id[older].replaces if older in by_id else None
    return list(found)


def _when(document: Document) -> tuple[str, str]:
    return document.imported_at, document.id


# -- what an update would do


@dataclass(frozen=True, slots=True)
class _Plan:
    """The report, the annotations that the newer text is to have, and the sentences that are in
    both: the span in the older text, and that in the newer.
    """

    report: Update
    annotations: Sequence[Annotation] = ()
    unchanged: Mapping[Span, Span] = field(default_factory=dict)


def _plan(
    store: Store, document: Document, article: Article, cut: Sequence[tuple[int, Span]]
) -> _Plan:
    id_ = derive_document_id(hash_text(article.text))
    if id_ != document.id and _is_known(store, document, article, id_):
        return _Plan(Update(id_, is_known=True))
    _check_is_newest(store, document)
    old = list(store.read_sentences(document.id))
    if id_ == document.id:
        new = [(sentence.span, sentence.text) for sentence in old]
    else:
        new = [(span, article.text[span.start : span.end]) for _, span in cut]
    plan = _carry_all(id_, old, new, list(store.read_annotations(document.id)))
    return replace(plan, report=replace(plan.report, is_same=id_ == document.id))


def _is_known(store: Store, document: Document, article: Article, id_: str) -> bool:
    """Whether the text is here already as the newer text of this document."""
    known = store.find_documents(id_, limit=1)
    if not known:
        return False
    (there,) = known
    named = f"'{show_line(article.source or article.title)}'"
    if there.deleted:
        raise SourceError(
            f"The text of {named} is here as {there.id}, which was deleted:"
            f" 'annotator restore {there.id}' brings it back with its labels."
        )
    if there.replaces != document.id:
        raise SourceError(
            f"The text of {named} is here already as the document {there.id}"
            f" ({show_line(there.title)}), which is no newer text of {document.id}: nothing was"
            " changed."
        )
    return True


def _check_is_newest(store: Store, document: Document) -> None:
    versions = list_versions(store, document)
    later = versions[[version.id for version in versions].index(document.id) + 1 :]
    if later:
        newest = later[-1]
        raise SourceError(
            f"The document {document.id} has a newer text already, {newest.id}"
            f" ({show_line(newest.title)}): update that one."
        )


def _carry_all(
    id_: str,
    old: Sequence[Sentence],
    new: Sequence[tuple[Span, str]],
    annotations: Sequence[Annotation],
) -> _Plan:
    matches = align([sentence.text for sentence in old], [text for _, text in new])
    became = {old[match.old].span: (match.new, match.fate) for match in matches}
    index_of = {sentence.span: sentence.index for sentence in old}
    _check_spans(id_, annotations, index_of.keys())
    found: dict[Fate | None, list[Carried]] = defaultdict(list)
    carried: list[Annotation] = []
    for annotation in annotations:
        index = index_of[annotation.span]
        entry = Carried(annotation.reviewer, annotation.label, index, None, old[index].text, None)
        if annotation.span not in became:
            found[None].append(entry)
            continue
        at, fate = became[annotation.span]
        gone = tuple(index_of[span] for span in annotation.denies if span not in became)
        found[fate].append(replace(entry, new=at, new_text=new[at][1], links_lost=gone))
        aims = (new[became[span][0]][0] for span in annotation.denies if span in became)
        unsure = annotation.unsure or fate is Fate.CHANGED
        carried.append(
            replace(annotation, span=new[at][0], unsure=unsure, denies=tuple(sorted(aims)))
        )
    report = Update(
        id_,
        kept=tuple(found[Fate.KEPT]),
        moved=tuple(found[Fate.MOVED]),
        changed=tuple(found[Fate.CHANGED]),
        lost=tuple(found[None]),
        unsaid=len(old) - len({annotation.span for annotation in annotations}),
    )
    unchanged = {
        old[match.old].span: new[match.new][0]
        for match in matches
        if match.fate is not Fate.CHANGED
    }
    return _Plan(report, sorted(carried, key=lambda one: (one.span, one.reviewer)), unchanged)


def _check_spans(id_: str, annotations: Sequence[Annotation], known: Set[Span]) -> None:
    """`StoreError` where something is said of what is no sentence: the database is damaged."""
    said = {span for one in annotations for span in (one.span, *one.denies)}
    for span in sorted(said - known):
        raise StoreError(
            f"Something is said of {span.start}-{span.end} of the document {id_}, which is no"
            " sentence of it: run 'annotator verify'."
        )


# -- events


def _draft_all(
    annotations: Iterable[Annotation], new_id: str, old_id: str, *, guideline: str
) -> list[Draft]:
    """An event for each annotation, by its own reviewer; all of a reviewer's are one step.

    The ids come from all that moves of the reviewer's, so that two machines that do the same write
    the same, and two events that are not the same never share an id, or a step.
    """
    by_reviewer: dict[str, list[Annotation]] = defaultdict(list)
    for annotation in annotations:
        by_reviewer[annotation.reviewer].append(annotation)
    drafts: list[Draft] = []
    for reviewer, said in sorted(by_reviewer.items()):
        given = [(annotation.span, _give(annotation)) for annotation in said]
        content = (f"{span.start}-{span.end} {write_value(value)}" for span, value in given)
        whole = derive_id("update", old_id, new_id, reviewer, guideline, *content)
        ids = [derive_id(whole, str(number)) for number in range(len(given))]
        drafts += (
            Draft(
                id=id_,
                step=ids[0],
                document_id=new_id,
                span=span,
                reviewer=reviewer,
                kind=EventKind.GIVEN,
                value=value,
                time=value.updated_at,
                spent_ms=0,
                guideline=guideline,
            )
            for id_, (span, value) in zip(ids, given, strict=True)
        )
    return drafts


def _give(annotation: Annotation) -> Given:
    return Given(
        label=annotation.label,
        speaker=annotation.speaker,
        note=annotation.note,
        unsure=annotation.unsure,
        denies=annotation.denies,
        created_at=annotation.created_at,
        updated_at=annotation.updated_at,
    )
