"""A label scheme as TOML, the form in which people write one.

The scheme's fields stand at the top, or in a table `[scheme]`; each label is a `[[labels]]`, or a
`[[scheme.labels]]`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.config.toml_lines import name_line, parse_toml
from annotator.config.toml_strings import quote, quote_lines
from annotator.errors import SchemeError
from annotator.model.scheme import Label, LabelScheme
from annotator.model.scheme_rules import find_faults

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLE: Final = "scheme"
_FIELDS: Final = ("name", "labels")
_LABEL_FIELDS: Final = ("name", "key", "definition", "colour", "guideline", "denies")
_NEEDED: Final = ("name", "key", "definition")


def parse_scheme(text: str, source: str) -> LabelScheme:
    """Read a scheme from TOML and check it.

    `SchemeError` names `source`, the line where there is one, the label, its key where the trouble
    is with that, and what is wrong.
    """
    found = parse_toml(text, source, error=SchemeError)
    inner = found.get(_TABLE)
    if isinstance(inner, dict) and len(found) == 1:
        return _Reading(inner, text, source, (_TABLE,)).read()
    if isinstance(inner, dict) and found.keys() == {_TABLE, "labels"} and "labels" not in inner:
        return _Reading({**inner, "labels": found["labels"]}, text, source, ()).read()
    return _Reading(found, text, source, ()).read()


def write_scheme(scheme: LabelScheme) -> str:
    """Write a scheme as TOML that `parse_scheme` reads back."""
    return "".join(_write(scheme))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What a scheme's file holds, with its text to find lines in, and which table it stands in."""

    found: dict[str, object]
    text: str
    source: str
    table: tuple[str | int, ...]

    def read(self) -> LabelScheme:
        self._check_fields(self.found, _FIELDS, ("name", "labels"), where=())
        labels = self.found["labels"]
        if not isinstance(labels, list) or not all(isinstance(label, dict) for label in labels):
            raise self._complain(
                ("labels",), f"labels are tables: write each as {self._show_labels_form()}"
            )
        scheme = LabelScheme(
            self._read_text(self.found, "name", where=()),
            tuple(self._read_label(label, place) for place, label in enumerate(labels)),
        )
        for fault in find_faults(scheme):
            if fault.label is None:
                raise self._complain((fault.field,), f"{fault.field}: {fault.problem}")
            label = scheme.labels[fault.label]
            shown = f" '{label.key}'" if fault.field == "key" else ""
            shown = f" '{label.colour}'" if fault.field == "colour" else shown
            raise self._complain(
                ("labels", fault.label, fault.field),
                f"label '{label.name}', {fault.field}{shown}: {fault.problem}",
            )
        return scheme

    def _read_label(self, found: dict[str, object], place: int) -> Label:
        where = ("labels", place)
        self._check_fields(found, _LABEL_FIELDS, _NEEDED, where=where)
        return Label(
            name=self._read_text(found, "name", where=where),
            key=self._read_text(found, "key", where=where),
            definition=self._read_text(found, "definition", where=where),
            colour=self._read_text(found, "colour", where=where) if "colour" in found else None,
            guideline=(
                self._read_text(found, "guideline", where=where) if "guideline" in found else None
            ),
            denies=self._read_names(found, where),
        )

    def _check_fields(
        self,
        found: dict[str, object],
        known: tuple[str, ...],
        needed: tuple[str, ...],
        *,
        where: tuple[str | int, ...],
    ) -> None:
        whose = self._name(found, where)
        for field in found:
            if field not in known:
                raise self._complain(
                    (*where, field),
                    f"{whose} has no field '{field}'; its fields are {_list(known)}",
                )
        for field in needed:
            if field not in found:
                form = self._show_labels_form() if field == "labels" else f"{field} = …"
                raise self._complain(where, f"{whose} has no {field}: add {form}")

    def _read_text(
        self, found: dict[str, object], field: str, *, where: tuple[str | int, ...]
    ) -> str:
        value = found[field]
        if not isinstance(value, str):
            raise self._complain(
                (*where, field), f"{self._name(found, where)}: {field} must be text in quotes"
            )
        return value

    def _read_names(
        self, found: dict[str, object], where: tuple[str | int, ...]
    ) -> tuple[str, ...]:
        value = found.get("denies", [])
        if isinstance(value, list):
            names = [name for name in value if isinstance(name, str)]
            if len(names) == len(value):
                return tuple(names)
        raise self._complain(
            (*where, "denies"),
            f'{self._name(found, where)}: denies must be a list of labels\' names, as ["claim"]',
        )

    def _name(self, found: dict[str, object], where: tuple[str | int, ...]) -> str:
        """What the fields belong to, in words."""
        if not where:
            return "the scheme"
        name = found.get("name")
        return f"label '{name}'" if isinstance(name, str) else f"label {int(where[-1]) + 1}"

    def _show_labels_form(self) -> str:
        """How a label's table begins, in the form that the rest of this file is in."""
        return f"[[{'.'.join(map(str, (*self.table, 'labels')))}]]"

    def _complain(self, where: tuple[str | int, ...], problem: str) -> SchemeError:
        path = (*self.table, *where)
        return SchemeError(f"{name_line(self.text, path, self.source)}: {problem}.")


def _list(names: tuple[str, ...]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}"


def _write(scheme: LabelScheme) -> Iterator[str]:
    yield f"name = {quote(scheme.name)}\n"
    for label in scheme.labels:
        yield "\n[[labels]]\n"
        yield f"name = {quote(label.name)}\nkey = {quote(label.key)}\n"
        yield f"definition = {quote(label.definition)}\n"
        if label.colour is not None:
            yield f"colour = {quote(label.colour)}\n"
        if label.guideline is not None:
            yield f"guideline = {quote_lines(label.guideline)}\n"
        if label.denies:
            yield f"denies = [{', '.join(map(quote, label.denies))}]\n"
