"""Settings: options, environment, the settings file, defaults, in that order."""

from __future__ import annotations

from annotator.config.choices import (
    DATABASE_NAME,
    DatabaseChoice,
    ReviewerChoice,
    choose_database,
    choose_reviewer,
    explain_reviewer,
    read_guideline,
)
from annotator.config.settings import (
    LONGEST_NAME,
    Settings,
    find_settings_file,
    read_settings,
)

__all__ = [
    "DATABASE_NAME",
    "LONGEST_NAME",
    "DatabaseChoice",
    "ReviewerChoice",
    "Settings",
    "choose_database",
    "choose_reviewer",
    "explain_reviewer",
    "find_settings_file",
    "read_guideline",
    "read_settings",
]
