"""Label Studio's tasks: what its JSON and JSON-MIN exports hold, and what is imported into it.

After https://labelstud.io/guide/task_format.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

from annotator.errors import SourceError
from annotator.model.document import Article
from annotator.model.span import Span
from annotator.readers import Reading, Said, Source
from annotator.text.decode import decode
from annotator.text.display import show_line
from annotator.text.json_min import Task, gather_tasks
from annotator.text.normalize import check_holds_text, check_line_length, normalize, title_of
from annotator.text.task_spans import Stretch, TaskSpans
from annotator.text.utf16 import Offsets, map_offsets

if TYPE_CHECKING:
    from collections.abc import Iterator

DESCRIPTION = "Label Studio's tasks with annotations and predictions (JSON, JSON-MIN)"
SUFFIXES = (".json",)

Found: TypeAlias = "dict[str, object]"

_BEGINNING: Final = re.compile(rb'\s*(?:\[\s*)?\{\s*(?:"id"\s*:\s*\d+\s*,\s*)?"data"\s*:\s*\{')
_HALF: Final = re.compile(r"\\u[dD][89a-fA-F]")
_DATE: Final = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d+)?(?:Z|\+00:00)")
_ADDRESS: Final = re.compile(r"(?:https?|s3|gs|azure-blob)://\S+|/data/\S+")
_UNTEXTUAL: Final = ("image", "audio", "video", "html", "dialogue", "csv", "timeseries", "pdf")


@dataclass(slots=True)
class _Region:
    """What an annotation says of one stretch of the text."""

    span: Span
    label: str | None = None
    texts: dict[str, str] = field(default_factory=dict)
    unsure: bool = False
    times: Found = field(default_factory=dict)
    denies: set[Span] = field(default_factory=set)


def sniff(source: Source) -> bool:
    """Whether it begins like a task, or names a task's parts anywhere."""
    content = source.content.removeprefix(b"\xef\xbb\xbf")
    if _BEGINNING.match(content):
        return True
    if content.lstrip()[:1] not in (b"[", b"{"):
        return False
    parts = (b'"annotations"', b'"predictions"', b'"completions"')
    if b'"data"' in content and any(part in content for part in parts):
        return b'"documents"' not in content
    return b'"annotation_id"' in content and b'"annotator"' in content


def read(source: Source) -> Iterator[Reading]:
    """An article a task. `SourceError` for what is no list of tasks, or a task without a text."""
    for number, task in enumerate(_list_tasks(source), 1):
        yield _read_task(task, number, source)


def _list_tasks(source: Source) -> list[Task]:
    shown = show_line(source.name)
    text = decode(source.content, source.name, encoding=source.encoding).text
    try:
        found: object = json.loads(text)
        if _HALF.search(text):
            json.dumps(found, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError as error:
        raise SourceError(
            f"Line {error.lineno} of {shown} is not JSON: export the tasks from Label Studio again."
        ) from None
    except UnicodeEncodeError:
        raise SourceError(
            f"{shown} holds half of a surrogate pair, which is no character: correct that text."
        ) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, or lists in lists
        raise SourceError(
            f"{shown} is nested too deeply, or holds too long a number: export the tasks again."
        ) from None
    tasks = found if isinstance(found, list) else [found]
    if not tasks:
        raise SourceError(f"{shown} holds no task: check that it is the file that you meant.")
    objects = [_expect_object(task, number, shown) for number, task in enumerate(tasks, 1)]
    return gather_tasks(objects, label=source.fields.get("label", "label"))


def _expect_object(task: object, number: int, shown: str) -> Found:
    if isinstance(task, dict):
        return task
    raise SourceError(
        f"Task {number} of {shown} is no object: name the file's format with --format."
    )


def _read_task(task: Task, number: int, source: Source) -> Reading:
    where = f"Task {number} of {show_line(source.name)}"
    data = task.fields.get("data", task.fields)
    if not isinstance(data, dict):
        raise SourceError(f"{where} has no data: export the tasks from Label Studio again.")
    text = _read_text(data, where, source)
    remarks: list[str] = []
    if len(text.dropped) > text.raw.count("\r\n"):
        remarks.append(f"task {number}: control characters left out")
    remarks += [f"task {number}: {told}" for told in task.remarks]
    saying = _Saying(f"task {number}", TaskSpans(text))
    said, suggestions = saying.read(task.fields)
    article = Article(
        text=text.stored,
        title=_read_field(data, "title", source) or title_of(text.stored),
        source=_read_field(data, "source", source) or source.origin,
        author=_read_field(data, "author", source),
        published=_read_field(data, "published", source),
        language=source.language or _read_field(data, "language", source) or "en",
    )
    told = (*remarks, *saying.tell())
    return Reading(article, told, said=said, suggestions=suggestions)


def _read_text(data: Found, where: str, source: Source) -> Offsets:
    name = source.fields.get("text", "text")
    raw = data.get(name)
    texts = [key for key, value in data.items() if isinstance(value, str)]
    if raw is None and name == "text" and len(texts) == 1 and texts[0] not in _UNTEXTUAL:
        raw = data[texts[0]]
    if not isinstance(raw, str):
        known = ", ".join(show_line(key) for key in data) or "none"
        raise SourceError(
            f"{where} has no text under {show_line(name)!a}; its fields are {known}. Only tasks on "
            "plain text can be read, not on images, sound, HTML or dialogues."
        )
    if _ADDRESS.fullmatch(raw.strip()):
        raise SourceError(
            f"{where} does not hold its text, only the address {show_line(raw)}: "
            "import that file, or export tasks that hold their texts."
        )
    text = map_offsets(raw)
    check_holds_text(text.stored, where)
    check_line_length(text.stored, where)
    return text


def _read_field(data: Found, name: str, source: Source) -> str | None:
    value = data.get(source.fields.get(name, name))
    return normalize(value).text.strip() or None if isinstance(value, str) else None


@dataclass(slots=True)
class _Saying:
    """Reads what a task's annotations say, and remarks on what it leaves out."""

    where: str
    spans: TaskSpans
    counts: Counter[str] = field(default_factory=Counter)

    def read(self, task: Found) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
        """What people said, and what programs suggested."""
        said = self._read_parts(task, "annotations", "completions")
        return said, self._read_parts(task, "predictions")

    def tell(self) -> Iterator[str]:
        """The remarks."""
        yield from (f"{self.where}: {remark}" for remark in self.spans.remarks)
        for what, count in sorted(self.counts.items()):
            yield f"{self.where}: {what} ({count})"

    def _read_parts(self, task: Found, *parts: str) -> tuple[Said, ...]:
        said: dict[tuple[str | None, Span], Said] = {}
        for part in parts:
            for number, found in enumerate(_list(task.get(part)), 1):
                for one in self._read_annotation(found, f"{part[:-1]} {number}", part):
                    if (one.reviewer, one.span) in said:
                        self.counts["said of a sentence a second time, left out"] += 1
                    else:
                        said[one.reviewer, one.span] = one
        return tuple(said.values())

    def _read_annotation(self, found: object, name: str, part: str) -> Iterator[Said]:
        if not isinstance(found, dict):
            self.counts[f"{part} of which the file has only the number"] += 1
            return
        if found.get("was_cancelled") is True:
            self.spans.remarks.append(f"{name} was cancelled in Label Studio, left out")
            return
        results = [one for one in _list(found.get("result")) if isinstance(one, dict)]
        if part == "predictions":
            reviewer: str | None = f"model:{_name(found.get('model_version')) or 'unknown'}"
        else:
            reviewer = _find_reviewer(found, results)
        for region in self._read_regions(results, name):
            if region.label or region.texts or region.unsure or region.denies:
                yield _conclude(region, reviewer, found)

    def _read_regions(self, results: list[Found], name: str) -> Iterator[_Region]:
        spans = self.spans.find(dict(self._list_stretches(results, name)), name=name)
        regions: dict[Span, _Region] = {}
        places: dict[str, Span] = {}
        whole = not spans and not any("start" in _value(one) for one in results)
        for number, result in enumerate(results):
            span = spans.get(number)
            if whole and result.get("type") == "choices":
                whole_text = Span(0, len(self.spans.text.stored))
                span = self.spans.claim(whole_text, f"{name}: its choice")
            if span is not None:
                places[str(result.get("id"))] = span
                self._fill(regions.setdefault(span, _Region(span)), result, whole=whole)
            elif not (_is_reviewer(result) or "start" in _value(result) or "from_id" in result):
                self.counts["results on the whole text, left out"] += 1
        for result in results:
            if result.get("type") == "relation":
                self._link(regions, result, places)
        yield from regions.values()

    def _fill(self, region: _Region, result: Found, *, whole: bool) -> None:
        value, name = _value(result), result.get("from_name")
        meta = result.get("meta")
        if isinstance(meta, dict):
            region.times.update(meta)
            if note := _first_text(meta.get("text")):
                region.texts.setdefault("note", note)
        if result.get("type") == "choices" and name == "unsure":
            region.unsure = bool(_list(value.get("choices")))
        elif result.get("type") == "textarea" and name in ("speaker", "note"):
            if written := _first_text(value.get("text")):
                region.texts[str(name)] = written
        elif result.get("type") == "labels" or (whole and result.get("type") == "choices"):
            names = _list(value.get("labels", value.get("choices")))
            labels = [label for label in map(_name, names) if label]
            for label in labels:
                if region.label is None:
                    region.label = label
                elif region.label != label:
                    self.counts["further labels of a sentence, left out"] += 1
        else:
            self.counts["results of a kind that has no place here, left out"] += 1

    def _link(self, regions: dict[Span, _Region], result: Found, places: dict[str, Span]) -> None:
        ends = [places.get(str(result.get(end))) for end in ("from_id", "to_id")]
        labels, direction = _list(result.get("labels")), result.get("direction", "right")
        one, other = ends if direction != "left" else reversed(ends)
        if one is None or other is None or one == other or (labels and "denies" not in labels):
            self.counts["relations other than of a denial to its claim, left out"] += 1
            return
        regions[one].denies.add(other)
        if direction == "bi":
            regions[other].denies.add(one)

    def _list_stretches(self, results: list[Found], name: str) -> Iterator[tuple[int, Stretch]]:
        for number, result in enumerate(results):
            value = _value(result)
            if "start" not in value:
                continue
            start, end = value["start"], value.get("end")
            if not (type(start) is int and type(end) is int):
                raise SourceError(
                    f"{self.where.capitalize()}, {name}: a region is not on plain text, but on "
                    "HTML or sound: such tasks cannot be read, leave them out."
                )
            text = value.get("text")
            repeated = text if isinstance(text, str) else None
            yield number, Stretch(f"{name}: region {number + 1}", start, end, repeated)


def _conclude(region: _Region, reviewer: str | None, annotation: Found) -> Said:
    return Said(
        span=region.span,
        label=region.label,
        reviewer=reviewer,
        speaker=region.texts.get("speaker"),
        note=region.texts.get("note"),
        unsure=region.unsure,
        denies=tuple(sorted(region.denies)),
        created_at=_read_time("created_at", region.times, annotation),
        updated_at=_read_time("updated_at", region.times, annotation),
    )


def _read_time(name: str, *places: Found) -> str | None:
    """The first of them, to the second; a time of another form is none."""
    for place in places:
        match = _DATE.fullmatch(str(place.get(name)))
        if match is not None:
            return f"{match[1]}Z"
    return None


def _find_reviewer(annotation: Found, results: list[Found]) -> str | None:
    for result in results:
        if _is_reviewer(result) and (name := _name(_first_text(_value(result).get("text")))):
            return name
    match annotation.get("completed_by"):
        case {"email": str(email)} if email:
            return _name(email)
        case bool() | None:
            return None
        case int(number) | {"id": int(number)} if abs(number) < 10**18:
            return f"user-{number}"
        case str(name):
            return _name(name)
    return None


def _is_reviewer(result: Found) -> bool:
    return result.get("from_name") == "reviewer" and result.get("type") == "textarea"


def _value(result: Found) -> Found:
    value = result.get("value")
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _name(value: object) -> str | None:
    return " ".join(normalize(value).text.split()) or None if isinstance(value, str) else None


def _first_text(value: object) -> str | None:
    """The texts of a text area as one."""
    texts = [value] if isinstance(value, str) else _list(value)
    found = [normalize(text).text.strip() for text in texts if isinstance(text, str)]
    return "\n".join(text for text in found if text) or None
