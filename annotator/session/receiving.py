"""What a file says of an article, put into the log: each annotation as one event, that comes whole.

An event's id comes from what it says, so that the same file brings nothing twice. What is here
already stays: an annotation that says the same, and one that was changed later than the file's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from annotator.errors import AnnotatorError, SchemeError, SourceError, StoreError
from annotator.model.clock import derive_id, format_time
from annotator.model.document import derive_document_id, hash_text
from annotator.model.event import Draft, EventKind, Given
from annotator.model.event_value import write_value
from annotator.session.schemes import read_scheme_in_force
from annotator.session.settling import add_settled
from annotator.session.suggesting import draft_suggestions
from annotator.session.vetting import check_log
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from annotator.model.adjudication import Adjudication
    from annotator.model.annotation import Annotation
    from annotator.model.scheme import LabelScheme
    from annotator.model.span import Span
    from annotator.readers import Reading, Said
    from annotator.session.library import Arrival, Library

_NAMED: Final = 5
"""Unknown labels that an error names."""


def receive(
    library: Library, reading: Reading, *, cut: list[tuple[int, Span]], name: str
) -> Arrival:
    """Put an article on the shelf, cut so, with all that the file says of it, in one transaction.

    `SourceError` for a history that cannot be of this text; `SchemeError` for labels that the
    database's scheme does not have, and for another scheme than the database's where it has a label
    already. Then nothing of the article comes in.
    """

    def work() -> Arrival:
        _check_labels(reading.scheme or library.scheme, (*reading.said, *reading.settled), name)
        _agree_on_scheme(library, reading, name)
        id_ = derive_document_id(hash_text(reading.article.text))
        history = [replace(draft, document_id=id_) for draft in reading.history]
        _check_history(history, reading.article.text, name)
        arrival = library.add(
            reading.article,
            spans=[span for _, span in cut],
            paragraphs=[paragraph for paragraph, _ in cut],
            imported_at=reading.imported_at,
            history=history,
        )
        if history:
            return _catch_up(library, arrival, history)
        arrival = _add_annotations(library, arrival, reading.said)
        add_settled(library, arrival.document.id, reading.settled)
        return _add_suggestions(library, arrival, reading, cut=cut)

    try:
        return library.store.transact(work)
    except AnnotatorError:
        library.look_at_scheme()  # which may have been another for as long as it went well
        raise


def _check_history(history: list[Draft], text: str, name: str) -> None:
    try:
        check_log(history, text if history else None)
    except StoreError as error:
        raise SourceError(
            f"{show_line(name)} has a history that cannot be: {error}. Nothing of the article came"
            " in: export it again where it comes from."
        ) from error


def _agree_on_scheme(library: Library, reading: Reading, name: str) -> None:
    scheme, here = reading.scheme, read_scheme_in_force(library.store)
    if scheme is None or scheme == here:
        return
    if library.store.count_given_labels():
        raise SchemeError(
            f"{show_line(name)} is labelled with {_describe(scheme)}, and this database with"
            f" {_describe(here)}: import it into a database of its own (--db)."
        )
    library.set_scheme(scheme)


def _describe(scheme: LabelScheme) -> str:
    labels = ", ".join(show_line(label.name) for label in scheme.labels)
    return f"the scheme '{show_line(scheme.name)}' ({labels})"


def _check_labels(scheme: LabelScheme, said: Iterable[Said | Adjudication], name: str) -> None:
    known = {label.name for label in scheme.labels}
    unknown = sorted({one.label for one in said if one.label is not None} - known)
    if unknown:
        named = ", ".join(f"'{show_line(label)}'" for label in unknown[:_NAMED])
        more = f" and {len(unknown) - _NAMED} more" if len(unknown) > _NAMED else ""
        raise SchemeError(
            f"{show_line(name)} has labels that this database does not: {named}{more}. Its scheme"
            f" {scheme.name} has {', '.join(sorted(known))}; 'annotator scheme set' gives it"
            " another."
        )


def _catch_up(library: Library, arrival: Arrival, history: list[Draft]) -> Arrival:
    """Add what the file's history has and the log has not."""
    fresh = [draft for draft in history if draft.kind is not EventKind.IMPORT]
    if arrival.is_new:
        # The file says twice where the article is from and how it is cut: the history counts.
        library.store.refold(arrival.document.id)
        (document,) = library.store.find_documents(arrival.document.id, limit=1)
        arrival = replace(arrival, document=document)
    else:
        known = library.store.list_known([draft.id for draft in fresh])
        fresh = [draft for draft in fresh if draft.id not in known]
        library.store.append(fresh)
    suggested = sum(draft.kind is EventKind.SUGGEST for draft in fresh)
    return _count_suggested(replace(arrival, received=len(fresh) - suggested), suggested)


def _count_suggested(arrival: Arrival, suggested: int, remarks: Iterable[str] = ()) -> Arrival:
    if suggested:
        some = "suggestion" if suggested == 1 else "suggestions"
        remarks = (*remarks, f"{suggested:,} {some} came with it")
    return replace(arrival, suggested=suggested, remarks=(*arrival.remarks, *remarks))


def _add_suggestions(
    library: Library, arrival: Arrival, reading: Reading, *, cut: list[tuple[int, Span]]
) -> Arrival:
    """Add what programs suggest of the document's sentences, and tell of the rest."""
    if not reading.suggestions:
        return arrival
    id_ = arrival.document.id
    if arrival.is_new:
        sentences = {span for _, span in cut}
    else:
        sentences = {sentence.span for sentence in library.store.read_sentences(id_)}
    offered = draft_suggestions(
        reading.suggestions,
        document_id=id_,
        text=reading.article.text,
        sentences=sentences,
        scheme=library.scheme,
        drafting=library.drafting,
    )
    known = library.store.list_known([draft.id for draft in offered.drafts])
    fresh = [draft for draft in offered.drafts if draft.id not in known]
    library.store.append(fresh)
    return _count_suggested(arrival, len(fresh), offered.remarks)


def _add_annotations(library: Library, arrival: Arrival, said: Iterable[Said]) -> Arrival:
    id_ = arrival.document.id
    standing = {} if arrival.is_new else _list_standing(library, id_)
    now = format_time(library.drafting.clock.wall_ms())
    drafts: list[Draft] = []
    steps: dict[str, str] = {}
    outdated = 0
    for one in said:
        reviewer = one.reviewer or library.reviewer
        here = standing.get((reviewer, one.span))
        if here is not None and _is_same(here, one):
            continue
        if here is not None and one.updated_at is not None and here.updated_at > one.updated_at:
            outdated += 1
            continue
        draft = _draft(library, id_, one, reviewer=reviewer, now=now)
        steps.setdefault(reviewer, draft.id)
        drafts.append(replace(draft, step=steps[reviewer]))
    known = library.store.list_known([draft.id for draft in drafts])
    fresh = [draft for draft in drafts if draft.id not in known]
    library.store.append(fresh)
    return replace(arrival, received=len(fresh), outdated=outdated)


def _list_standing(library: Library, id_: str) -> dict[tuple[str, Span], Annotation]:
    found = library.store.read_annotations(id_)
    return {(annotation.reviewer, annotation.span): annotation for annotation in found}


def _is_same(here: Annotation, one: Said) -> bool:
    return (here.label, here.speaker, here.note, here.unsure, here.denies) == (
        one.label,
        one.speaker,
        one.note,
        one.unsure,
        tuple(sorted(one.denies)),
    )


def _draft(library: Library, document_id: str, one: Said, *, reviewer: str, now: str) -> Draft:
    updated_at = one.updated_at or one.created_at or now
    given = Given(
        label=one.label,
        speaker=one.speaker,
        note=one.note,
        unsure=one.unsure,
        denies=tuple(sorted(one.denies)),
        created_at=one.created_at or updated_at,
        updated_at=updated_at,
    )
    # Without the moment of this import, or the same file would be another one tomorrow.
    content = replace(given, created_at=one.created_at or "", updated_at=one.updated_at or "")
    span = f"{one.span.start}-{one.span.end}"
    id_ = derive_id("given", document_id, span, reviewer, write_value(content) or "")
    return Draft(
        id=id_,
        step=id_,
        document_id=document_id,
        span=one.span,
        reviewer=reviewer,
        kind=EventKind.GIVEN,
        value=given,
        time=now,
        spent_ms=0,
        guideline=library.drafting.guideline,
    )
