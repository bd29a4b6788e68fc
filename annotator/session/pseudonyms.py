"""Reviewers under names that say nothing of them, in what is written out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from annotator.model.assignment import is_again, name_again, name_person
from annotator.model.event import Assigned, Renamed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from annotator.exporters import LabelledDocument, LabelledSentence
    from annotator.model.event import Event, Value
    from annotator.store.base import Store

PROGRAM: Final = "model:"
"""What the names of programs begin with, which are nobody's secret."""


def choose_pseudonyms(store: Store) -> dict[str, str]:
    """Each reviewer's name → `reviewer-1`, `reviewer-2` …, in the order in which they first did
    anything: an alphabetical one would tell something of the names. A second pass keeps its mark.

    Reads the log as far as the first event of the last to begin. Inside `Store.snapshot`.
    """
    # Whom a document is assigned to may never have done anything: their name is in the history.
    waiting = {name for name in store.list_reviewers() if not name.startswith(PROGRAM)}
    assigned = {one.reviewer for one in store.list_assignments()}
    people: dict[str, str] = {}
    if waiting:
        for event in store.read_log():
            reviewer = store.resolve_reviewer(event.reviewer)
            if reviewer in waiting:
                waiting.discard(reviewer)
                people.setdefault(name_person(reviewer), f"reviewer-{len(people) + 1}")
            if not waiting:
                break
    for name in sorted({*assigned, *waiting} - people.keys()):
        people.setdefault(name_person(name), f"reviewer-{len(people) + 1}")
    return people


def hide_names(
    documents: Iterable[LabelledDocument], names: Mapping[str, str]
) -> Iterator[LabelledDocument]:
    """The documents with pseudonyms in the place of reviewers' names, wherever one stands: in
    annotations, in who settled a label, in the history and its values.
    """
    for labelled in documents:
        history = labelled.history
        yield replace(
            labelled,
            sentences=(_hide_in_sentence(sentence, names) for sentence in labelled.sentences),
            history=None
            if history is None
            else (_hide_in_event(event, names) for event in history),
        )


def hide_name(name: str, names: Mapping[str, str]) -> str:
    """The pseudonym; a program's name as it is."""
    if name.startswith(PROGRAM):
        return name
    # A name that stands in the history alone has no number, and is not told either.
    pseudonym = names.get(name_person(name), "reviewer")
    return name_again(pseudonym) if is_again(name) else pseudonym


def _hide_in_sentence(sentence: LabelledSentence, names: Mapping[str, str]) -> LabelledSentence:
    hidden = (replace(one, reviewer=hide_name(one.reviewer, names)) for one in sentence.annotations)
    annotations = tuple(sorted(hidden, key=lambda one: one.reviewer))
    lead = sentence.adjudication
    if lead is not None:
        lead = replace(lead, reviewer=hide_name(lead.reviewer, names))
    return replace(sentence, annotations=annotations, adjudication=lead)


def _hide_in_event(event: Event, names: Mapping[str, str]) -> Event:
    return replace(
        event, reviewer=hide_name(event.reviewer, names), value=_hide_in_value(event.value, names)
    )


def _hide_in_value(value: Value, names: Mapping[str, str]) -> Value:
    match value:
        case Assigned(reviewer=reviewer):
            return replace(value, reviewer=hide_name(reviewer, names))
        case Renamed(old=old, new=new):
            return Renamed(hide_name(old, names), hide_name(new, names))
    return value
