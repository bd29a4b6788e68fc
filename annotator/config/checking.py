"""What a settings file says, checked: names, types, and where each of them stands."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from annotator.config.settings import KNOWN, LONGEST_NAME, Settings, is_reviewer_name
from annotator.config.toml_lines import decode_toml, name_line, parse_toml
from annotator.errors import ConfigError

_NAMES: Final = ("reviewer", "database", "theme", "auto_advance", "keys")


def check_settings(content: bytes, path: Path) -> Settings:
    """The settings in a file's content. `ConfigError` with the line of what is wrong."""
    text = decode_toml(content, str(path), error=ConfigError)
    return _Reading(parse_toml(text, str(path), error=ConfigError), text, path).read()


@dataclass(frozen=True, slots=True)
class _Reading:
    """A settings file's content, and its text to find lines in."""

    found: dict[str, object]
    text: str
    path: Path

    def read(self) -> Settings:
        for name in self.found:
            if name not in _NAMES:
                raise self._complain(
                    (name,), f"there is no setting '{name}'{_guess(name)}; {KNOWN}."
                )
        return Settings(
            path=self.path,
            reviewer=self._read_reviewer(),
            database=self._read_database(),
            theme=self._read_text("theme"),
            auto_advance=self._read_flag("auto_advance", default=True),
            keys=self._read_keys(),
            found=frozenset(self.found),
        )

    def _read_text(self, name: str) -> str | None:
        value = self.found.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not value.strip() or not value.isprintable():
            raise self._complain(
                (name,),
                f"{name} must be text in quotes, with a character at least and none that cannot be"
                f' shown, as {name} = "…"; it is {_name_type(value)}.',
            )
        return value.strip()

    def _read_flag(self, name: str, *, default: bool) -> bool:
        value = self.found.get(name, default)
        if not isinstance(value, bool):
            raise self._complain(
                (name,), f"{name} must be true or false, without quotes; it is {_name_type(value)}."
            )
        return value

    def _read_reviewer(self) -> str | None:
        name = self._read_text("reviewer")
        if name is not None and not is_reviewer_name(name):
            raise self._complain(
                ("reviewer",),
                f"the reviewer's name will not do: give one of 1 to {LONGEST_NAME} characters,"
                " other than 'all'.",
            )
        return name

    def _read_database(self) -> str | None:
        """An address, or a path: from the home folder with `~`, else from the file's own folder."""
        name = self._read_text("database")
        if name is None or "://" in name:
            return name
        try:
            # Joined to an absolute path, what comes before it is dropped.
            return str(self.path.absolute().parent / Path(name).expanduser())
        except RuntimeError as error:
            raise self._complain(
                ("database",), f"this system knows no home folder for '{name}': write it out."
            ) from error

    def _read_keys(self) -> dict[str, str]:
        keys = self.found.get("keys", {})
        if not isinstance(keys, dict):
            raise self._complain(
                ("keys",),
                f'keys must be a table, [keys], with lines such as undo = "z"; it is'
                f" {_name_type(keys)}.",
            )
        return {action: self._read_key(action, value) for action, value in keys.items()}

    def _read_key(self, action: str, value: object) -> str:
        written = [value] if isinstance(value, str) else value
        if isinstance(written, list) and written:
            keys = [_write_key(key, alone=value != key) for key in written if isinstance(key, str)]
            if len(keys) == len(written) and all(keys):
                return ",".join(keys)
        raise self._complain(
            ("keys", action),
            f'a key must be text, as {action} = "z", or "z,f5" or a list for several; it is'
            f" {_name_type(value)}.",
        )

    def _complain(self, where: tuple[str, ...], problem: str) -> ConfigError:
        return ConfigError(f"{name_line(self.text, where, str(self.path))}: {problem}")


def _write_key(key: str, *, alone: bool) -> str:
    """Within a list each string is one key, and a comma is the key; else it stands between two."""
    stripped = key.strip()
    if stripped == ",":
        return "comma"
    if key == " ":
        return "space"
    return "" if alone and "," in stripped else stripped


def _guess(name: str) -> str:
    close = get_close_matches(name, _NAMES, n=1)
    return f", did you mean {close[0]}" if close else ""


def _name_type(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return (
                "empty, or holds what cannot be shown"
                if not value.strip() or not value.isprintable()
                else "text"
            )
        case list():
            return "a list"
        case dict():
            return "a table"
    return "a date or a time"
