"""The settings file: TOML in the user's own folder, every line of it checked."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from annotator.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping

LONGEST_NAME: Final = 100
"""Characters that a reviewer's name may have."""

KNOWN: Final = "the settings are reviewer, database, theme, auto_advance, and the table [keys]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the user has settled, each `None` where nothing is said of it.

    `database` is an address, or a path that needs no folder to start from. `keys` is action id →
    keys, apart by commas, as they were written. `path` is where the file is, or would be.
    """

    path: Path
    reviewer: str | None = None
    database: str | None = None
    theme: str | None = None
    auto_advance: bool = True
    keys: Mapping[str, str] = field(default_factory=dict)
    found: frozenset[str] = frozenset()
    """The names that stand in the file."""


def find_settings_file() -> Path:
    """Where the settings are: `$ANNOTATOR_CONFIG`, else `config.toml` in the user's own folder."""
    if named := os.environ.get("ANNOTATOR_CONFIG"):
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path("annotator", appauthor=False) / "config.toml"


def read_settings() -> Settings:
    """Read the settings file; defaults where there is none.

    `ConfigError` names the file and the line of what is wrong.
    """
    path = find_settings_file()
    try:
        content = path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Settings(path=path)
    except OSError as error:
        raise ConfigError(
            f"The settings in {path} cannot be read: {error.strerror}. See whether you may read"
            " it, or name another file in $ANNOTATOR_CONFIG."
        ) from error
    from annotator.config.checking import check_settings

    return check_settings(content, path)


def is_reviewer_name(name: str) -> bool:
    """Whether the name can stand in a table and in a file."""
    return 0 < len(name) <= LONGEST_NAME and name != "all" and name.isprintable()
