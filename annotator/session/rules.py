"""What is settled by rule, where nobody has looked at the sentence: all agree, or most do."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from annotator.model.assignment import is_again
from annotator.model.event import EventKind, Rule, Settled

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from annotator.model.adjudication import Adjudication
    from annotator.model.document import Document
    from annotator.model.event import Draft
    from annotator.session.drafting import Drafting
    from annotator.store.base import Store

FEWEST: Final = 2
"""Reviewers who must have labelled a sentence: one alone agrees with nobody."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule came to in a document: how many sentences it settled, by label; how many that it
    had settled before it opened again, and how many disputes are still open.
    """

    document: Document
    settled: Mapping[str, int]
    reopened: int = 0
    left: int = 0


def group_labels(store: Store, document_id: str) -> dict[int, dict[str, str]]:
    """Each reviewer's label, by where the sentence starts. A second pass of the same person is not
    another reviewer's.
    """
    given: dict[int, dict[str, str]] = {}
    for start, reviewer, label in store.read_given_labels(document_id):
        if not is_again(reviewer):
            given.setdefault(start, {})[reviewer] = label
    return given


def decide(given: Mapping[str, str], rule: Rule) -> tuple[str, Rule] | None:
    """What a rule makes of reviewers' labels, and which rule it is that holds: where all agree that
    is `UNANIMOUS`, whatever was asked. `None`: it makes nothing of them, as of a tie.
    """
    if len(given) < FEWEST:
        return None
    label, count = Counter(given.values()).most_common(1)[0]
    if count == len(given):
        return label, Rule.UNANIMOUS
    if rule is Rule.MAJORITY and 2 * count > len(given):
        return label, Rule.MAJORITY
    return None


def is_stale(adjudication: Adjudication, given: Mapping[str, str]) -> bool:
    """Whether a rule settled it and would not settle it so any more; never, where a lead did."""
    if adjudication.rule is None:
        return False
    decided = decide(given, adjudication.rule)
    return decided is None or decided[0] != adjudication.label


def settle_by_rule(store: Store, document: Document, rule: Rule, *, drafting: Drafting) -> Outcome:
    """Settle all of a document that the rule settles, in one step that one undo takes back.

    What a lead has settled by hand stays as it is. What a rule had settled and would not any more
    is settled anew, or opened again.
    """

    def work() -> Outcome:
        drafts: list[Draft] = []
        left = 0
        for draft, is_left in _draft(store, document, rule, drafting=drafting):
            left += is_left
            if draft is not None:
                step = drafts[0].step if drafts else draft.step
                drafts.append(replace(draft, step=step))
        store.append(drafts)
        labels = [one.value.label for one in drafts if isinstance(one.value, Settled)]
        counts = Counter(label for label in labels if label is not None)
        return Outcome(document, dict(sorted(counts.items())), labels.count(None), left)

    return store.transact(work)


def _draft(
    store: Store, document: Document, rule: Rule, *, drafting: Drafting
) -> Iterator[tuple[Draft | None, bool]]:
    """What there is to write of each sentence that somebody labelled, and whether it stays open."""
    given = group_labels(store, document.id)
    standing = {one.span.start: one for one in store.read_adjudications(document.id)}
    for sentence in store.read_sentences(document.id):
        start = sentence.span.start
        labels, before = given.get(start, {}), standing.get(start)
        if before is not None and not is_stale(before, labels):
            continue
        decided = decide(labels, rule)
        if decided is not None:
            value = Settled(decided[0], None, decided[1])
        elif before is not None:
            value = Settled(None, None, before.rule)
        else:
            yield None, len(set(labels.values())) > 1
            continue
        draft = drafting.draft(EventKind.SETTLE, document.id, span=sentence.span, value=value)
        yield draft, decided is None and len(set(labels.values())) > 1
