"""The program's own export: documents, sentences, labels, and the history where it was asked for.

What it says is checked as if it came from a stranger: hashes, offsets, who denies what.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.errors import SourceError, StoreError
from annotator.model.adjudication import Adjudication
from annotator.model.document import Article, derive_document_id, derive_sentence_id, hash_text
from annotator.model.event import Draft, EventKind, Rule
from annotator.model.event_value import read_value
from annotator.model.scheme import LabelScheme, read_scheme
from annotator.model.span import Span
from annotator.readers import Reading, Said, Source
from annotator.text.decode import decode
from annotator.text.display import show_line
from annotator.text.normalize import check_holds_text, check_line_length, normalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from annotator.model.event import Value

DESCRIPTION = "the program's own 'json' export, with all that it holds"
SUFFIXES = (".json",)
VERSION: Final = 1
_SNIFFED: Final = 200
_LONGEST: Final = 2**53


def sniff(source: Source) -> bool:
    """Whether the file begins as an export does."""
    head = source.content[:_SNIFFED].replace(b" ", b"").replace(b"\n", b"").replace(b"\r", b"")
    return head.lstrip(b"\xef\xbb\xbf").startswith(b'{"format":"annotator"')


def read(source: Source) -> Iterator[Reading]:
    """Each document of the export. `SourceError` for what is none, or contradicts itself."""
    decoded = decode(source.content, source.name, encoding=source.encoding or "utf-8")
    try:
        found: object = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        raise _refuse(source, f"it is not JSON ({error})") from error
    if "\\ud" in decoded.text.lower() and not _is_whole(found):
        raise _refuse(source, "half a character stands in it")
    match found:
        case {"format": "annotator", "version": int(version), **rest}:
            if version > VERSION or version < 1:
                raise _refuse(source, f"version {version} of the format is newer than this program")
        case _:
            raise _refuse(source, "it does not begin as one")
    match rest:
        case {"scheme": scheme, "documents": list(documents)}:
            labels = _read_scheme(source, scheme)
        case _:
            raise _refuse(source, "it has no scheme or no documents")
    for number, document in enumerate(documents, 1):
        yield _Document(source, number, labels).read(document)


def _is_whole(found: object) -> bool:
    """Whether no string holds half of a character, which no database takes."""
    try:
        json.dumps(found, ensure_ascii=False).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _read_scheme(source: Source, scheme: object) -> LabelScheme:
    try:
        return read_scheme(scheme)
    except StoreError as error:
        raise _refuse(source, f"its label scheme cannot be read ({error})") from error


def _refuse(source: Source, why: str) -> SourceError:
    return SourceError(
        f"{show_line(source.name)} is no export of this program's: {show_line(why)}. Export it"
        " anew, or name its format with --format."
    )


@dataclass(frozen=True, slots=True)
class _Document:
    """One document of the file, the `number`th."""

    source: Source
    number: int
    scheme: LabelScheme

    def read(self, found: object) -> Reading:
        match found:
            case {
                "id": str(id_),
                "title": str(title),
                "source": str() | None as origin,
                "author": str() | None as author,
                "published": str() | None as published,
                "language": str(language),
                "sha256": str(text_hash),
                "imported_at": str(imported_at),
                "replaces": str() | None as replaces,
                "text": str(text),
                "sentences": list(sentences),
                **rest,
            }:
                self._check_text(text, text_hash, id_)
                article = Article(text, title, origin, author, published, language, replaces)
            case _:
                raise self._refuse("lacks a field, or has one of another type")
        spans = self._read_spans(id_, text, sentences)
        said = tuple(one for row in sentences for one in self._read_said(row, spans))
        settled = tuple(one for row in sentences for one in self._read_settled(row, spans))
        return Reading(
            article,
            cut=tuple(self._cut(row, spans) for row in sentences),
            said=said,
            scheme=self.scheme if said or settled else None,
            imported_at=imported_at,
            history=self._read_history(rest.get("events"), id_, len(text)),
            settled=settled,
        )

    def _check_text(self, text: str, text_hash: str, id_: str) -> None:
        if normalize(text).text != text:
            raise self._refuse("has a text with control characters or carriage returns")
        try:
            real = hash_text(text)
        except UnicodeEncodeError as error:
            raise self._refuse("has a text with half a character in it") from error
        check_holds_text(text, self.source.name)
        check_line_length(text, self.source.name)
        if real != text_hash or derive_document_id(real) != id_:
            raise self._refuse("has a text that its hash is not of: it was changed")

    def _read_spans(self, id_: str, text: str, rows: list[object]) -> dict[str, Span]:
        spans: dict[str, Span] = {}
        at = 0
        for row in rows:
            match row:
                case {"start": int(start), "end": int(end), "text": str(sentence), "id": str(name)}:
                    is_there = at <= start < end <= len(text) and text[start:end] == sentence
                case _:
                    raise self._refuse("has a sentence that lacks a field")
            span = Span(start, end)
            if not is_there or name != derive_sentence_id(id_, span) or sentence.strip() == "":
                raise self._refuse(f"has no such sentence in its text as {start}-{end}")
            spans[name] = span
            at = end
        return spans

    def _cut(self, row: object, spans: dict[str, Span]) -> tuple[int, Span]:
        match row:
            case {"paragraph": int(paragraph), "id": str(name)} if 0 <= paragraph <= len(spans):
                return paragraph, spans[name]
        raise self._refuse("has a sentence without its paragraph")

    def _read_said(self, row: object, spans: dict[str, Span]) -> Iterator[Said]:
        match row:
            case {"id": str(name), "annotations": list(annotations)}:
                for annotation in annotations:
                    yield self._read_annotation(annotation, spans[name], spans)
            case _:
                raise self._refuse("has a sentence without its annotations")

    def _read_settled(self, row: object, spans: dict[str, Span]) -> Iterator[Adjudication]:
        match row:
            case {"adjudication": None}:
                return
            case {"id": str(name), "adjudication": dict(found)}:
                yield self._read_adjudication(found, spans[name])
            case {"adjudication": _}:
                raise self._refuse("has an adjudication that lacks a field")

    def _read_adjudication(self, found: dict[str, object], span: Span) -> Adjudication:
        match found:
            case {
                "reviewer": str(reviewer),
                "label": str(label),
                "note": str() | None as note,
                "created_at": str(created_at),
            } if reviewer.strip() and found.get("rule") in (None, *Rule):
                rule = found.get("rule")
                named = None if rule is None else Rule(str(rule))
                return Adjudication(span, reviewer, label, note, named, created_at)
        raise self._refuse("has an adjudication that lacks a field, or has one of another type")

    def _read_annotation(self, found: object, span: Span, spans: dict[str, Span]) -> Said:
        match found:
            case {
                "reviewer": str(reviewer),
                "label": str() | None as label,
                "speaker": str() | None as speaker,
                "denies": list(names),
                "note": str() | None as note,
                "unsure": bool(unsure),
                "created_at": str(created_at),
                "updated_at": str(updated_at),
            } if reviewer.strip():
                denies = tuple(self._find(name, spans) for name in names)
                return Said(
                    span, label, reviewer, speaker, note, unsure, denies, created_at, updated_at
                )
        raise self._refuse("has an annotation that lacks a field, or has one of another type")

    def _find(self, name: object, spans: dict[str, Span]) -> Span:
        if isinstance(name, str) and name in spans:
            return spans[name]
        raise self._refuse("has a denial of a sentence that it does not have")

    def _read_history(self, found: object, id_: str, length: int) -> tuple[Draft, ...]:
        if found is None:
            return ()
        if not isinstance(found, list):
            raise self._refuse("has a history that is no list")
        events = tuple(self._read_event(event, id_, length) for event in found)
        kinds = [event.kind for event in events]
        if kinds[:1] != [EventKind.IMPORT] or EventKind.IMPORT in kinds[1:]:
            raise self._refuse("has a history that does not begin with its import")
        return events

    def _read_event(self, found: object, id_: str, length: int) -> Draft:
        match found:
            case {
                "id": str(event_id),
                "step": str(step),
                "start": int() | None as start,
                "end": int() | None as end,
                "reviewer": str(reviewer),
                "kind": str(kind),
                "value": value,
                "time": str(time),
                "spent_ms": int(spent_ms),
                "guideline": str(guideline),
                "target": str() | None as target,
            } if kind in set(EventKind) and 0 <= spent_ms < _LONGEST:
                span = None
                if start is not None and end is not None:
                    if not 0 <= start < end <= length:
                        raise self._refuse("has an event about what lies outside its text")
                    span = Span(start, end)
                return Draft(
                    id=event_id,
                    step=step,
                    document_id=id_,
                    span=span,
                    reviewer=reviewer,
                    kind=EventKind(kind),
                    value=self._read_value(EventKind(kind), value),
                    time=time,
                    spent_ms=spent_ms,
                    guideline=guideline,
                    target=target,
                )
        raise self._refuse("has an event that lacks a field, or has one of another type")

    def _read_value(self, kind: EventKind, value: object) -> Value:
        try:
            return read_value(kind, None if value is None else json.dumps(value))
        except StoreError as error:
            raise self._refuse(f"has an event that cannot be read ({error})") from error

    def _refuse(self, why: str) -> SourceError:
        return _refuse(self.source, f"its document {self.number} {why}")
