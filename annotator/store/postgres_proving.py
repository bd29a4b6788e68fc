"""What can be proven of a database on PostgreSQL: columns, views, triggers, references, and the
words of the search.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from annotator.store.postgres_queries import write_words
from annotator.store.postgres_schema import MARK, STEPS, collate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    Read: TypeAlias = Callable[[str], Iterator[Sequence[object]]]

_CREATED: Final = re.compile(r"CREATE (?:TABLE|VIEW)(?: IF NOT EXISTS)? (\w+)")
_COLUMN: Final = re.compile(r'^    "?(\w+)"? (TEXT|INTEGER|BIGINT|TSVECTOR)\b(.*)$', re.MULTILINE)
_COLUMNS: Final = """
SELECT table_name, column_name, upper(data_type), is_nullable FROM information_schema.columns
WHERE table_schema = current_schema()"""
_TRIGGERS: Final = """
SELECT DISTINCT trigger_name FROM information_schema.triggers
WHERE trigger_schema = current_schema() AND event_object_table = 'event'"""
_GUARDED: Final = "SELECT guarded FROM annotator"
_WORDS: Final = """
SELECT document_id, "start", text, words::text FROM sentence ORDER BY document_id, "start\""""
_OF_A_DOCUMENT: Final = """
SELECT count(*) FROM {0} WHERE document_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM document WHERE document.id = {0}.document_id)"""
_DEPENDENT: Final = (
    "sentence",
    "shift",
    "event",
    "annotation",
    "suggestion",
    "adjudication",
    "assignment",
)
_LINKS: Final = """
SELECT count(*) FROM link WHERE NOT EXISTS (
    SELECT 1 FROM annotation WHERE annotation.document_id = link.document_id
      AND annotation."start" = link."start" AND annotation."end" = link."end"
      AND annotation.reviewer = link.reviewer)"""


def find_faults(read: Read) -> list[str]:
    """Everything that is wrong; references and words only where all tables are there."""
    return list(_check_schema(read)) or [*_check_references(read), *_check_words(read)]


def _check_schema(read: Read) -> Iterator[str]:
    """Whether tables and their columns, the views, and the triggers are as they were made."""
    there: dict[str, dict[str, tuple[str, bool]]] = {}
    for table, column, kind, nullable in read(_COLUMNS):
        columns = there.setdefault(str(table), {})
        columns[str(column)] = (str(kind), nullable == "YES")
    for statement in (MARK, *(statement for step in STEPS.values() for statement in step)):
        created = _CREATED.match(statement)
        if created is None:
            continue
        name = created[1]
        if name not in there:
            yield f"the table or view {name} is not there"
        elif any(there[name].get(column) != made for column, made in _list_columns(statement)):
            yield f"the table {name} is not what it was made as"
    guarded = any(row[0] == 1 for row in read(_GUARDED))
    # TRUNCATE is no event of SQL's information schema; the one for changes and removals is.
    if guarded and "event_never_changes" not in {row[0] for row in read(_TRIGGERS)}:
        yield "the trigger event_never_changes is not there"


def _list_columns(statement: str) -> list[tuple[str, tuple[str, bool]]]:
    if "CREATE VIEW" in statement:
        return []
    found = _COLUMN.findall(collate(statement))
    return [(name, (kind, "NOT NULL" not in rest)) for name, kind, rest in found]


def _check_references(read: Read) -> Iterator[str]:
    for table in _DEPENDENT:
        if any(row[0] for row in read(_OF_A_DOCUMENT.format(table))):
            yield f"a row of {table} points at a row of document that is not there"
    if any(row[0] for row in read(_LINKS)):
        yield "a row of link points at a row of annotation that is not there"


def _check_words(read: Read) -> Iterator[str]:
    """Whether the search would find each word in its sentence and nowhere else."""
    for _, _, text, words in read(_WORDS):
        anew = sorted(write_words(str(text)).split())
        if sorted(str(words or "").split()) != anew:
            yield "the column sentence.words does not hold the words of the sentences"
            return
