"""Copies that are kept unasked, before many labels or documents change at once."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

from annotator.session import open_library
from annotator.session.bulk import FEW

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cli.conftest import Command


def write_articles(folder: Path, number: int) -> Path:
    folder.mkdir()
    for each in range(number):
        (folder / f"{each}.txt").write_text(f"The harbour has {each} gates. One is shut.\n")
    return folder


def list_kept(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "db").iterdir() if "before" in path.name)


def test_before_many_files_come_in_the_database_is_kept(
    annotator: Command, article: str, folder: Path
) -> None:
    before = annotator("export").out
    write_articles(folder / "many", FEW)
    assert "before-import" in annotator("import", "many").err
    assert annotator("export", "--db", "db/annotator.before-import.db").out == before
    assert list_kept(folder) == ["annotator.before-import.db"]
    assert ["copies", "db/annotator.before-import.db"] in annotator("info").rows


def test_where_nothing_new_comes_in_the_older_copy_stays(
    annotator: Command, article: str, folder: Path
) -> None:
    before = annotator("export").out
    write_articles(folder / "many", FEW)
    annotator("import", "many")
    assert "before-import" not in annotator("import", "many").err
    assert annotator("export", "--db", "db/annotator.before-import.db").out == before
    assert list_kept(folder) == ["annotator.before-import.db"]


def test_a_few_files_and_an_empty_database_leave_no_copy(annotator: Command, folder: Path) -> None:
    write_articles(folder / "many", FEW)
    write_articles(folder / "few", 3)
    annotator("import", "many")
    annotator("import", "few")
    assert list_kept(folder) == []


def test_before_labels_are_settled_by_rule_the_database_is_kept(
    annotator: Command, article: str, folder: Path
) -> None:
    for reviewer in ("ana", "ben"):
        with closing(open_library(reviewer=reviewer)) as library:
            library.open(library.resolve(article)).annotate(0, "claim")
    before = annotator("export").out
    assert "before-settling" in annotator("adjudicate", "--auto", "unanimous").err
    assert annotator("export").out != before
    assert annotator("export", "--db", "db/annotator.before-settling.db").out == before
    assert "before-settling" not in annotator("adjudicate", "--auto", "unanimous").err
    assert list_kept(folder) == ["annotator.before-settling.db"]


def test_where_nobody_reads_on_what_came_in_by_then_has_its_copy(
    annotator: Command, article: str, folder: Path
) -> None:
    before = annotator("export").out
    write_articles(folder / "many", 1500)
    command = [sys.executable, "-m", "annotator", "import", "many"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as program:
        assert program.stdout is not None
        program.stdout.readline()
        program.stdout.close()
    assert 1 < len(annotator("documents").rows) < 1501
    assert annotator("export", "--db", "db/annotator.before-import.db").out == before
    assert list_kept(folder) == ["annotator.before-import.db"]
