"""Label Studio's JSON-MIN, one object an annotation, brought into the form of its JSON.

In JSON-MIN (https://labelstud.io/guide/export, the converter of label-studio-sdk 2.1.2) each
control of the configuration is a field: a list of its regions, but for a text area with one text
and a choice of one, which are that text alone, and no longer say to which region they belong. The
relations are not in it at all. The fields of the task come first, then `id`, the controls, and
`annotator` with what is known of the annotation.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Found: TypeAlias = "dict[str, object]"

_OWN: Final = {"speaker": "textarea", "note": "textarea", "unsure": "choices"}
"""The controls of our configuration that say something of a region, and their types."""

_LEFT: Final = {
    "speaker": "speakers that name no sentence (JSON-MIN), left out",
    "note": "notes that name no sentence (JSON-MIN), left out",
    "unsure": "flags that name no sentence (JSON-MIN), left out",
}
_OTHERS: Final = "results of other controls (JSON-MIN), left out"
_RELATIONS: Final = "no relations are in JSON-MIN: export as JSON to keep what denies what"


@dataclass(frozen=True, slots=True)
class Task:
    """A task in the form of JSON, and the remarks on what JSON-MIN does not let one tell."""

    fields: Found
    remarks: Sequence[str] = ()


@dataclass(slots=True)
class _Gathered:
    """The annotations of one task so far, and how many of their values had no place."""

    annotations: list[object] = field(default_factory=list)
    left: Counter[str] = field(default_factory=Counter)
    has_regions: bool = False

    def tell(self) -> Iterator[str]:
        """The remarks."""
        yield from (f"{what} ({count})" for what, count in sorted(self.left.items()))
        if self.has_regions:
            yield _RELATIONS


def gather_tasks(found: Sequence[Found], *, label: str) -> list[Task]:
    """The tasks, those of JSON-MIN with all their annotations; `label` is the name of the control
    whose choice for the whole text is its label.
    """
    tasks: list[tuple[Found, _Gathered]] = []
    known: dict[object, _Gathered] = {}
    for one in found:
        if isinstance(one.get("data"), dict) or "annotation_id" not in one:
            tasks.append((one, _Gathered()))
            continue
        key = one["id"] if isinstance(one.get("id"), int | str) else (len(tasks),)
        if key not in known:
            known[key] = _Gathered()
            tasks.append(({"data": one, "annotations": known[key].annotations}, known[key]))
        _widen(one, known[key], label=label)
    return [Task(fields, tuple(gathered.tell())) for fields, gathered in tasks]


def _widen(task: Found, gathered: _Gathered, *, label: str) -> None:
    results = [
        {"id": f"{name}-{place}", "from_name": name, "type": "labels", "value": value}
        for name, values in task.items()
        for place, value in enumerate(values if isinstance(values, list) else [])
        if _is_region(value, "labels")
    ]
    regions = [one["value"] for one in results]
    gathered.has_regions |= bool(regions)
    choice = task.get(label)
    if not regions and isinstance(choice, str):
        value: object = {"choices": [choice]}
        results.append({"from_name": label, "type": "choices", "value": value})
    own_fields = _list_own_fields(task)
    for name, kind in _OWN.items():
        said = None if name in own_fields else task.get(name)
        results += _place(said, name, kind, regions=regions, left=gathered.left)
    for name in _list_controls(task) if own_fields else []:
        if name not in (label, "reviewer", *_OWN) and not _holds_regions(task[name]):
            gathered.left[_OTHERS] += 1
    reviewer: object = {"text": [task.get("reviewer")]}
    results.append({"from_name": "reviewer", "type": "textarea", "value": reviewer})
    times = {name: task.get(name) for name in ("created_at", "updated_at")}
    whole = {"result": results, "completed_by": task.get("annotator"), **times}
    gathered.annotations.append(whole)


def _place(
    found: object, name: str, kind: str, *, regions: Sequence[object], left: Counter[str]
) -> Iterator[Found]:
    """The values of a control as results on their regions. One without offsets belongs to the only
    region that there is; of several, nobody can say which.
    """
    part = "text" if kind == "textarea" else "choices"
    for value in found if isinstance(found, list) else [] if found is None else [found]:
        if _is_region(value, part):
            yield {"from_name": name, "type": kind, "value": value}
        elif isinstance(value, str) and len(regions) == 1 and isinstance(regions[0], dict):
            ends = {end: regions[0][end] for end in ("start", "end")}
            yield {"from_name": name, "type": kind, "value": {**ends, part: [value]}}
        else:
            left[_LEFT[name]] += 1


def _list_own_fields(task: Found) -> list[str]:
    """What stands in front of `id`: the task's own. None, if it has an `id` of its own in front."""
    names = list(task)
    return names[: names.index("id")] if "id" in names else []


def _list_controls(task: Found) -> list[str]:
    """What stands between `id` and `annotator`, with which the annotation's own fields begin."""
    names = list(task)
    end = names.index("annotator") if "annotator" in names else 0
    return names[names.index("id") + 1 : end]


def _holds_regions(values: object) -> bool:
    return isinstance(values, list) and all(_is_region(value, "labels") for value in values)


def _is_region(value: object, part: str) -> bool:
    return isinstance(value, dict) and {"start", "end", part} <= value.keys()
