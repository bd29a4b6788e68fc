"""What SQLite can prove of its own file: pages, references, schema, and the index of the search."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    Read: TypeAlias = Callable[[str], Iterator[Sequence[object]]]

# Beside the database, so that nobody waits who writes to it meanwhile; until the transaction ends.
_INDEX_ANEW: Final = (
    "DROP TABLE IF EXISTS temp.words",
    "DROP TABLE IF EXISTS temp.words_anew",
    "DROP TABLE IF EXISTS temp.search_anew",
    """CREATE VIRTUAL TABLE temp.search_anew USING fts5 (
    text, content = '', tokenize = 'unicode61 remove_diacritics 2'
)""",
    "INSERT INTO temp.search_anew (rowid, text) SELECT number, text FROM main.sentence",
    "CREATE VIRTUAL TABLE temp.words_anew USING fts5vocab (temp, search_anew, instance)",
    "CREATE VIRTUAL TABLE temp.words USING fts5vocab (main, sentence_search, instance)",
)
_READ_WORDS: Final = "SELECT term, doc, offset FROM temp.%s"


def find_faults(read: Read) -> list[str]:
    """Everything that is wrong. The search is looked at only where the file is sound."""
    faults = [str(row[0]) for row in read("PRAGMA integrity_check")]
    faults = [fault for fault in faults if fault != "ok"]
    faults += [
        f"a row of {row[0]} points at a row of {row[2]} that is not there"
        for row in read("PRAGMA foreign_key_check")
    ]
    faults += _check_schema(read)
    return faults or list(_check_search(read))


def _check_schema(read: Read) -> Iterator[str]:
    """Whether tables, triggers and views are those of the migrations."""
    from annotator.store.migrations import list_schema

    ours = list_schema()
    there: dict[str, str | None] = dict.fromkeys(ours)
    for row in read("SELECT type || ' ' || name, sql FROM sqlite_master"):
        there[str(row[0])] = str(row[1])
    for name, sql in ours.items():
        if there[name] != sql:
            state = "not there" if there[name] is None else "not what it was made as"
            yield f"the {name} is {state}"


def _check_search(read: Read) -> Iterator[str]:
    """Whether the search would find each word in its sentence and nowhere else."""
    for statement in _INDEX_ANEW:
        list(read(statement))
    kept, anew = read(_READ_WORDS % "words"), read(_READ_WORDS % "words_anew")
    # To the end of both: a table that is being read cannot be dropped the next time.
    if sum(one != other for one, other in zip_longest(kept, anew)):
        yield "the table sentence_search does not hold the words of the sentences"
