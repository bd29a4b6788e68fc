"""Keys by name: as people write them in the settings, and as Textual calls them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Final

from textual.binding import Binding
from textual.keys import KEY_ALIASES, REPLACED_KEYS, Keys, key_to_character

from annotator.errors import ConfigError

MODIFIERS: Final = ("alt", "ctrl", "hyper", "meta", "shift", "super")
"""In the order in which Textual names them."""

_SAME: Final = {
    "ctrl+left_square_bracket": "escape",
    **{alias: key for key, aliases in KEY_ALIASES.items() for alias in aliases},
}


def _find_character(name: str) -> str | None:
    """The character that a key gives, where it has one to be seen: not a space, nor a control."""
    character = key_to_character(REPLACED_KEYS.get(name, name))
    return character if character and character.isprintable() and character != " " else None


# Textual's list holds no key but "return" that it never reports under that name, and beside keys
# only what its parser says to itself, in angle brackets or with a hyphen.
_NAMED: Final = frozenset(
    name
    for name in (key.value.rpartition("+")[2] for key in Keys)
    if re.fullmatch("[a-z0-9]{2,}", name)
    and name not in ("return", "ignore")
    and not _find_character(name)
)


def read_keys(written: str) -> tuple[str, ...]:
    """The keys that `written` names, apart by commas, as Textual calls them.

    A key is a character (`z`, `?`), a name (`f5`, `space`, `pagedown`), or one of these with
    `ctrl+` and the like before it. `ConfigError` for what is no key, and for one that many
    terminals send as another.
    """
    return tuple(dict.fromkeys(read_key(key.strip()) for key in written.split(",")))


def read_key(written: str) -> str:
    """One key as Textual calls it; see `read_keys`."""
    before, plus, last = written.rpartition("+")
    if not last and before[-1:] in ("", "+"):
        # The last plus sign is the key itself.
        before, plus, last = before[:-1], before[-1:], written[-1:]
    held = sorted({part.strip().lower() for part in before.split("+")} if plus else set())
    unknown = [modifier for modifier in held if modifier not in MODIFIERS]
    if unknown:
        raise ConfigError(
            f"there is no key '{written}': what can be held down with another is"
            f" {', '.join(MODIFIERS)}"
        )
    key = "+".join(_hold(held, _read_name(last.strip(), written), written))
    if key in _SAME:
        raise ConfigError(f"many terminals send '{written}' as '{_SAME[key]}': write that")
    return key


def write_key(key: str) -> str:
    """A key of Textual's as people write it: `?` for `question_mark`, `ctrl+r` as it is."""
    held, plus, name = key.rpartition("+")
    character = _find_character(name)
    if character is None or character == "," or name in _NAMED:
        return key
    return f"{held}{plus}{character}"


def name_character(character: str) -> str:
    """What Textual calls the key of a character."""
    # A comma in a binding stands between two keys.
    if character == ",":
        return "comma"
    return next(iter(Binding.make_bindings([Binding(character, "")]))).key


def _read_name(name: str, written: str) -> str:
    if len(name) == 1 and name.isprintable() and name != " ":
        return name_character(name)
    lower = name.lower()
    if lower in _NAMED:
        return lower
    # The names of control characters, as "esc", are names of no key.
    character = _find_character(lower) if lower else None
    if character is not None:
        return name_character(character)
    close = get_close_matches(lower, sorted(_NAMED), n=1)
    guess = f", did you mean '{close[0]}'" if close else ""
    raise ConfigError(
        f"there is no key '{written}'{guess}: write a character, or a name such as f5, space, enter"
        " or pagedown"
    )


def _hold(held: list[str], name: str, written: str) -> list[str]:
    if len(name) == 1 and name.isalpha():
        if held == ["shift"]:
            return [name.upper()]
        # With another key held down terminals do not say which of the two letters it was.
        return [*held, name.lower() if held and held != ["alt"] else name]
    if held == ["shift"] and name not in _NAMED and name != "space":
        raise ConfigError(
            f"there is no key '{written}': write the character that comes with shift held down"
        )
    return [*held, name]
