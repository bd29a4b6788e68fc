"""The hostile database in a working folder, and the commands that Lea types there."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from tests.cli.conftest import annotator, folder, type_in
from tests.hostile.database import MILD, Hostile, make_hostile
from tests.tui.conftest import _brisk

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["_brisk", "annotator", "folder", "type_in"]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """Made once; each test has a copy."""
    return make_hostile(str(tmp_path_factory.mktemp("hostile") / "annotator.db"))


@pytest.fixture(scope="session")
def mild(tmp_path_factory: pytest.TempPathFactory) -> Hostile:
    """One whose texts another database takes in, but for all else as hostile."""
    return make_hostile(str(tmp_path_factory.mktemp("mild") / "annotator.db"), MILD)


@pytest.fixture
def hostile(made: Hostile, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Hostile:
    """The database is the one in use here, and Lea is who works."""
    monkeypatch.setenv("ANNOTATOR_REVIEWER", "lea")
    path = folder / "db" / "annotator.db"
    shutil.copy(made.path, path)
    return Hostile(str(path), made.ids, made.deleted)
