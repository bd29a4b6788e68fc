"""The theme, remembered in the settings file without touching anything else in it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Final

from annotator.config.settings import find_settings_file
from annotator.errors import ConfigError

_PLAIN: Final = re.compile(r"""(\s*["']?theme["']?\s*=\s*)("[^"\\]*"|'[^']*')(?!["'])(.*)""")


def save_theme(name: str) -> None:
    """Set the theme in the settings file, which is made where there is none yet.

    Only its line changes; the file is written whole or not at all. `ConfigError` where it cannot
    be, or is no TOML.
    """
    path = find_settings_file()
    try:
        content = path.read_bytes() if path.exists() else b""
        changed = set_theme(content, name, str(path))
        if changed != content:
            _replace(path, changed)
    except OSError as error:
        raise ConfigError(
            f"The theme was not saved in {path}: {error.strerror}. See whether you may write there,"
            " or name another file in $ANNOTATOR_CONFIG."
        ) from error


def set_theme(content: bytes, name: str, source: str) -> bytes:
    """The content of a settings file with another theme. `ConfigError`, with the line, for what is
    no TOML.
    """
    from annotator.config.toml_lines import decode_toml, parse_toml

    text = decode_toml(content, source, error=ConfigError)
    before = parse_toml(text, source, error=ConfigError)
    write = _change_line if "theme" in before else _add_line
    written = "\n".join(write(text.split("\n"), name))
    if parse_toml(written, source, error=ConfigError) != {**before, "theme": name}:
        raise ConfigError(f"{source}: the line of the theme cannot be changed; write it by hand.")
    return content[: len(content) - len(text.encode())] + written.encode()


def _change_line(lines: list[str], name: str) -> list[str]:
    """The lines with another theme; as they are where it is written in an unusual way."""
    from annotator.config.toml_lines import find_line
    from annotator.config.toml_strings import quote

    at = (find_line("\n".join(lines), ["theme"]) or 1) - 1
    plain = _PLAIN.fullmatch(lines[at])
    changed = f"{plain[1]}{quote(name)}{plain[3]}" if plain else lines[at]
    return [*lines[:at], changed, *lines[at + 1 :]]


def _add_line(lines: list[str], name: str) -> list[str]:
    """The lines with a theme after the last of what stands before all tables, so that remarks stay
    above the tables that they are about.
    """
    from annotator.config.toml_lines import find_table
    from annotator.config.toml_strings import quote

    at = 0
    for number, line in enumerate(lines, 1):
        says_something = line.strip() and not line.lstrip().startswith("#")
        if says_something and find_table(lines[:number]) == []:
            at = number
    end = "\r" if lines[0].endswith("\r") else ""
    return [*lines[:at], f"theme = {quote(name)}{end}", *(lines[at:] or [""])]


def _replace(path: Path, content: bytes) -> None:
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    # A settings file may be a link into a folder that is kept elsewhere: that is to stay one.
    target = path.resolve()
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".config-", suffix=".toml")
    written = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            written.chmod(target.stat().st_mode)
        written.replace(target)
    finally:
        written.unlink(missing_ok=True)
