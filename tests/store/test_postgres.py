"""What is PostgreSQL's own: addresses, passwords, errors, versions, and what it keeps."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotator import open_store as open_by_rules
from annotator.errors import NewerDatabaseError, NothingToUndoError, NotSavedError, StoreError
from annotator.model.event import EventKind
from annotator.session.verification import verify
from annotator.store import postgres_queries
from annotator.store.memory import MemoryStore
from annotator.store.postgres import PostgresStore
from annotator.store.postgres_address import Address
from annotator.store.postgres_schema import STEPS, TABLES
from annotator.store.version import SCHEMA_VERSION
from tests.builders import article, draft, make_library, put
from tests.postgres import PASSWORD, open_store
from tests.store.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.postgres import Server


@pytest.fixture
def opened(postgres: Server, schema: str) -> Iterator[PostgresStore]:
    with closing(open_store(postgres, schema)) as store:
        yield store


def refusal(url: str) -> str:
    """Why an address is refused, in one line that tells no password."""
    with pytest.raises(StoreError) as caught:
        PostgresStore.open(url)
    message = str(caught.value)
    assert "\n" not in message
    assert PASSWORD not in message
    return message


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://ana:secret@db.example/labels", "postgresql://ana@db.example/labels"),
        ("postgres://ana:secret@db.example:5433/labels", "postgresql://ana@db.example:5433/labels"),
        ("postgresql://db.example/labels?password=secret", "postgresql://db.example/labels"),
        ("postgresql:///labels?user=ana&password=secret", "postgresql://ana@/labels"),
    ],
)
def test_an_address_is_shown_without_its_password(url: str, shown: str) -> None:
    address = Address.parse(url)
    assert address.shown == shown
    assert address.hide("secret\nFATAL: secret") == "*** FATAL: ***"


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://ana:secret%zz@db.example/labels",
        "postgresql://ana:secret@db.example:port/labels",
        "postgresql://ana:secret",
        "postgresql://db.example/labels?password=secret&colour=red",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(StoreError, match=r"^postgresql://\S* is not an address") as caught:
        Address.parse(url)
    assert "secret" not in str(caught.value)


def test_an_address_as_shown_opens_what_was_opened_with_a_password(
    postgres: Server, opened: PostgresStore
) -> None:
    Desk(opened).label(0, "claim")
    assert PASSWORD not in opened.location
    with closing(open_by_rules(opened.location)) as again:
        assert again.location == opened.location
        assert again.count_rows() == opened.count_rows()


def test_what_the_address_says_takes_the_place_of_our_own_settings(
    postgres: Server, schema: str
) -> None:
    url = f"{postgres.url(schema)}%20-cstatement_timeout%3D7s&application_name=desk%20two"
    with closing(PostgresStore.open(url)) as store:
        shown = [
            store._link.ask(f"SHOW {name}")[0][0]
            for name in ("statement_timeout", "application_name", "synchronous_commit")
        ]
    assert shown == ["7s", "desk two", "on"]
    with closing(open_store(postgres, schema)) as store:
        assert store._link.ask("SHOW statement_timeout") == [("30s",)]


def test_where_no_server_is_the_address_is_named(postgres: Server) -> None:
    assert "cannot be reached" in refusal("postgresql://ana:secret@127.0.0.1:1/labels")


def test_a_wrong_password_is_refused(postgres: Server) -> None:
    if postgres.folder is None:
        pytest.skip("the server that was given may let anybody in")
    message = refusal(postgres.url("public", password="wrong word"))
    assert "does not let you in" in message
    assert "wrong word" not in message


def test_a_database_that_is_not_there_is_named(postgres: Server) -> None:
    assert 'database "nowhere"' in refusal(
        postgres.url("public").replace("/postgres?", "/nowhere?")
    )


def test_an_empty_database_that_must_exist_stays_empty(postgres: Server, schema: str) -> None:
    url = postgres.url(schema)
    with pytest.raises(StoreError, match="There is no annotator database"):
        open_by_rules(url, must_exist=True)
    with closing(postgres.connect(schema)) as connection:
        assert connection.execute("SELECT to_regclass('annotator')").fetchone() == (None,)
    open_by_rules(url).close()
    open_by_rules(url, must_exist=True).close()


def test_without_psycopg_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "annotator.store.postgres")
    monkeypatch.setitem(sys.modules, "annotator.store.postgres_address", None)
    with pytest.raises(StoreError, match=r"pip install 'annotator\[postgres\]'"):
        open_by_rules("postgresql://db.example/labels")


def test_tables_of_another_program_are_left_alone(postgres: Server, schema: str) -> None:
    with closing(postgres.connect(schema)) as connection:
        connection.execute("CREATE TABLE visitor (name TEXT)")
        open_store(postgres, schema).close()
        connection.execute("CREATE SCHEMA IF NOT EXISTS others")
        connection.execute("CREATE TABLE IF NOT EXISTS others.document (name TEXT)")
        try:
            assert "another program in this schema (document)" in refusal(postgres.url("others"))
        finally:
            connection.execute("DROP SCHEMA others CASCADE")


def test_a_newer_database_is_refused(postgres: Server, schema: str) -> None:
    open_store(postgres, schema).close()
    with closing(postgres.connect(schema)) as connection:
        connection.execute("UPDATE annotator SET version = version + 1")
    with pytest.raises(NewerDatabaseError, match="newer"):
        open_store(postgres, schema)


def test_steps_lead_to_the_version_of_the_program_and_make_all_tables() -> None:
    assert max(STEPS) == SCHEMA_VERSION
    made = " ".join(statement for step in STEPS.values() for statement in step)
    assert {name for name in TABLES if f"CREATE TABLE {name} (" in made} == TABLES - {"annotator"}


def test_text_that_the_server_cannot_hold_is_refused_in_one_line(opened: PostgresStore) -> None:
    for words in ("a\0b", "\ud800"):
        with pytest.raises(StoreError, match="cannot hold"):
            opened.list_documents(words)
    desk = Desk(opened)
    with pytest.raises(NotSavedError, match="cannot hold"):
        desk.label(0, "claim", "ana\0")
    desk.label(0, "claim")


@given(st.text())
@settings(max_examples=30)
def test_any_words_are_a_query_or_none(text: str) -> None:
    query = postgres_queries.write_query(text)
    assert query == "" or query.endswith(":*")
    assert query.count("'") % 2 == 0


def test_events_are_never_changed_and_never_removed(
    opened: PostgresStore, postgres: Server, schema: str
) -> None:
    Desk(opened).label(0, "claim")
    with closing(postgres.connect(schema)) as connection:
        for statement in (
            b"UPDATE event SET reviewer = 'ben'",
            b"DELETE FROM event",
            b"TRUNCATE event",
        ):
            with pytest.raises(psycopg.errors.RaiseException, match="never"):
                connection.execute(statement)


def test_a_part_that_failed_inside_is_not_called_saved(opened: PostgresStore) -> None:
    desk = Desk(opened)
    made = desk.draft(EventKind.LABEL, "claim", index=0)

    def work() -> None:
        opened.append([made])
        with pytest.raises(StoreError):
            opened.append([made])

    with pytest.raises(NotSavedError):
        opened.transact(work)
    assert list(opened.read_events(desk.id)) == []


def test_text_is_ordered_by_code_point(opened: PostgresStore) -> None:
    desk = Desk(opened)
    for name in ("b", "B", "a", "é", "Z"):
        desk.label(0, "claim", name)
    assert opened.list_reviewers() == ["B", "Z", "a", "b", "é"]


def test_the_database_is_whole_and_says_what_is_not(
    opened: PostgresStore, postgres: Server, schema: str
) -> None:
    Desk(opened).label(0, "claim")
    assert opened.check_integrity() == []
    with closing(postgres.connect(schema)) as connection:
        connection.execute("UPDATE sentence SET words = '''nothing'''::tsvector")
        assert "sentence.words" in opened.check_integrity()[0]
        connection.execute("DROP TRIGGER event_never_changes ON event")
        connection.execute("ALTER TABLE shift ALTER COLUMN moved DROP NOT NULL")
        connection.execute("DROP VIEW sentences")
    assert opened.check_integrity() == [
        "the table shift is not what it was made as",
        "the table or view sentences is not there",
        "the trigger event_never_changes is not there",
    ]


def test_the_views_have_the_columns_and_values_of_sqlite(
    opened: PostgresStore, postgres: Server, schema: str
) -> None:
    library = make_library(opened)
    session = library.open(put(library, article(4)))
    session.annotate(0, "claim")
    session.annotate(1, "claim")
    session.annotate(2, "denial")
    session.link(2, [1, 0])
    with closing(postgres.connect(schema)) as connection:
        labels = connection.execute("SELECT * FROM labels")
        assert [column.name for column in labels.description or ()] == [
            *("document_id", "title", "sentence_index", "start", "end", "text", "reviewer"),
            *("label", "speaker", "note", "unsure", "denies", "created_at", "updated_at"),
        ]
        assert [row[11] for row in labels] == ["[]", "[]", "[0,1]"]
        settled = connection.execute("SELECT label FROM sentences").fetchall()
    assert settled == [("claim",), ("claim",), ("denial",), (None,)]


ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("label"), st.integers(0, 4), st.sampled_from(["claim", "denial", None])),
        st.tuples(st.just("undo"), st.just(0), st.none()),
        st.tuples(st.just("redo"), st.just(0), st.none()),
    ),
    max_size=12,
)


@given(acts=ACTS)
@settings(max_examples=8)
def test_whatever_a_reviewer_does_the_server_says_what_memory_says(
    postgres: Server, acts: list[tuple[str, int, str | None]]
) -> None:
    with postgres.schema() as schema, closing(open_store(postgres, schema)) as store:
        twins = [make_library(store), make_library(MemoryStore())]
        sessions = [library.open(put(library, article(5))) for library in twins]
        for act, index, label in acts:
            for session in sessions:
                try:
                    if act == "label":
                        session.clear(index) if label is None else session.annotate(index, label)
                    else:
                        getattr(session, act)()
                except NothingToUndoError:
                    pass
        ours, theirs = (session.store for session in sessions)
        id_ = sessions[0].document.id
        assert list(ours.read_events(id_)) == list(theirs.read_events(id_))
        assert list(ours.read_annotations(id_)) == list(theirs.read_annotations(id_))
        assert [proof for proof in verify(ours) if not proof.holds] == []


def test_drafts_of_one_id_are_in_the_log_once(opened: PostgresStore) -> None:
    desk = Desk(opened)
    one = draft(
        EventKind.LABEL, "claim", number=1, span=desk.sentences[0].span, document_id=desk.id
    )
    desk.append(one)
    with pytest.raises(NotSavedError, match="not saved"):
        desk.append(one)
