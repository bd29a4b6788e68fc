"""Whose file a database is, and of which shape: what SQLite's header says."""

from __future__ import annotations

from typing import Final

APPLICATION_ID: Final = 0x616E6E6F
"""The four letters "anno", as `application_id`."""

SCHEMA_VERSION: Final = 4
"""How many migrations there are, as `user_version`."""
