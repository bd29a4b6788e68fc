"""The labels that a reviewer chooses from."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from annotator.errors import StoreError, UnknownNameError


@dataclass(frozen=True, slots=True)
class Label:
    """One label: its name, its key, what it means.

    `colour` is the name of a theme's colour. `denies` names the labels that a sentence with this
    label may be tied to as their denial; empty for a label that denies nothing.
    """

    name: str
    key: str
    definition: str
    colour: str | None = None
    guideline: str | None = None
    denies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LabelScheme:
    """A named set of labels, in the order in which they are shown and numbered."""

    name: str
    labels: tuple[Label, ...]

    def find(self, name: str) -> Label:
        """The label of that name; `UnknownNameError` lists those that there are."""
        for label in self.labels:
            if label.name == name:
                return label
        known = ", ".join(label.name for label in self.labels)
        raise UnknownNameError(
            f"There is no label {name!r} in the scheme {self.name}; its labels are {known}."
        )

    def labels_that_deny(self) -> tuple[str, ...]:
        """Those that a sentence may carry as the denial of another."""
        return tuple(label.name for label in self.labels if label.denies)

    def labels_denied(self) -> tuple[str, ...]:
        """Those that some label of the scheme denies."""
        denied = {name for label in self.labels for name in label.denies}
        return tuple(label.name for label in self.labels if label.name in denied)

    def takes_speaker(self, name: str) -> bool:
        """Whether a sentence with this label has someone who says it.

        So it is for what denies and for what can be denied; where nothing denies, for every label.
        """
        assertive = {*self.labels_that_deny(), *self.labels_denied()}
        return not assertive or name in assertive

    def by_strength(self) -> tuple[str, ...]:
        """The labels by what would be lost with them: what denies, what can be denied, the rest."""
        ordered = (
            *self.labels_that_deny(),
            *self.labels_denied(),
            *(label.name for label in self.labels),
        )
        return tuple(dict.fromkeys(ordered))

    def rank(self, name: str) -> int:
        """The label's place in `by_strength`, from 0.

        One that the scheme does not have, as an undo past a change of scheme can bring back, is
        weaker than all that it has.
        """
        ordered = self.by_strength()
        return ordered.index(name) if name in ordered else len(ordered)


FACT_CHECK: Final = LabelScheme(
    name="fact-check",
    labels=(
        Label(
            name="claim",
            key="c",
            definition="An assertion about the world that evidence could settle.",
            colour="warning",
        ),
        Label(
            name="denial",
            key="d",
            definition="Someone rejects an assertion that another party has put forward.",
            colour="error",
            denies=("claim", "denial"),
        ),
        Label(
            name="background",
            key="b",
            definition="Everything else: settled context, procedure, outlook, opinion.",
            colour="secondary",
        ),
    ),
)


def hash_guideline(scheme: LabelScheme, text: str) -> str:
    """Which guideline was in force: 16 hexadecimal digits of the scheme and the text together."""
    parts = [scheme.name]
    for label in scheme.labels:
        parts += [label.name, label.definition, label.guideline or "", *label.denies]
    return sha256("\x1f".join([*parts, text]).encode("utf-8")).hexdigest()[:16]


def describe_scheme(scheme: LabelScheme) -> dict[str, object]:
    """The scheme as the export's JSON object, with every field of every label."""
    return {"name": scheme.name, "labels": [describe_label(label) for label in scheme.labels]}


def read_scheme(found: object) -> LabelScheme:
    """Read what `describe_scheme` wrote; `StoreError` where it is not of that form."""
    match found:
        case {"name": str(name), "labels": [_, *_] as labels}:
            scheme = LabelScheme(name, tuple(_read_label(label) for label in labels))
            if len({label.name for label in scheme.labels}) == len(scheme.labels):
                return scheme
    raise StoreError(
        "A label scheme is not of its form: a name, and labels with names of their own."
    )


def describe_label(label: Label) -> dict[str, object]:
    """A label as files have it, every field in its order."""
    return {
        "name": label.name,
        "key": label.key,
        "definition": label.definition,
        "colour": label.colour,
        "guideline": label.guideline,
        "denies": list(label.denies),
    }


def _read_label(found: object) -> Label:
    match found:
        case {
            "name": str(name),
            "key": str(key),
            "definition": str(definition),
            "colour": str() | None as colour,
            "guideline": str() | None as guideline,
            "denies": list(denies),
        } if all(isinstance(denied, str) for denied in denies):
            return Label(name, key, definition, colour, guideline, tuple(denies))
    raise StoreError(
        "A label of a label scheme is not of its form: name, key, definition, colour, guideline,"
        " denies."
    )
