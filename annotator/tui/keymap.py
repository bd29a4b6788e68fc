"""The keys that the user has moved: whether each is one, and each does one thing only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from annotator.errors import ConfigError
from annotator.tui.bindings import bind_adjudication, bind_labels, bind_screen, list_keyless
from annotator.tui.key_names import read_keys, write_key
from annotator.tui.keys import (
    ADJUDICATION_KEYS,
    DENY_ID,
    FIXED,
    LABEL_ID,
    LABELLING_KEYS,
    LIBRARY_KEYS,
    ONLY_IN_SEARCH,
    SEARCH_KEYS,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from textual.binding import Binding

    from annotator.model.scheme import LabelScheme

QUIT: Final = "quit"

_SHARED: Final = frozenset(("note", action) for action in ONLY_IN_SEARCH)
"""Actions that may have the same key: while a search is on, its keys take the place of a note's."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action with its keys, as people write them, and where they come from, for a person."""

    id: str
    keys: tuple[str, ...]
    origin: str


def check_keys(keys: Mapping[str, str], *, scheme: LabelScheme, source: Path | None = None) -> None:
    """Check the user's own keys, action id → keys, with a scheme's labels.

    `ConfigError` for an action or a key that does not exist, and for a key that would do two things
    on one screen: it names both. `source` is the settings file, for the line. Keys for labels that
    this scheme does not have are passed over, since one file serves all of a user's databases.
    """
    known = [*dict.fromkeys(binding.id or "" for binding in _list_all(scheme))]
    for action, written in keys.items():
        if action not in known and not action.startswith((LABEL_ID, DENY_ID)):
            raise _complain(
                source,
                action,
                f"there is no action '{action}'; the actions are {', '.join(known)}",
            )
        if action in FIXED:
            raise _complain(
                source, action, f"the action '{action}' cannot be moved: its key is kept for it"
            )
        try:
            read_keys(written)
        except ConfigError as error:
            raise _complain(source, action, f"the action '{action}': {error}") from error
    for name, bindings in _list_screens(scheme, keys):
        _check_screen(name, bindings, keys=keys, source=source)


def list_actions(*, scheme: LabelScheme, keys: Mapping[str, str] | None = None) -> list[Action]:
    """Every action that can have a key, with those that it has; labels first."""
    found: dict[str, dict[str, None]] = {}
    for _, bindings in _list_screens(scheme, keys or {}):
        for binding in bindings:
            shown = map(write_key, binding.key.split(","))
            found.setdefault(binding.id or "", {}).update(dict.fromkeys(shown))
    for keyless in list_keyless(scheme, keys):
        found.setdefault(keyless.id, {})
    return [Action(id_, tuple(own), _name_origin(id_, own)) for id_, own in found.items()]


def _name_origin(action: str, keys: dict[str, None]) -> str:
    if not keys:
        return "gave way to a label; it is in the palette"
    return "label scheme" if action.startswith((LABEL_ID, DENY_ID)) else "default"


def _list_all(scheme: LabelScheme) -> list[Binding]:
    tables = (LABELLING_KEYS, LIBRARY_KEYS, SEARCH_KEYS, ADJUDICATION_KEYS)
    return [*bind_labels(scheme), *(binding for table in tables for binding in table)]


def _list_screens(
    scheme: LabelScheme, keys: Mapping[str, str]
) -> Iterator[tuple[str, list[Binding]]]:
    yield "labelling", bind_screen(LABELLING_KEYS, scheme=scheme, keys=keys)
    yield "library", bind_screen(LIBRARY_KEYS, keys=keys)
    yield "search", bind_screen(SEARCH_KEYS, keys=keys)
    yield "adjudication", bind_adjudication(scheme, keys)


def _check_screen(
    screen: str, bindings: list[Binding], *, keys: Mapping[str, str], source: Path | None
) -> None:
    first: dict[str, Binding] = {}
    # Those of a search last, so that it is the note that a key is said to be taken by.
    for binding in sorted(bindings, key=lambda binding: binding.id in ONLY_IN_SEARCH):
        id_ = binding.id or ""
        for key in binding.key.split(","):
            for reason in _list_objections(screen, key, id_):
                raise _complain(
                    source, id_, f"the action '{id_}' cannot have '{write_key(key)}', {reason}"
                )
            other = first.setdefault(key, binding)
            if other is not binding and (other.id, id_) not in _SHARED:
                moved = id_ if id_ in keys else other.id or ""
                raise _complain(source, moved, _describe_clash(key, other, binding, screen))


def _list_objections(screen: str, key: str, action: str) -> Iterator[str]:
    if key == "ctrl+q" and action != QUIT:
        yield f"which is always '{QUIT}'"
    if key == "enter" and screen == "labelling" and action not in FIXED:
        yield "which is kept for accepting a suggestion"
    if screen == "search" and (key == "space" or len(write_key(key)) == 1 or key == "comma"):
        yield "since characters are for the words that are searched for"


def _describe_clash(key: str, one: Binding, other: Binding, screen: str) -> str:
    return (
        f"on the {screen} screen the key '{write_key(key)}' would do two things,"
        f" '{one.id}' ({one.description}) and '{other.id}' ({other.description}): give one of them"
        " another key in [keys]"
    )


def _complain(source: Path | None, action: str, problem: str) -> ConfigError:
    """The error, with the line of the action where the settings file can still be read."""
    if source is None:
        return ConfigError(f"[keys] in the settings: {problem}.")
    from annotator.config.toml_lines import name_line

    try:
        text = source.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        text = ""
    return ConfigError(f"{name_line(text, ('keys', action), str(source))}: {problem}.")
