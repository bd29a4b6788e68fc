"""A newsroom at one database: what was called saved is there, once, and nobody is turned away."""

from __future__ import annotations

from contextlib import closing
from statistics import median
from typing import TYPE_CHECKING

import pytest

from annotator.session.verification import verify
from annotator.store import open_store
from tests.benchmarks.figures import find_tail
from tests.builders import article, make_library, put
from tests.store.crowding import SENTENCES, crowd

if TYPE_CHECKING:
    from pathlib import Path

    from tests.postgres import Server

NEWSROOM = [(4, 1.0), pytest.param(20, 30.0, marks=pytest.mark.long)]


@pytest.mark.parametrize(("programs", "seconds"), NEWSROOM)
def test_many_programs_at_one_file(path: Path, programs: int, seconds: float) -> None:
    _check_crowd(str(path), programs=programs, seconds=seconds)


@pytest.mark.parametrize(("programs", "seconds"), NEWSROOM)
def test_many_programs_at_one_server(
    postgres: Server, schema: str, programs: int, seconds: float
) -> None:
    _check_crowd(postgres.url(schema), programs=programs, seconds=seconds)


def _check_crowd(location: str, *, programs: int, seconds: float) -> None:
    with closing(open_store(location)) as store:
        document = put(make_library(store), article(SENTENCES))
    told = crowd(location, programs=programs, seconds=seconds)
    assert [one["refused"] for one in told] == [[]] * programs
    commits = [float(str(ms)) for one in told for ms in one["commits"]]
    print(f"{len(commits)} commits: p50 {median(commits):.1f}, p99 {find_tail(commits):.1f} ms")
    with closing(open_store(location)) as store:
        there = [event.id for event in store.read_events(document.id) if event.span]
        assert len(there) == len(set(there))
        assert set(there) == {str(id_) for one in told for id_ in one["saved"]}
        assert [proof for proof in verify(store) if not proof.holds] == []
