"""Which label scheme is in force in a database, the guideline that goes with it, and its change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.errors import SchemeError
from annotator.model.event import EventKind
from annotator.model.scheme import FACT_CHECK, hash_guideline

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.scheme import LabelScheme
    from annotator.session.drafting import Drafting
    from annotator.store.base import Store


def read_scheme_in_force(store: Store) -> LabelScheme:
    """The scheme that was set last in this database; the built-in one where none ever was."""
    return store.read_scheme() or FACT_CHECK


def set_scheme(store: Store, scheme: LabelScheme, *, drafting: Drafting) -> bool:
    """Give the database this scheme; whether it had another one before.

    It is an event like any other. `SchemeError` for a scheme that breaks a rule, and for one
    without a label that is given: it says how many sentences it is given to, by all reviewers, in
    deleted documents too.
    """
    from annotator.model.scheme_rules import find_faults

    for fault in find_faults(scheme):
        whose = "" if fault.label is None else f"label '{scheme.labels[fault.label].name}', "
        raise SchemeError(
            f"The scheme {scheme.name} will not do: {whose}{fault.field}: {fault.problem}."
        )

    def work() -> bool:
        before = read_scheme_in_force(store)
        if scheme == before:
            return False
        _check_orphans(store, scheme, before)
        store.append([drafting.draft(EventKind.SCHEME, None, value=scheme)])
        return True

    return store.transact(work)


def hash_guideline_in_force(scheme: LabelScheme) -> str:
    """What events are marked with: see `hash_guideline`."""
    return hash_guideline(scheme, read_guideline_in_force(scheme))


def read_guideline_in_force(scheme: LabelScheme) -> str:
    """The guideline for a scheme, in Markdown.

    For the built-in scheme, with whatever keys and colours, it is the one that the program ships;
    for any other it is put together: a paragraph for each label, `**name**: definition`, and below
    it the label's guideline text.
    """
    if hash_guideline(scheme, "") == hash_guideline(FACT_CHECK, ""):
        from annotator.config import read_guideline

        return read_guideline()
    return "\n\n".join(_write_guideline(scheme)) + "\n"


def _write_guideline(scheme: LabelScheme) -> Iterator[str]:
    yield f"# Labelling guideline: {scheme.name}"
    for label in scheme.labels:
        yield f"**{label.name}**: {label.definition}"
        if label.guideline is not None:
            yield label.guideline.strip("\n")


def _check_orphans(store: Store, scheme: LabelScheme, before: LabelScheme) -> None:
    kept = {label.name for label in scheme.labels}
    orphans = {
        name: count for name, count in store.count_given_labels().items() if name not in kept
    }
    if not orphans:
        return
    total = sum(orphans.values())
    each = ", ".join(f"{count} {name}" for name, count in sorted(orphans.items()))
    raise SchemeError(
        f"The scheme {scheme.name} would orphan {total} {'label' if total == 1 else 'labels'}"
        f" ({each}), and the scheme {before.name} stays: keep {_name(sorted(orphans))} in the new"
        " one, or label those sentences otherwise first."
    )


def _name(names: list[str]) -> str:
    return " and ".join(names) if len(names) < 3 else f"{', '.join(names[:-1])} and {names[-1]}"
