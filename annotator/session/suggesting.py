"""What programs suggest: how it comes in, and when a reviewer is shown it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.errors import ActError
from annotator.model.clock import derive_id, format_time
from annotator.model.event import Denied, Draft, EventKind, Suggested
from annotator.model.event_value import write_value
from annotator.session.saying import clean, label_of
from annotator.text.display import show_line
from annotator.text.fitting import trim

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from annotator.model.document import Place
    from annotator.model.event import Value
    from annotator.model.scheme import LabelScheme
    from annotator.model.span import Span
    from annotator.model.suggestion import Suggestion
    from annotator.readers import Said
    from annotator.session.drafting import Drafting
    from annotator.session.labelling import Session

UNNAMED: Final = "unknown"
"""The program of a suggestion whose file names none."""

_NAMED: Final = 5
"""Unknown labels that a remark names."""


# -- shown


@dataclass(frozen=True, slots=True)
class Shown:
    """A suggestion that its reviewer sees: its label is one of the scheme."""

    label: str
    suggestion: Suggestion


def find_shown(place: Place, scheme: LabelScheme) -> Shown | None:
    """The suggestion that is shown at a sentence, to be accepted with one key; `None` where there
    is none, its label is not of the scheme, or the reviewer has given the sentence a label.
    """
    suggestion = place.suggestion
    if suggestion is None or label_of(place.annotation) is not None:
        return None
    label = suggestion.label
    if label is None or all(known.name != label for known in scheme.labels):
        return None
    return Shown(label, suggestion)


def expect_shown(place: Place, scheme: LabelScheme) -> Shown:
    """As `find_shown`; `ActError` says why there is none."""
    shown = find_shown(place, scheme)
    if shown is not None:
        return shown
    number, label = place.sentence.index + 1, label_of(place.annotation)
    if label is not None:
        raise ActError(
            f"Sentence {number} is {show_line(label)} already: a suggestion is for a sentence"
            " without a label; clear it first."
        )
    raise ActError(f"Nothing is suggested for sentence {number}: give it a label of your own.")


def list_accepted(place: Place, *, session: Session) -> Iterator[tuple[EventKind, Value]]:
    """What is said of a sentence by accepting what is shown at it, as events have it."""
    shown = expect_shown(place, session.scheme)
    suggestion, said = shown.suggestion, place.annotation
    yield EventKind.LABEL, shown.label
    speaker = clean(suggestion.speaker or "")
    if speaker is not None and (said is None or said.speaker is None):
        yield EventKind.SPEAKER, speaker
    spans = tuple(_find_deniable(suggestion.denies, place, label=shown.label, session=session))
    if spans:
        yield EventKind.DENIES, Denied(shown.label, spans)


def _find_deniable(
    spans: Iterable[Span], place: Place, *, label: str, session: Session
) -> Iterator[Span]:
    """The other sentences that hold these spans and have a label that this one may deny."""
    deniable = session.scheme.find(label).denies
    indexes = {
        session.store.find_index(session.document.id, start=span.start) for span in spans
    } - {place.sentence.index}
    for index in sorted(index for index in indexes if index is not None):
        other = session.read_place(index)
        if label_of(other.annotation) in deniable:
            yield other.sentence.span


# -- coming in


@dataclass(frozen=True, slots=True)
class Offered:
    """What a file suggests for one document: the events, and what there is to tell of it."""

    drafts: tuple[Draft, ...]
    remarks: tuple[str, ...]


def draft_suggestions(
    found: Iterable[Said],
    *,
    document_id: str,
    text: str,
    sentences: Collection[Span],
    scheme: LabelScheme,
    drafting: Drafting,
) -> Offered:
    """The events of a file's suggestions, each a step of its own. What speaks of no sentence is
    left out; what has a label that the scheme does not is kept, since a scheme may change.

    An event's id comes from what it says, of what, and who brings it in: the same file twice is one
    suggestion. Its time is that of the import.
    """
    now = format_time(drafting.clock.wall_ms())
    known = {label.name for label in scheme.labels}
    drafts, unknown, misplaced = dict[str, Draft](), list[str](), 0
    for one in found:
        is_inside = 0 <= one.span.start < one.span.end <= len(text)
        span = trim(text, one.span) if is_inside else one.span
        if span not in sentences:
            misplaced += 1
            continue
        if one.label is None or one.label not in known:
            unknown.append(one.label or "")
        draft = _draft(one, span, document_id=document_id, now=now, drafting=drafting)
        drafts[draft.id] = draft
    return Offered(tuple(drafts.values()), tuple(_remark(unknown, misplaced)))


def _draft(one: Said, span: Span, *, document_id: str, now: str, drafting: Drafting) -> Draft:
    program = one.reviewer or UNNAMED
    value = Suggested(program, one.label, one.speaker, tuple(sorted(one.denies)))
    where = f"{span.start}-{span.end}"
    id_ = derive_id(
        "suggest", document_id, where, program, drafting.reviewer, write_value(value) or ""
    )
    return Draft(
        id=id_,
        step=id_,
        document_id=document_id,
        span=span,
        reviewer=drafting.reviewer,
        kind=EventKind.SUGGEST,
        value=value,
        time=now,
        spent_ms=0,
        guideline=drafting.guideline,
    )


def _remark(unknown: list[str], misplaced: int) -> Iterator[str]:
    if misplaced:
        some = "suggestion" if misplaced == 1 else "suggestions"
        yield f"{misplaced} {some} left out: of no sentence, or overlapping one that has a label"
    if unknown:
        names = sorted({name for name in unknown if name})
        named = ", ".join(f"'{show_line(name)}'" for name in names[:_NAMED]) or "no label"
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        some = "suggestion has" if len(unknown) == 1 else "suggestions have"
        yield (
            f"{len(unknown)} {some} a label that the scheme does not ({named}{more}):"
            " kept, and not shown"
        )
