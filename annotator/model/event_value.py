"""The values of events as JSON, for storing, and back."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Final, TypeAlias

from annotator.errors import StoreError
from annotator.model.event import (
    Assigned,
    Denied,
    EventKind,
    Given,
    Imported,
    Recut,
    Renamed,
    Rule,
    Settled,
    Suggested,
    Value,
)
from annotator.model.scheme import LabelScheme, describe_scheme, read_scheme
from annotator.model.span import Span

_Fields: TypeAlias = "dict[str, object]"


def write_value(value: Value) -> str | None:
    """Write a value as JSON, for storing; `None` stays `None`."""
    if value is None:
        return None
    match value:
        case str() | bool():
            return json.dumps(value, ensure_ascii=False)
        case LabelScheme():
            return json.dumps(describe_scheme(value), ensure_ascii=False)
    fields: _Fields = {name: getattr(value, name) for name in value.__slots__}
    for name in _SPANS:
        if name in fields:
            fields[name] = [[span.start, span.end] for span in getattr(value, name)]
    return json.dumps(fields, ensure_ascii=False)


_SPANS: Final = ("spans", "denies", "parts")
"""Fields of values that are spans: each written as a pair of numbers."""


def read_value(kind: EventKind, stored: str | None) -> Value:
    """Read what `write_value` wrote for an event of this kind; `StoreError` for anything else."""
    if stored is None:
        return None
    if kind is EventKind.LABEL:
        return _read_label(stored)
    return _read(kind, stored)


@lru_cache(maxsize=256)
def _read_label(stored: str) -> Value:
    # Most of a log is the same few labels, of which JSON would take a tenth of a merge.
    return _read(EventKind.LABEL, stored)


def _read(kind: EventKind, stored: str) -> Value:
    try:
        found: object = json.loads(stored)
    except (ValueError, RecursionError) as error:
        raise StoreError(f"An event of kind {kind} holds a value that is not JSON.") from error
    match kind:
        case EventKind.LABEL | EventKind.NOTE | EventKind.SPEAKER if isinstance(found, str):
            return found
        case EventKind.UNSURE if isinstance(found, bool):
            return found
        case EventKind.DENIES if isinstance(found, dict):
            return _read_denied(found)
        case EventKind.GIVEN if isinstance(found, dict):
            return _read_given(found)
        case EventKind.IMPORT if isinstance(found, dict):
            return _read_imported(found)
        case EventKind.SPLIT | EventKind.JOIN if isinstance(found, dict):
            return _read_recut(found)
        case EventKind.SCHEME:
            return read_scheme(found)
        case EventKind.SUGGEST if isinstance(found, dict):
            return _read_suggested(found)
        case EventKind.SETTLE if isinstance(found, dict):
            return _read_settled(found)
        case EventKind.ASSIGN if isinstance(found, dict):
            return _read_assigned(found)
        case EventKind.RENAME if isinstance(found, dict):
            return _read_renamed(found)
    raise StoreError(f"An event of kind {kind} holds a value that does not belong to it.")


def _read_denied(found: _Fields) -> Denied:
    match found:
        case {"label": str(label), "spans": list(pairs)}:
            return Denied(label, tuple(_read_span(pair) for pair in pairs))
    raise StoreError(
        "An event of kind denies holds a value that does not belong to it: no label and spans."
    )


def _read_given(found: _Fields) -> Given:
    match found:
        case {
            "label": str() | None as label,
            "speaker": str() | None as speaker,
            "note": str() | None as note,
            "unsure": bool(unsure),
            "denies": list(pairs),
            "created_at": str(created_at),
            "updated_at": str(updated_at),
        }:
            spans = tuple(_read_span(pair) for pair in pairs)
            return Given(label, speaker, note, unsure, spans, created_at, updated_at)
    raise StoreError("An annotation that came in whole does not say what it must.")


def _read_recut(found: _Fields) -> Recut:
    match found:
        case {"parts": [first, second], "strength": list(names)}:
            strength = tuple(name for name in names if isinstance(name, str))
            return Recut((_read_span(first), _read_span(second)), strength)
    raise StoreError("A split or a join does not say which two parts it is about.")


def _read_suggested(found: _Fields) -> Suggested:
    match found:
        case {
            "program": str(program),
            "label": str() | None as label,
            "speaker": str() | None as speaker,
            "denies": list(pairs),
        }:
            return Suggested(program, label, speaker, tuple(_read_span(pair) for pair in pairs))
    raise StoreError("A suggestion does not say what it must.")


def _read_settled(found: _Fields) -> Settled:
    match found:
        case {
            "label": str() | None as label,
            "note": str() | None as note,
            "rule": "unanimous" | "majority" | None as rule,
        }:
            return Settled(label, note, None if rule is None else Rule(rule))
    raise StoreError("A settlement does not say what it must.")


def _read_assigned(found: _Fields) -> Assigned:
    match found:
        case {"reviewer": str(reviewer), "again": bool(again), "withdrawn": bool(withdrawn)}:
            return Assigned(reviewer, again, withdrawn)
    raise StoreError("An assignment does not say what it must.")


def _read_renamed(found: _Fields) -> Renamed:
    match found:
        case {"old": str(old), "new": str(new)}:
            return Renamed(old, new)
    raise StoreError("A renaming does not say what it must.")


def _read_span(pair: object) -> Span:
    match pair:
        # To Python true and false are numbers too.
        case [int(start), int(end)] if not isinstance(start, bool) and not isinstance(end, bool):
            return Span(start, end)
    raise StoreError("An event names a span that is not two numbers.")


def _read_imported(found: _Fields) -> Imported:
    texts = {name: found.get(name) for name in Imported.__slots__}
    match texts:
        case {
            "title": str(title),
            "source": str() | None as source,
            "author": str() | None as author,
            "published": str() | None as published,
            "language": str(language),
            "replaces": str() | None as replaces,
            "layout": str(layout),
        }:
            return Imported(title, source, author, published, language, replaces, layout)
    raise StoreError("A document's import does not say what it must.")
