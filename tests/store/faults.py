"""What has to hold after any fault: what was told as saved is there, and the database is proven."""

from __future__ import annotations

import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from annotator.session.clock import RandomIds, SystemClock
from annotator.session.verification import verify
from annotator.store.sqlite import SqliteStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.session.labelling import Session

ROOT = Path(__file__).parents[2]


def begin(store: SqliteStore, reviewer: str = "ana", *, sentences: int = 20) -> Session:
    """A session at an article, with ids that nobody else makes."""
    library = make_library(store, reviewer, clock=SystemClock(), ids=RandomIds())
    return library.open(put(library, article(sentences)))


def fill(path: Path, *, labels: int, reviewer: str = "ana") -> None:
    """A database with so many labels, each on the sentence of its number modulo 20."""
    with closing(SqliteStore.open(str(path))) as store:
        session = begin(store, reviewer)
        for number in range(labels):
            session.annotate(number % 20, ("claim", "denial", "background")[number // 20 % 3])


def list_ids(path: Path) -> list[str]:
    """All events in order, after a restart; the database must hold up to all proofs."""
    with closing(SqliteStore.open(str(path))) as store:
        assert [proof for proof in verify(store) if not proof.holds] == []
        return [event.id for event in store.read_log()]


def check_message(message: str, path: Path | str) -> None:
    """One clear line that names the database."""
    message = message.rstrip()
    assert str(path) in message, message
    assert "\n" not in message, message
    assert "Traceback" not in message
    assert message.endswith((".", "?")), message


def run_command(
    *arguments: str, cwd: Path, prefix: Sequence[str] = ()
) -> subprocess.CompletedProcess[str]:
    """`annotator` with these arguments; `prefix` is a program that runs it."""
    return subprocess.run(
        [*prefix, sys.executable, "-m", "annotator", *arguments],
        cwd=cwd,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
