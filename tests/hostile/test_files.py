"""The files that come out: harmless to open, and nobody's to read but whom the umask lets."""

from __future__ import annotations

import csv
import os
import stat
from contextlib import closing
from typing import TYPE_CHECKING, Final

import pytest

from annotator.model.event import EventKind
from annotator.model.scheme import Label, LabelScheme
from annotator.session import open_library
from annotator.store.sqlite import SqliteStore
from tests.builders import article, put
from tests.hostile.database import find_unsafe, make_working, put_event

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.cli.conftest import Command
    from tests.hostile.database import Hostile

FORMULAS: Final = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=HYPERLINK(1)")
STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """What new files are not to have; the mode that is left."""
    before = os.umask(request.param)
    yield 0o666 & ~request.param
    os.umask(before)


def test_a_page_holds_no_element_that_came_from_outside(
    annotator: Command, hostile: Hostile
) -> None:
    page = annotator("export", "--format", "html").out
    assert find_unsafe(page) == []
    assert "<b>&amp;" not in page
    assert page.count("[b]&lt;b&gt;&amp;amp;") > 10


def test_the_names_of_files_in_a_folder_steer_nothing(
    annotator: Command, hostile: Hostile, folder: Path
) -> None:
    assert annotator("export", "--format", "brat", "-o", "brat").status == 0
    names = [path.name for path in (folder / "brat").rglob("*")]
    assert names
    assert [find_unsafe(name, lines="") for name in names] == [[]] * len(names)


@pytest.mark.parametrize("typed", ["export --format csv", "agreement --csv -"])
@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_starts_a_formula(
    annotator: Command, folder: Path, typed: str, formula: str
) -> None:
    with closing(SqliteStore.open("db/annotator.db")) as store:
        library = make_working(store, formula)
        labels = tuple(Label(f"{formula}{key}", key, "Any.") for key in "ab")
        put_event(library, EventKind.SCHEME, None, LabelScheme(formula, labels))
        library.look_at_scheme()
        document = put(library, article(3, title=formula, source=formula))
        span = next(iter(store.read_sentences(document.id))).span
        for who, first in ((library, 0), (make_working(store, f"{formula}!", first=2**30), 1)):
            for kind, value in (
                (EventKind.LABEL, labels[first].name),
                (EventKind.NOTE, formula),
                (EventKind.SPEAKER, formula),
            ):
                put_event(who, kind, document.id, value, span=span)
    result = annotator(*typed.split())
    assert result.status == 0, result.err
    cells = [cell for row in csv.reader(result.out.splitlines(keepends=True)) for cell in row]
    assert any("1" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(STARTS)] == []


@pytest.mark.parametrize("umask", [0o022, 0o077], ids=["0644", "0600"], indirect=True)
def test_whatever_is_written_has_the_rights_that_the_umask_leaves(
    annotator: Command, folder: Path, umask: int
) -> None:
    (folder / "a.txt").write_text("One. Two.", encoding="utf-8")
    for typed in (
        "import a.txt --db new.db",
        "export --db new.db -o labels.json",
        "export --db new.db --format csv -o labels.csv",
        "export --db new.db --format brat -o brat",
        "export --db new.db --format jsonl --split 80,10,10 -o split",
        "agreement --db new.db --csv behind.csv",
        "backup backup.db --db new.db",
        "copy new.db copy.db",
        "recover new.db -o recovered.db",
    ):
        result = annotator(*typed.split())
        assert result.status == 0, result.err
    with closing(open_library("new.db", reviewer="ana")) as library:
        library.open(library.store.find_documents("", limit=1)[0]).annotate(0, "claim")
        modes = {
            str(path.relative_to(folder)): oct(stat.S_IMODE(path.stat().st_mode))
            for path in folder.rglob("*")
            if path.is_file() and path.name != "a.txt"
        }
    assert {"new.db-wal", "backup.db", "copy.db", "recovered.db", "labels.json"} <= modes.keys()
    assert {name: mode for name, mode in modes.items() if mode != oct(umask)} == {}
