"""A document put together from its sentences, each of which came as a text by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.model.span import Span
from annotator.text.carrying import carry_over

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from annotator.text.origin import Origin


@dataclass(frozen=True, slots=True)
class Example:
    """A text that somebody labelled, or could have: `place` says where it stands in its file.

    `labels` are the labels that it was given, of which a sentence holds one.
    """

    place: str
    text: str
    origin: Origin
    labels: tuple[str, ...] = ()
    reviewer: str | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """The text, how it is cut, and where in it each example stands that has a place there.

    `moved` is where the sentences stand that were elsewhere in the document that they came from.
    """

    text: str
    cut: tuple[tuple[int, Span], ...]
    placed: tuple[tuple[Example, Span], ...]
    moved: Mapping[Span, Span]
    remarks: tuple[str, ...]


def gather(examples: Sequence[Example]) -> Gathered:
    """Put examples together: in the order of their spans where all have one, else as they come.

    Examples with the same span, or without spans the same text, are one sentence. One that overlaps
    another, differs from it or is blank is left out, and the remarks name it.
    """
    by_span = all(example.origin.document and example.origin.span for example in examples)
    chosen, remarks = _choose(examples, by_span=by_span)
    raw, places = _lay_out(list(chosen.values()), by_span=by_span)
    carried = carry_over(raw)
    spans = {key: carried.carry(span) for key, (_, span) in zip(chosen, places, strict=True)}
    cut = tuple(
        (paragraph, spans[key])
        for key, (paragraph, _) in zip(chosen, places, strict=True)
        if spans[key].start < spans[key].end
    )
    placed = []
    for example in examples:
        key = _find_key(example, by_span=by_span)
        if key not in chosen or example.text != chosen[key].text:
            remarks.append(f"{example.place} left out: it overlaps another sentence")
        elif spans[key].start == spans[key].end:
            remarks.append(f"{example.place} left out: its text is blank")
        else:
            placed.append((example, spans[key]))
    moved = {
        first.origin.span: spans[key]
        for key, first in chosen.items()
        if first.origin.span is not None and spans[key].start < spans[key].end
    }
    return Gathered(carried.text, cut, tuple(placed), moved, tuple(remarks))


def choose_labels(
    placed: Sequence[tuple[Example, Span]],
) -> tuple[list[tuple[Example, Span, str | None]], list[str]]:
    """What each reviewer said of each sentence, once: the first label that was given counts.

    The remarks name the examples of which a label was left out. Examples that say nothing have no
    place in the result.
    """
    said: dict[tuple[str | None, Span], tuple[Example, Span, str | None]] = {}
    remarks = []
    for example, span in placed:
        key = (example.reviewer, span)
        before = said.get(key)
        label = before[2] if before else None
        for other in example.labels:
            if label not in (None, other):
                remarks.append(f"{example.place}: the label {other!r} left out, after {label!r}")
            label = label or other
        origin = example.origin
        if before is None and not (label or origin.speaker or origin.note or origin.unsure):
            continue
        said[key] = (before[0] if before else example, span, label)
    return list(said.values()), remarks


def _find_key(example: Example, *, by_span: bool) -> Hashable:
    return example.origin.span if by_span else example.text


def _choose(
    examples: Sequence[Example], *, by_span: bool
) -> tuple[dict[Hashable, Example], list[str]]:
    """The sentences: the first example of each."""
    ordered = (
        sorted(examples, key=lambda example: example.origin.span or Span(0, 0))
        if by_span
        else examples
    )
    chosen: dict[Hashable, Example] = {}
    end = 0
    for example in ordered:
        key, span = _find_key(example, by_span=by_span), example.origin.span
        if key in chosen:
            continue
        if by_span and span is not None:
            if span.start < end:
                continue
            end = span.end
        chosen[key] = example
    return chosen, []


def _lay_out(examples: Sequence[Example], *, by_span: bool) -> tuple[str, list[tuple[int, Span]]]:
    """The text, and each sentence's paragraph and span in it."""
    parts: list[str] = []
    places: list[tuple[int, Span]] = []
    at, last = 0, -1
    for example in examples:
        origin = example.origin
        known = origin.paragraph if by_span else None
        paragraph = last + 1 if known is None else max(known, last)
        usual = "" if not places else "\n\n" if paragraph > last else " "
        before = usual if not by_span or origin.before is None else origin.before
        parts += [before, example.text]
        at += len(before) + len(example.text)
        places.append((paragraph, Span(at - len(example.text), at)))
        last = paragraph
    if by_span and examples:
        parts.append(examples[-1].origin.after or "")
    return "".join(parts), places
