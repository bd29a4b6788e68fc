"""What the line mode says: where the reviewer is, and what an answer did."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.cli.answers import WORDS, name_picking_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.cli.answers import Word
    from annotator.model.annotation import Annotation, Change
    from annotator.model.document import Place
    from annotator.model.scheme import Label, LabelScheme
    from annotator.session import Session

OFFERED: Final = 5
"""How many claims that a denial might answer are read out."""


def tell_progress(session: Session) -> str:
    """How far the reviewer is."""
    progress = session.measure_progress()
    sentences = "sentence" if progress.total == 1 else "sentences"
    return f"{progress.total} {sentences}, {progress.labelled} labelled, {progress.open} open."


def list_labels(scheme: LabelScheme) -> str:
    """The labels with their keys, on one line."""
    return ", ".join(f"{label.key} {label.name}" for label in scheme.labels)


def tell_place(place: Place, *, session: Session) -> list[str]:
    """A sentence with its number, and a line for each thing that is said of it."""
    total = session.document.sentence_count
    lines = [f"{place.sentence.index + 1} of {total}: {place.sentence.text}"]
    fields = _list_fields(place.annotation) | {
        "denies": name_denied(place, session.scheme),
        "denied by": ", ".join(str(index + 1) for index in place.denied_by),
    }
    fields["suggested"] = _describe_suggestion(place, session.scheme)
    return [*lines, *(f"  {name}: {value}" for name, value in fields.items() if value)]


def _describe_suggestion(place: Place, scheme: LabelScheme) -> str:
    from annotator.session.suggesting import find_shown

    shown = find_shown(place, scheme)
    if shown is None:
        return ""
    speaker = f", speaker {shown.suggestion.speaker}" if shown.suggestion.speaker else ""
    return f"{shown.label}{speaker} (by {shown.suggestion.program}); 'accept' takes it"


def tell_end(session: Session) -> list[str]:
    """What is next after the last sentence."""
    left = session.measure_progress().open
    if left:
        sentences = "sentence has" if left == 1 else "sentences have"
        return [
            f"End of the article. {left} {sentences} no label yet: 'open' goes to the next,"
            " 'back' to the last sentence."
        ]
    return ["End of the article: every sentence has a label, and all of it is saved. 'q' quits."]


def tell_change(change: Change, *, session: Session) -> list[str]:
    """What was done to a sentence; and where its label seldom has the speaker that it got."""
    if change.recut:
        count = session.document.sentence_count
        return [f"The sentences from {change.index + 1} on are cut anew: there are {count} now."]
    before, after = _list_fields(change.before), _list_fields(change.after)
    label = after["label"] or "no label"
    changed = {name for name in after if after[name] != before[name]}
    told = [label + (f" (was {before['label']})" if before["label"] else "")] * ("label" in changed)
    told += [
        f"{name} {after[name]}" if after[name] else f"no {name} any more"
        for name in ("speaker", "note")
        if name in changed
    ]
    if "unsure" in changed:
        told.append("unsure" if after["unsure"] else "no longer unsure")
    if "denies" in changed:
        denied = name_denied(session.read_place(change.index), session.scheme)
        told.append(f"denies {denied}" if denied else "denies nothing any more")
    if "speaker" in changed and after["speaker"] and not _has_speaker(change, session.scheme):
        told.append(f"though {label} seldom has one")
    return [f"Sentence {change.index + 1}: {', '.join(told) or f'{label}, as before'}"]


def tell_offers(index: int, label: str, *, session: Session) -> list[str]:
    """What a denial may answer, the likeliest first."""
    from annotator.session.offers import offer_claims

    offers = offer_claims(session, index, label, limit=OFFERED)
    if not offers:
        return ["Nothing is labelled yet that it could deny; 'denies N' ties it to sentence N."]
    return [
        "What does it deny? 'denies N' ties it to sentence N:",
        *(f"  {offer.index + 1}: {offer.text}" for offer in offers),
    ]


def list_answers(scheme: LabelScheme) -> list[str]:
    """Every answer, a line each."""
    labels = [
        line for number, label in enumerate(scheme.labels, 1) for line in _list_uses(number, label)
    ]
    return [
        *labels,
        *(f"{_name_uses(word)}: {word.does}" for word in WORDS),
        "a blank line: read the current sentence again",
        "note, speaker, denies, unsure and clear speak of the sentence labelled last, or of the"
        " current one if you have moved since.",
    ]


def _list_uses(number: int, label: Label) -> Iterator[str]:
    yield f"{label.key}, {label.name} or {number}: {label.name}. {label.definition}"
    key = name_picking_key(label)
    if label.denies:
        name = key or label.name
        yield f"{name} N…: {label.name} of sentence N, or of several ({name} 2 5)"
    if key is not None:
        yield f"{key}: {label.name}, and list what it could deny"


def _name_uses(word: Word) -> str:
    names = [name for name in (word.name, word.key) if name]
    return " or ".join(f"{name} {word.takes}".rstrip() for name in names)


def name_denied(place: Place, scheme: LabelScheme) -> str:
    """The numbers of what a sentence denies; one whose label can no longer be denied says so."""
    label = place.annotation.label if place.annotation is not None else None
    known = {label.name: label.denies for label in scheme.labels}
    can_be_denied = known.get(label or "", ())
    return ", ".join(
        str(link.index + 1)
        if link.label in can_be_denied
        else f"{link.index + 1} (now {link.label or 'without a label'})"
        for link in place.denies
    )


def _list_fields(annotation: Annotation | None) -> dict[str, str]:
    """What an annotation holds, by name; empty for what it does not."""
    if annotation is None:
        return dict.fromkeys(("label", "speaker", "note", "unsure", "denies"), "")
    return {
        "label": annotation.label or "",
        "speaker": annotation.speaker or "",
        "note": annotation.note or "",
        "unsure": "yes" if annotation.unsure else "",
        "denies": " ".join(f"{span.start}-{span.end}" for span in annotation.denies),
    }


def _has_speaker(change: Change, scheme: LabelScheme) -> bool:
    label = change.after.label if change.after is not None else None
    return label is None or scheme.takes_speaker(label)
