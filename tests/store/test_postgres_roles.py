"""The rights that `db/README.md` gives to reviewers, with the very SQL that stands there."""

from __future__ import annotations

import re
import secrets
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest

from annotator.errors import NotSavedError
from annotator.session.verification import verify
from annotator.store.postgres import PostgresStore
from tests.builders import article, make_library, put

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Server

README = (Path(__file__).parents[2] / "db" / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```sql\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def database(postgres: Server) -> Iterator[str]:
    """The owner's address of a database of its own, with the two reviewers of the README."""
    if postgres.folder is None:
        pytest.skip("roles are made only in a server of our own")
    name = f"roles_{secrets.token_hex(4)}"
    owner = postgres.url("public").replace("/postgres?", f"/{name}?")
    with closing(postgres.connect()) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        PostgresStore.open(owner).close()
        with closing(psycopg.connect(owner, autocommit=True)) as inside:
            for block in BLOCKS:
                inside.execute(block.encode())
        yield owner
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
        connection.execute(b"DROP ROLE ana, ben, reviewers")


def open_as(owner: str, role: str) -> PostgresStore:
    return PostgresStore.open(re.sub("//.*@", f"//{role}:change-me@", owner))


def test_a_reviewer_labels_and_cannot_write_what_another_did(database: str) -> None:
    with closing(open_as(database, "ana")) as store:
        library = make_library(store, "ana")
        session = library.open(put(library, article(4)))
        session.annotate(0, "claim")
        session.split(1, 5)
        session.undo()
        library.delete(session.document)
        library.restore(session.document)
        someone = make_library(store, "ben")
        with pytest.raises(NotSavedError, match=r"does not let you do this.*row-level security"):
            someone.open(session.document).annotate(0, "denial")
        assert store.count_labels(session.document.id, reviewer="ben") == {}
    with closing(open_as(database, "ben")) as store:
        library = make_library(store, "ben")
        library.open(put(library, article(4))).annotate(0, "denial")
        assert store.list_reviewers() == ["ana", "ben"]
        assert [proof for proof in verify(store) if not proof.holds] == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET value = NULL",
        "DELETE FROM event",
        "TRUNCATE event",
        "UPDATE document SET text = ''",
        "UPDATE annotator SET version = 1",
        "DROP TABLE event",
    ],
)
def test_a_reviewer_cannot_change_the_log_the_texts_or_the_schema(
    database: str, statement: str
) -> None:
    url = re.sub("//.*@", "//ana:change-me@", database)
    with (
        closing(psycopg.connect(url, autocommit=True)) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())
