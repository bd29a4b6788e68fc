"""The queries of `annotator.store.queries` in PostgreSQL's dialect.

Most differ in nothing but how they write a place for a value. The rest is here: fragments that
stand in several queries, and whole queries that are another in PostgreSQL.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from annotator.store import queries
from annotator.store.asking import fold_word, split_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from annotator.store.rows import Cell

_PLACE: Final = re.compile(r"\?(\d*)|%")
_LONGEST_WORD: Final = 500  # a lexeme holds 2046 bytes, and nobody types so long a word
_MOST_WORDS: Final = 20_000  # a tsvector holds a megabyte

_LISTED: Final = "SELECT value FROM json_array_elements_text({}::json) AS value"
_FRAGMENTS: Final = (
    (
        queries.DENIES_COLUMN,
        """(
    SELECT string_agg(target_start || ',' || target_end, ' ' ORDER BY target_start, target_end)
    FROM link
    WHERE link.document_id = annotation.document_id AND link."start" = annotation."start"
      AND link."end" = annotation."end" AND link.reviewer = annotation.reviewer
)""",
    ),
    (
        "SELECT group_concat(reviewer, char(10)) FROM",
        "SELECT string_agg(reviewer, chr(10) ORDER BY reviewer) FROM",
    ),
    # PostgreSQL chooses the order of a join by itself, and knows no cross join with a condition.
    ("CROSS JOIN sentence ON", "JOIN sentence ON"),
    (
        '"start" IN (SELECT value FROM json_each(?3))',
        f'"start" IN ({_LISTED.format("?3").replace("value", "value::bigint", 1)})',
    ),
    ("json_extract(value, '$.layout')", "(value::json ->> 'layout')"),
    ("SELECT value FROM json_each(?4)", _LISTED.format("?4")),
    ("SELECT value FROM json_each(?)", _LISTED.format("?")),
    ("instr(sentence.text, ?)", "strpos(sentence.text, ?)"),
)

# Words are looked up in a column that the store fills with them: see `write_words`.
_OVERRIDES: Final = {
    queries.FIND_STRETCHES: """
SELECT DISTINCT sentence_index, sentence."start", sentence."end"
FROM (SELECT value::bigint AS value FROM json_array_elements_text(?2::json) AS value) AS place
JOIN sentence ON sentence.document_id = ?1 AND sentence."start" = (
    SELECT max("start") FROM sentence WHERE document_id = ?1 AND "start" <= place.value)
WHERE sentence."end" > place.value ORDER BY sentence."start\"""",
    queries.SEARCH: f"""
SELECT {queries.DOCUMENT_COLUMNS}, {queries.INDEX_OF_SENTENCE}, sentence.text
FROM (
    SELECT held.*, ts_rank(held.words, ?1::tsquery) AS fitness
    FROM sentence AS held
    JOIN document AS holding ON holding.id = held.document_id AND holding.deleted = 0
    WHERE held.words @@ ?1::tsquery LIMIT 2000) AS sentence
JOIN document ON document.id = sentence.document_id
ORDER BY sentence.fitness DESC, document.title, document.id, sentence."start" LIMIT ?2""",
    queries.ADD_SENTENCE: """
INSERT INTO sentence (document_id, sentence_index, paragraph, "start", "end", text, words)
VALUES (?, ?, ?, ?, ?, ?, ?::tsvector)""",
}

UNLEARNED: Final = """
SELECT "start", text FROM sentence
WHERE document_id = ? AND "start" >= ? AND "start" < ? AND words IS NULL"""
LEARN: Final = 'UPDATE sentence SET words = ?::tsvector WHERE document_id = ? AND "start" = ?'

READ_MARK: Final = "SELECT version, id, commits FROM annotator"
BEGIN_WRITING: Final = (
    "BEGIN ISOLATION LEVEL READ COMMITTED; UPDATE annotator SET commits = commits + 1"
)
BEGIN_READING: Final = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
READ_COMMITS: Final = "SELECT commits FROM annotator"


@dataclass(frozen=True, slots=True)
class Statement:
    """A query as psycopg takes it: a place for each value, and which value goes there."""

    sql: str
    order: tuple[int, ...]

    def arrange(self, cells: Sequence[Cell]) -> list[Cell]:
        """The values, one for each place."""
        return [cells[number] for number in self.order]


@lru_cache(maxsize=512)
def translate(query: str) -> Statement:
    """A query in PostgreSQL's dialect."""
    sql = _OVERRIDES.get(query, query)
    for ours, theirs in _FRAGMENTS:
        sql = sql.replace(ours, theirs)
    order: list[int] = []

    def place(found: re.Match[str]) -> str:
        if found[0] == "%":
            return "%%"
        # As SQLite counts: a place without a number is the one behind the greatest so far.
        order.append(int(found[1]) - 1 if found[1] else max(order, default=-1) + 1)
        return "%s"

    return Statement(_PLACE.sub(place, sql), tuple(order))


@lru_cache(maxsize=64)
def split_insert(sql: str) -> tuple[str, str, str]:
    """An insertion as what stands before its row of places, the row, and what stands behind."""
    head, _, rest = sql.partition("VALUES ")
    depth = 0
    for at, character in enumerate(rest):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return f"{head}VALUES ", rest[: at + 1], rest[at + 1 :]
    return f"{head}VALUES ", rest, ""


def write_words(text: str) -> str:
    """The words of a sentence as a `tsvector`, without capitals and accents.

    Split here and not by the server, whose parser takes an address or a number with a point for one
    word: so both kinds of store find the same.
    """
    words = dict.fromkeys(fold_word(word)[:_LONGEST_WORD] for word in _list_words(text))
    return " ".join(f"'{word}'" for word in list(words)[:_MOST_WORDS] if word)


def write_query(words: str) -> str:
    """What was typed, as a `tsquery`: every word, the last as a beginning; empty for none."""
    folded = [fold_word(word)[:_LONGEST_WORD] for word in _list_words(words)]
    found = [f"'{word}'" for word in folded if word]
    return f"{' & '.join(found)}:*" if found else ""


def _list_words(text: str) -> list[str]:
    return split_words(text.replace("_", " "))
