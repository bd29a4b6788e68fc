"""What SQLite can prove of its own file: pages, references, schema, and the index of the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from annotator.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    Read: TypeAlias = Callable[[str], Iterator[Sequence[object]]]

# Every row is looked up in each of its indexes: of a million events this takes 19 seconds with the
# two megabytes that SQLite keeps by itself, 9 with so many KiB, and no less with more.
_CACHE: Final = "PRAGMA cache_size = -32000"

# FTS5 proves an index against its texts by itself, but as a write, for which others would have to
# wait. So it proves a copy of the index, beside the database, against the texts where they are.
# The copy takes a fiftieth of the time that building a second index and comparing word by word did.
_COPY_INDEX: Final = (
    "DROP TABLE IF EXISTS temp.search_kept",
    "DROP VIEW IF EXISTS temp.search_texts",
    "CREATE TEMP VIEW search_texts AS SELECT number, text FROM main.sentence",
    """CREATE VIRTUAL TABLE temp.search_kept USING fts5 (
    text, content = 'search_texts', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
)""",
    *(
        statement
        for shadow in ("data", "idx", "docsize", "config")
        for statement in (
            f"DELETE FROM temp.search_kept_{shadow}",  # noqa: S608 - our own names
            f"INSERT INTO temp.search_kept_{shadow} "  # noqa: S608
            f"SELECT * FROM main.sentence_search_{shadow}",
        )
    ),
)
# The 1 is what makes it look at the texts too.
_PROVE_INDEX: Final = (
    "INSERT INTO temp.search_kept (search_kept, rank) VALUES ('integrity-check', 1)"
)


def find_faults(read: Read) -> list[str]:
    """Everything that is wrong. The search is looked at only where the file is sound."""
    list(read(_CACHE))
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
    for statement in _COPY_INDEX:
        list(read(statement))
    try:
        list(read(_PROVE_INDEX))
    except StoreError:
        # The file is sound, as was seen before: so it is the words.
        yield "the table sentence_search does not hold the words of the sentences"
