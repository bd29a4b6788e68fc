"""Who is to label what: documents dealt out to reviewers, some of them to several."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil
from random import Random
from typing import TYPE_CHECKING

from annotator.errors import UsageError
from annotator.model.assignment import Assignment, is_again
from annotator.model.event import Assigned, EventKind
from annotator.text.display import show_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from annotator.model.document import Document
    from annotator.session.library import Library
    from annotator.store.base import Store


@dataclass(frozen=True, slots=True)
class Deal:
    """How documents are dealt out.

    `overlap` is the share of them that goes to everybody; `each` is how many a reviewer gets at
    most. Without either, everybody gets every document.
    """

    overlap: Fraction | None = None
    each: int | None = None
    seed: int = 0

    @property
    def draws(self) -> bool:
        """Whether chance, by the seed, has a say in it."""
        return self.overlap is not None or self.each is not None


@dataclass(frozen=True, slots=True)
class Assigning:
    """What it came to: assignments that are new, those that stood already, and those that were
    taken away. `newcomers` are reviewers who have done nothing here yet.
    """

    given: tuple[Assignment, ...] = ()
    kept: tuple[Assignment, ...] = ()
    withdrawn: tuple[Assignment, ...] = ()
    newcomers: tuple[str, ...] = field(default=())


def parse_share(text: str) -> Fraction:
    """Read `0.2` or `1/5`: a share from 0 to 1, exactly. `UsageError` for anything else."""
    try:
        share = Fraction(text.strip())
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if not 0 <= share <= 1:
        raise UsageError(f"'{show_line(text)}' is no share: give a number from 0 to 1, as in 0.2.")
    return share


def parse_names(text: str) -> tuple[str, ...]:
    """Read `ana,ben`: names, each once. `UsageError` where there is none, or one that is taken for
    second passes.
    """
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if not names:
        raise UsageError("Name at least one reviewer: '--to ana,ben'.")
    for name in names:
        if is_again(name):
            raise UsageError(
                f"'{show_line(name)}' is a second pass: name the reviewer, and --again."
            )
    return names


def deal_out(ids: Iterable[str], names: Iterable[str], *, deal: Deal) -> dict[str, list[str]]:
    """Each reviewer's documents, sorted: a function of the two sets and the deal alone.

    The documents are shuffled by `Random(seed)` over their sorted ids. The first of them, the share
    `overlap` rounded up, go to everybody; the rest one by one round the sorted names. With `each`,
    a reviewer gets no more than so many, and the share is of these.
    """
    sorted_ids, sorted_names = sorted(set(ids)), sorted(set(names))
    if not deal.draws:
        return {name: list(sorted_ids) for name in sorted_names}
    # A draw that anybody can make again, and no secret.
    shuffled = Random(deal.seed).sample(sorted_ids, len(sorted_ids))  # noqa: S311
    size = len(shuffled) if deal.each is None else min(deal.each, len(shuffled))
    common = shuffled[: ceil(size * (deal.overlap or 0))]
    dealt = {name: list(common) for name in sorted_names}
    most = len(shuffled) if deal.each is None else size
    for place, id_ in enumerate(shuffled[len(common) :]):
        hand = dealt[sorted_names[place % len(sorted_names)]]
        if len(hand) < most:
            hand.append(id_)
    return {name: sorted(hand) for name, hand in dealt.items()}


def draw_again(
    finished: Mapping[str, Iterable[str]], *, share: Fraction, seed: int
) -> dict[str, list[str]]:
    """For each reviewer a share (rounded up) of what they have finished, sorted."""
    drawn = {}
    for name, ids in sorted(finished.items()):
        known = sorted(set(ids))
        count = ceil(len(known) * share)
        drawn[name] = sorted(Random(f"{seed}:{name}").sample(known, count))  # noqa: S311
    return drawn


def find_finished(
    store: Store, documents: Sequence[Document], names: Iterable[str]
) -> dict[str, list[str]]:
    """Of these documents those in which each reviewer has labelled every sentence."""
    lengths = {document.id: document.sentence_count for document in documents}
    finished: dict[str, list[str]] = {name: [] for name in names}
    for tally in store.tally():
        length = lengths.get(tally.document_id)
        if length and tally.reviewer in finished and sum(tally.labels.values()) >= length:
            finished[tally.reviewer].append(tally.document_id)
    return finished


def assign(
    library: Library, documents: Sequence[Document], names: Sequence[str], *, deal: Deal
) -> Assigning:
    """Deal documents out, in one step; what is assigned already stays so."""

    def choose() -> dict[str, list[str]]:
        return deal_out(
            (document.id for document in documents), _resolve(library, names), deal=deal
        )

    return library.store.transact(lambda: _give(library, choose(), again=False))


def assign_again(
    library: Library,
    documents: Sequence[Document],
    names: Sequence[str],
    *,
    share: Fraction,
    seed: int,
) -> Assigning:
    """Give each reviewer a share of the documents that they have finished, for a second pass, blind
    to the first.
    """

    def choose() -> dict[str, list[str]]:
        finished = find_finished(library.store, documents, _resolve(library, names))
        return draw_again(finished, share=share, seed=seed)

    return library.store.transact(lambda: _give(library, choose(), again=True))


def withdraw(library: Library, documents: Sequence[Document], names: Sequence[str]) -> Assigning:
    """Take the documents away from these reviewers, for both passes; their labels stay."""
    ids = {document.id for document in documents}

    def work() -> Assigning:
        whose = set(_resolve(library, names))
        found = [
            one
            for one in library.store.list_assignments()
            if one.document_id in ids and one.reviewer in whose
        ]
        _write(library, found, withdrawn=True)
        return Assigning(withdrawn=tuple(found))

    return library.store.transact(work)


def _resolve(library: Library, names: Sequence[str]) -> list[str]:
    return sorted({library.store.resolve_reviewer(name) for name in names})


def _give(library: Library, dealt: Mapping[str, Sequence[str]], *, again: bool) -> Assigning:
    standing = set(library.store.list_assignments())
    wanted = sorted(Assignment(id_, name, again) for name, ids in dealt.items() for id_ in ids)
    new = [one for one in wanted if one not in standing]
    known = {library.reviewer, *library.store.list_reviewers(), *(one.reviewer for one in standing)}
    _write(library, new, withdrawn=False)
    return Assigning(
        given=tuple(new),
        kept=tuple(one for one in wanted if one in standing),
        newcomers=tuple(name for name in dealt if dealt[name] and name not in known),
    )


def _write(library: Library, wanted: Sequence[Assignment], *, withdrawn: bool) -> None:
    step: str | None = None
    drafts = []
    for one in wanted:
        value = Assigned(one.reviewer, again=one.again, withdrawn=withdrawn)
        draft = library.drafting.draft(EventKind.ASSIGN, one.document_id, value=value, step=step)
        step = step or draft.id
        drafts.append(draft)
    if drafts:
        library.store.append(drafts)
