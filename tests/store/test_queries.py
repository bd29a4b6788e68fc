"""What a key press costs: few statements, the same for a long article, each over an index."""

from __future__ import annotations

import re
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

import pytest

from annotator.model.annotation import apply
from annotator.model.event import EventKind, commit
from annotator.store import queries, rows
from tests.builders import article, make_library, put
from tests.store.watching import WatchedStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from annotator.session.labelling import Session
    from annotator.store.sqlite import SqliteStore

MOST_STATEMENTS = 31
"""Of one act, its BEGIN and COMMIT included."""

MOST_OF_THE_LONGER = 55
"""Of a split or a join, which folds anew whatever was said of the text that it touches, and of a
link, which looks at what it is tied to.
"""

LONGER = ("split", "join", "undo of the join", "link")

TABLE = re.compile(r"^SCAN (\S+)")
OURS = {"document", "sentence", "event", "annotation", "link"}


@contextmanager
def watched(store: WatchedStore) -> Iterator[list[tuple[str, object]]]:
    """The statements that the store is asked for meanwhile, with what they were given."""
    asked: list[tuple[str, object]] = []
    store.connection.tell = lambda sql, cells: asked.append((sql, cells))
    yield asked
    store.connection.tell = None


def scanned(store: SqliteStore, sql: str, cells: object) -> list[str]:
    """The tables that SQLite would read from end to end."""
    if sql.split(maxsplit=1)[0] in ("BEGIN", "COMMIT", "ROLLBACK", "PRAGMA"):
        return []
    plan = store._connection.execute(f"EXPLAIN QUERY PLAN {sql}", cells or ()).fetchall()  # type: ignore[arg-type]
    steps = [row[3] for row in plan]
    return [
        step
        for step in steps
        # Walking along an index in its order and stopping at the first row is no scan of the table.
        if (match := TABLE.match(step)) and match[1] in OURS and "USING" not in step
    ]


ACTS: dict[str, Callable[[Session, int], object]] = {
    "label": lambda session, index: session.annotate(index, "claim"),
    "other label": lambda session, index: session.annotate(index, "denial"),
    "link": lambda session, index: session.link(index, [0]),
    "claims": lambda session, index: session.store.find_labelled(
        session.document.id, reviewer="ana", labels=["claim"], around=index, before=5, after=5
    ),
    "clear": lambda session, index: session.clear(index),
    "note": lambda session, index: session.note(index, "why"),
    "flag": lambda session, index: session.flag_unsure(index, unsure=True),
    "undo": lambda session, _: session.undo(),
    "redo": lambda session, _: session.redo(),
    "look": lambda session, index: session.look_at(index),
    "next unlabelled": lambda session, index: session.find_open(index + 1),
    "last unlabelled": lambda session, index: session.find_open(index, backwards=True),
    "window": lambda session, index: session.read_places(index, count=50),
    "progress": lambda session, _: session.measure_progress(),
    "resume": lambda session, _: session.find_resumption(),
    "split": lambda session, index: session.split(index, 4),
    "join": lambda session, index: session.join(index),
    "undo of the join": lambda session, _: session.undo(),
}


def costs(path: Path, sentences: int) -> dict[str, int]:
    """How many statements each act asks for, the first half of the sentences being labelled."""
    counted: dict[str, int] = {}
    with closing(WatchedStore.open(str(path))) as store:
        library = make_library(store)
        session = library.open(put(library, article(sentences)))
        label_all(store, session, sentences // 2)
        index = sentences - 2
        for name, act in ACTS.items():
            with watched(store) as asked:
                act(session, index)
            counted[name] = len(asked)
            for sql, cells in asked:
                assert scanned(store, sql, cells) == [], (name, sql)
    return counted


def label_all(store: SqliteStore, session: Session, count: int) -> None:
    """Label the first sentences in one go, as no reviewer could."""
    document_id = session.document.id
    events = [
        commit(
            session._drafting.draft(
                EventKind.LABEL, document_id, span=place.sentence.span, value="claim"
            ),
            counter,
        )
        for counter, place in enumerate(session.read_places(0, count=count), 2)
    ]
    said = [annotation for event in events if (annotation := apply(None, event)) is not None]
    store._connection.execute("BEGIN")
    store._connection.executemany(queries.ADD_EVENT, map(rows.write_event, events))
    store._connection.executemany(
        queries.PUT_ANNOTATION, (rows.write_annotation(document_id, one) for one in said)
    )
    store._connection.execute("COMMIT")


def test_an_act_asks_for_as_few_statements_in_a_long_article_as_in_a_short_one(
    tmp_path: Path,
) -> None:
    short = costs(tmp_path / "short.db", 30)
    long = costs(tmp_path / "long.db", 3000)
    assert short == long
    assert max(cost for act, cost in short.items() if act not in LONGER) <= MOST_STATEMENTS, short
    assert max(short.values()) <= MOST_OF_THE_LONGER, short
    assert short["progress"] == 1, "whether somebody else has written, and no count"
    assert short["window"] == 4, "sentences, links from them, links to them, suggestions"


def test_opening_a_document_reads_no_table_from_end_to_end(path: Path) -> None:
    with closing(WatchedStore.open(str(path))) as store:
        library = make_library(store)
        document = put(library, article(100))
        label_all(store, library.open(document), 60)
        with watched(store) as asked:
            assert library.find_last_document() == document
            assert make_library(store, "ben").find_last_document() == document
            library.resolve(document.id)
            session = library.open(document)
            session.find_resumption()
            session.read_places(0, count=50)
        for sql, cells in asked:
            assert scanned(store, sql, cells) == [], sql
        assert len(asked) <= 15


@pytest.mark.parametrize(
    "name",
    [
        "NEWEST_COUNTER",
        "MARK_DELETED",
        "FIND_DOCUMENTS",
        "LAST_WORKED",
        "LAST_IMPORTED",
        "READ_TEXT",
        "READ_PLACES",
        "READ_SENTENCES",
        "READ_ANNOTATIONS",
        "READ_REVIEWERS_ANNOTATIONS",
        "READ_EVENTS",
        "READ_NEWEST_FIRST",
        "READ_STEP",
        "READ_OF_SPAN",
        "READ_TARGETING",
        "FIND_OPEN_FORWARDS",
        "FIND_OPEN_BACKWARDS",
        "FIND_INDEX",
        "FIND_LAST_ACT",
        "COUNT_LABELS",
        "LINKS_FROM",
        "LINKS_TO",
        "FIND_LABELLED_BEFORE",
        "FIND_LABELLED_AFTER",
        "READ_CUTS",
        "READ_WHOLES",
        "READ_OF_REGION",
        "READ_TARGETING_REGION",
        "READ_REGION",
        "FIND_SHARING",
        "READ_ANNOTATION",
        "DROP_ANNOTATION",
        "DROP_LINKS",
    ],
)
def test_a_query_reads_over_an_index_and_sorts_nothing_on_a_key_press(
    sqlite: SqliteStore, name: str
) -> None:
    sql: str = getattr(queries, name)
    numbered = [int(number) for number in re.findall(r"\?(\d)", sql)]
    cells = (None,) * max([*numbered, 0 if numbered else sql.count("?")])
    assert scanned(sqlite, sql, cells) == []
    plan = sqlite._connection.execute(f"EXPLAIN QUERY PLAN {sql}", cells).fetchall()
    sorting = [row[3] for row in plan if "TEMP B-TREE" in row[3]]
    # Only what reads a whole document for export or proof, a step's few events, and a denial's
    # links may sort.
    if name not in ("READ_EVENTS", "READ_STEP", "READ_ANNOTATIONS", "LINKS_FROM", "LINKS_TO"):
        assert sorting == []


def test_the_layout_of_a_whole_document_is_not_read_for_an_act(path: Path) -> None:
    with closing(WatchedStore.open(str(path))) as store:
        library = make_library(store)
        session = library.open(put(library, article(9)))
        with watched(store) as asked:
            session.split(0, 4)
            session.split(1, len("harbour, "))
            session.join(0)
            session.annotate(8, "claim")
            for turn in [session.undo] * 4 + [session.redo] * 4:
                turn()
        assert [sql for sql, _ in asked if "kind = 'import' ORDER BY" in sql] == []
        assert "kind = 'import' ORDER BY" in queries.READ_IMPORT


@pytest.mark.parametrize("many", [20_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_many_labels_are_not_read_to_add_one(path: Path, many: int) -> None:
    with closing(WatchedStore.open(str(path))) as store:
        library = make_library(store)
        document = put(library, article(many))
        label_all(store, library.open(document), many - 2)
        steps = 0

        def step() -> int:
            nonlocal steps
            steps += 1
            return 0

        # Called after every hundred instructions of SQLite's machine: a row costs five or more.
        store._connection.set_progress_handler(step, 100)
        session = library.open(document)
        opened, steps = steps * 100, 0
        assert session.find_resumption() == many - 2
        session.read_places(many - 40, count=40)
        session.annotate(many - 1, "claim")
        session.undo()
        session.redo()
        store._connection.set_progress_handler(None, 0)
        # Counting the labels walks along the index of one's own, eight instructions a label; no
        # row of the tables is fetched, nothing comes to Python but the counts.
        assert opened < 12 * many
        assert steps * 100 < 20_000
        assert session.measure_progress().counts == {"claim": many - 1}
