"""The SQL, in one place: plain enough for any engine that has it."""

from __future__ import annotations

from typing import Final

DOCUMENT_COLUMNS: Final = (
    "document.id, document.title, document.source, document.author, document.published,"
    " document.language, document.sha256, document.imported_at, document.replaces,"
    " document.sentence_count, document.deleted"
)
EVENT_COLUMNS: Final = (
    'id, step, document_id, "start", "end", reviewer, kind, value, time, spent_ms, guideline,'
    " target, counter"
)
# An import's value may be as large as its document; who walks back through acts never needs it.
ACT_COLUMNS: Final = EVENT_COLUMNS.replace("value", "CASE WHEN kind <> 'import' THEN value END")
ANNOTATION_COLUMNS: Final = (
    'annotation."start", annotation."end", annotation.reviewer, annotation.label,'
    " annotation.speaker, annotation.note, annotation.unsure, annotation.created_at,"
    " annotation.updated_at"
)
# Spans as `start,end start,end`, in the text's order; null where there is none.
DENIES_COLUMN: Final = """(
    SELECT group_concat(target_start || ',' || target_end, ' ')
    FROM (
        SELECT target_start, target_end FROM link
        WHERE link.document_id = annotation.document_id AND link."start" = annotation."start"
          AND link."end" = annotation."end" AND link.reviewer = annotation.reviewer
        ORDER BY target_start, target_end
    )
)"""


def _index_of(sentence: str) -> str:
    """The number of a sentence from 0: as it was at the import, and what splits and joins before it
    have added since. So a split of one sentence writes nothing to the 99,999 others.
    """
    return (
        f"({sentence}.sentence_index + coalesce((SELECT sum(shift.moved) FROM shift WHERE"
        f' shift.document_id = {sentence}.document_id AND shift."start" <= {sentence}."start"), 0))'
    )


INDEX_OF_SENTENCE: Final = _index_of("sentence")


def _start_of(index: str, document: str) -> str:
    """Where the sentence of this number begins; null where there is none. It is looked for once in
    each stretch of the text between two places where splits and joins have moved the numbers.
    The plus signs keep SQLite from walking through a stretch instead of looking up the number.
    """
    return f"""(
    SELECT sentence."start" FROM (
        SELECT 0 AS moved, 0 AS low, coalesce(
            (SELECT min("start") FROM shift WHERE document_id = {document}), {2**62}) AS high
        UNION ALL
        SELECT sum(moved) OVER stretch, "start", lead("start", 1, {2**62}) OVER stretch
        FROM shift WHERE document_id = {document} WINDOW stretch AS (ORDER BY "start")
    ) AS part CROSS JOIN sentence
    WHERE sentence.document_id = {document} AND sentence.sentence_index = {index} - part.moved
      AND +sentence."start" >= part.low AND +sentence."start" < part.high)"""


ADD_DOCUMENT: Final = (
    "INSERT INTO document (id, title, source, author, published, language, sha256, imported_at,"
    " replaces, sentence_count, deleted, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
ADD_SENTENCE: Final = (
    'INSERT INTO sentence (document_id, sentence_index, paragraph, "start", "end", text)'
    " VALUES (?, ?, ?, ?, ?, ?)"
)
ADD_EVENT: Final = (
    f"INSERT INTO event ({EVENT_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
NEWEST_COUNTER: Final = "SELECT coalesce(max(counter), 0) FROM event"
MARK_DELETED: Final = "UPDATE document SET deleted = ? WHERE id = ?"

FIND_DOCUMENTS: Final = (
    f"SELECT {DOCUMENT_COLUMNS} FROM document WHERE id >= ? AND id < ? ORDER BY id LIMIT ?"
)
# The names of the others, with a character between them that no name has. What one reviewer alone
# has labelled, an index knows; only of several is each annotation looked at.
LIST_DOCUMENTS: Final = f"""
SELECT {DOCUMENT_COLUMNS},
    (SELECT count(*) FROM annotation
     WHERE annotation.document_id = document.id AND annotation.reviewer = ?1
       AND annotation.label IS NOT NULL),
    (SELECT CASE WHEN min(said.reviewer) = max(said.reviewer) THEN count(*) ELSE (
        SELECT count(DISTINCT annotation."start") FROM annotation
        WHERE annotation.document_id = document.id AND annotation.label IS NOT NULL) END
     FROM annotation AS said WHERE said.document_id = document.id AND said.label IS NOT NULL),
    (SELECT group_concat(reviewer, char(10)) FROM (
        SELECT DISTINCT reviewer FROM annotation
        WHERE annotation.document_id = document.id AND annotation.label IS NOT NULL
          AND annotation.reviewer <> ?1
        ORDER BY reviewer) AS other),
    (SELECT time FROM event WHERE event.document_id = document.id AND kind <> 'seen'
     ORDER BY counter DESC, id DESC LIMIT 1)
FROM document WHERE document.deleted = ?2
ORDER BY document.title, document.id"""
# Two steps, so that each can follow an index from its newest end instead of sorting the log.
LAST_WORKED: Final = f"""
SELECT event.counter, event.id, {DOCUMENT_COLUMNS}
FROM event JOIN document ON document.id = event.document_id
WHERE event.reviewer = ? AND event."start" IS NOT NULL
    AND event.kind NOT IN ('seen', 'suggest')
  AND document.deleted = 0
ORDER BY event.counter DESC, event.id DESC LIMIT 1"""
LAST_IMPORTED: Final = f"""
SELECT {DOCUMENT_COLUMNS} FROM event JOIN document ON document.id = event.document_id
WHERE event.kind = 'import' AND document.deleted = 0
ORDER BY event.counter DESC, event.id DESC LIMIT 1"""
# From each name to the next over an index: `DISTINCT` would read every event.
LIST_REVIEWERS: Final = """
WITH RECURSIVE known (reviewer) AS (
    SELECT min(reviewer) FROM event
    UNION ALL
    SELECT (SELECT min(event.reviewer) FROM event WHERE event.reviewer > known.reviewer)
    FROM known WHERE known.reviewer IS NOT NULL)
SELECT reviewer FROM known WHERE reviewer IS NOT NULL ORDER BY reviewer"""

READ_TEXT: Final = "SELECT text FROM document WHERE id = ?"
READ_PLACES: Final = f"""
SELECT {_index_of("sentence")}, paragraph, sentence."start", sentence."end", sentence.text,
    {ANNOTATION_COLUMNS}, CASE WHEN annotation.reviewer IS NULL THEN NULL ELSE {DENIES_COLUMN} END
FROM sentence LEFT JOIN annotation
    ON annotation.document_id = sentence.document_id AND annotation."start" = sentence."start"
   AND annotation."end" = sentence."end" AND annotation.reviewer = ?1
WHERE sentence.document_id = ?2 AND sentence."start" >= {_start_of("?3", "?2")}
ORDER BY sentence."start" LIMIT ?4"""
READ_PLACES_AT: Final = (
    READ_PLACES.partition("WHERE sentence.document_id = ?2")[0]
    + """WHERE sentence.document_id = ?2
  AND sentence."start" IN (SELECT value FROM json_each(?3))
ORDER BY sentence."start\""""
)
READ_SENTENCES: Final = (
    'SELECT sentence_index, paragraph, "start", "end", text FROM sentence'
    ' WHERE document_id = ? ORDER BY "start"'
)
READ_ANNOTATIONS: Final = f"""
SELECT {ANNOTATION_COLUMNS}, {DENIES_COLUMN} FROM annotation
WHERE document_id = ? ORDER BY "start", "end", reviewer"""
READ_REVIEWERS_ANNOTATIONS: Final = f"""
SELECT {ANNOTATION_COLUMNS}, {DENIES_COLUMN} FROM annotation
WHERE document_id = ? AND reviewer = ? ORDER BY "start", "end\""""
READ_EVENTS: Final = f"SELECT {EVENT_COLUMNS} FROM event WHERE document_id = ? ORDER BY counter, id"
READ_EVENTS_TOUCHING: Final = f"""
SELECT {EVENT_COLUMNS} FROM event WHERE document_id = ?1 AND "start" >= ?2 AND "start" < ?3
UNION ALL
SELECT {EVENT_COLUMNS} FROM event WHERE document_id = ?1 AND "start" IS NULL
ORDER BY counter, id"""
READ_NEWEST_FIRST: Final = (
    f"SELECT {ACT_COLUMNS} FROM event WHERE document_id = ? AND reviewer = ?"
    " ORDER BY counter DESC, id DESC"
)
# A step of one event is its own step: only the rare longer ones are in the index on `step`.
READ_STEP: Final = f"""
SELECT {EVENT_COLUMNS} FROM event WHERE id = ?
UNION ALL SELECT {EVENT_COLUMNS} FROM event WHERE step = ? AND step <> id
ORDER BY counter, id"""
# Under any of the names that the reviewer has had.
_IS_OF: Final = "(reviewer = ?4 OR reviewer IN (SELECT name FROM alias WHERE alias.reviewer = ?4))"
READ_OF_SPAN: Final = (
    f"SELECT {EVENT_COLUMNS} FROM event"
    f' WHERE document_id = ?1 AND "start" = ?2 AND "end" = ?3 AND {_IS_OF}'
)
READ_TARGETING: Final = f"""
SELECT {EVENT_COLUMNS} FROM event WHERE target IN (
    SELECT step FROM event
    WHERE document_id = ?1 AND "start" = ?2 AND "end" = ?3 AND {_IS_OF})"""

_FIND_OPEN: Final = f"""
SELECT {_index_of("sentence")} FROM sentence
WHERE document_id = ?1 AND "start" %s AND NOT EXISTS (
    SELECT 1 FROM annotation
    WHERE annotation.document_id = sentence.document_id
      AND annotation."start" = sentence."start" AND annotation."end" = sentence."end"
      AND annotation.reviewer = ?3 AND annotation.label IS NOT NULL)
ORDER BY "start" %s LIMIT 1"""
# From before the first sentence on, or from after the last one back, is from the end of the text.
FIND_OPEN_FORWARDS: Final = _FIND_OPEN % (
    f">= coalesce({_start_of('?2', '?1')}, CASE WHEN ?2 < 0 THEN 0 END)",
    "",
)
FIND_OPEN_BACKWARDS: Final = _FIND_OPEN % (
    f"<= coalesce({_start_of('?2', '?1')}, CASE WHEN ?2 > 0 THEN {2**62} END)",
    "DESC",
)
FIND_INDEX: Final = f"""
SELECT {_index_of("sentence")}, "end" FROM sentence
WHERE document_id = ? AND "start" <= ? ORDER BY "start" DESC LIMIT 1"""
LIST_KNOWN: Final = "SELECT id FROM event WHERE id IN (SELECT value FROM json_each(?))"
FIND_STRETCHES: Final = """
SELECT DISTINCT sentence_index, sentence."start", sentence."end"
FROM json_each(?2) AS place CROSS JOIN sentence
ON sentence.document_id = ?1 AND sentence."start" = (
    SELECT max("start") FROM sentence WHERE document_id = ?1 AND "start" <= place.value)
WHERE sentence."end" > place.value ORDER BY sentence."start\""""
FIND_LAST_ACT: Final = """
SELECT counter, id, "start" FROM event
WHERE document_id = ? AND reviewer = ? AND "start" IS NOT NULL
    AND kind NOT IN ('seen', 'suggest', 'settle', 'retract', 'reinstate')
ORDER BY counter DESC, id DESC LIMIT 1"""
COUNT_LABELS: Final = """
SELECT label, count(*) FROM annotation
WHERE document_id = ? AND reviewer = ? AND label IS NOT NULL GROUP BY label ORDER BY label"""

READ_ANNOTATION: Final = f"""
SELECT {ANNOTATION_COLUMNS}, {DENIES_COLUMN} FROM annotation
WHERE document_id = ? AND "start" = ? AND "end" = ? AND reviewer = ?"""
DROP_ANNOTATION: Final = (
    'DELETE FROM annotation WHERE document_id = ? AND "start" = ? AND "end" = ? AND reviewer = ?'
)
DROP_LINKS: Final = (
    'DELETE FROM link WHERE document_id = ? AND "start" = ? AND "end" = ? AND reviewer = ?'
)
PUT_ANNOTATION: Final = """
INSERT INTO annotation (document_id, "start", "end", reviewer, label, speaker, note, unsure,
    created_at, updated_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (document_id, "start", "end", reviewer) DO UPDATE SET
    label = excluded.label, speaker = excluded.speaker, note = excluded.note,
    unsure = excluded.unsure, created_at = excluded.created_at, updated_at = excluded.updated_at"""
ADD_LINK: Final = (
    'INSERT INTO link (document_id, "start", "end", reviewer, target_start, target_end)'
    " VALUES (?, ?, ?, ?, ?, ?)"
)

LINKS_FROM: Final = f"""
SELECT link."start", {_index_of("target")}, annotation.label
FROM link
JOIN sentence AS target
    ON target.document_id = link.document_id AND target."start" = link.target_start
   AND target."end" = link.target_end
LEFT JOIN annotation
    ON annotation.document_id = link.document_id AND annotation."start" = link.target_start
   AND annotation."end" = link.target_end AND annotation.reviewer = link.reviewer
WHERE link.document_id = ? AND link."start" BETWEEN ? AND ? AND link.reviewer = ?
ORDER BY link."start", target."start\""""
LINKS_TO: Final = f"""
SELECT link.target_start, {_index_of("source")}
FROM link
JOIN sentence AS source
    ON source.document_id = link.document_id AND source."start" = link."start"
   AND source."end" = link."end"
WHERE link.document_id = ? AND link.target_start BETWEEN ? AND ? AND link.reviewer = ?
ORDER BY link.target_start, source."start\""""

READ_SCHEME: Final = (
    "SELECT value FROM event WHERE kind = 'scheme' ORDER BY counter DESC, id DESC LIMIT 1"
)
COUNT_GIVEN_LABELS: Final = (
    "SELECT label, count(*) FROM annotation WHERE label IS NOT NULL GROUP BY label ORDER BY label"
)
LIST_SPEAKERS: Final = """
SELECT speaker FROM annotation WHERE document_id = ? AND reviewer = ? AND speaker IS NOT NULL
GROUP BY speaker ORDER BY count(*) DESC, max(updated_at) DESC, speaker"""

# All words, in any order, the last as the beginning of one. Of very many matches the best of the
# first two thousand: to rank every sentence with an "a" in it would take seconds.
SEARCH: Final = f"""
SELECT {DOCUMENT_COLUMNS}, {_index_of("sentence")}, sentence.text
FROM (
    SELECT sentence_search.rowid, sentence_search.rank FROM sentence_search
    CROSS JOIN sentence AS held ON held.number = sentence_search.rowid
    CROSS JOIN document AS holding ON holding.id = held.document_id AND holding.deleted = 0
    WHERE sentence_search MATCH ? LIMIT 2000) AS match
JOIN sentence ON sentence.number = match.rowid
JOIN document ON document.id = sentence.document_id
ORDER BY match.rank, document.title, document.id, sentence."start" LIMIT ?"""
# For scripts that put no spaces between words.
SEARCH_LITERALLY: Final = f"""
SELECT {DOCUMENT_COLUMNS}, {_index_of("sentence")}, sentence.text
FROM sentence JOIN document ON document.id = sentence.document_id
WHERE document.deleted = 0 AND instr(sentence.text, ?) > 0
ORDER BY document.title, document.id, sentence."start" LIMIT ?"""

_IS_ANNOTATED: Final = """
    annotation.document_id = sentence.document_id AND annotation."start" = sentence."start"
    AND annotation."end" = sentence."end" AND annotation.reviewer = ?"""
# A cross join is one whose order SQLite keeps: by itself it begins with all sentences, for each of
# which it then looks whether there is anything to test (100,000, a third of them annotated: 75 ms
# against 20).
_MATCHING: Final = f"""
SELECT sentence_index, sentence."start" FROM annotation CROSS JOIN sentence ON {_IS_ANNOTATED}
WHERE sentence.document_id = ? AND %s"""
COUNT_MATCHING: Final = "SELECT count(*) FROM (%s) AS found"
MATCH_LABEL: Final = _MATCHING % "annotation.label = ?"
MATCH_UNSURE: Final = _MATCHING % "annotation.unsure = 1"
MATCH_NOTED: Final = _MATCHING % "annotation.note IS NOT NULL"
MATCH_UNLINKED: Final = (
    _MATCHING
    % """annotation.label = ? AND NOT EXISTS (
    SELECT 1 FROM link
    WHERE link.document_id = annotation.document_id AND link."start" = annotation."start"
      AND link."end" = annotation."end" AND link.reviewer = annotation.reviewer)"""
)
MATCH_UNDENIED: Final = (
    _MATCHING
    % """annotation.label = ? AND NOT EXISTS (
    SELECT 1 FROM link
    WHERE link.document_id = annotation.document_id AND link.target_start = annotation."start"
      AND link.target_end = annotation."end" AND link.reviewer = annotation.reviewer)"""
)
MATCH_UNLABELLED: Final = """
SELECT sentence_index, "start" FROM sentence
WHERE document_id = ?1 AND "start" NOT IN (
    SELECT sentence."start" FROM annotation JOIN sentence USING (document_id, "start", "end")
    WHERE document_id = ?1 AND annotation.reviewer = ?2 AND annotation.label IS NOT NULL)"""
# Led by what is annotated, from the given place on: the sentences in between are never looked at.
FIND_LABELLED_BEFORE: Final = f"""
SELECT "start" FROM annotation
WHERE document_id = ?1 AND reviewer = ?3 AND label IN (SELECT value FROM json_each(?4))
  AND "start" < {_start_of("?2", "?1")}
ORDER BY "start" DESC LIMIT ?5"""
FIND_LABELLED_AFTER: Final = f"""
SELECT "start" FROM annotation
WHERE document_id = ?1 AND reviewer = ?3 AND label IN (SELECT value FROM json_each(?4))
  AND "start" > {_start_of("?2", "?1")}
ORDER BY "start" LIMIT ?5"""

# -- splitting and joining

READ_WHOLES: Final = (
    "SELECT \"start\", \"end\" FROM event WHERE document_id = ? AND kind IN ('split', 'join')"
)
READ_CUTS: Final = (
    f'SELECT {EVENT_COLUMNS} FROM event WHERE document_id = ? AND "start" >= ? AND "start" < ?'
    " AND kind IN ('split', 'join')"
)
COUNT_IMPORTS: Final = "SELECT count(*) FROM event WHERE document_id = ? AND kind = 'import'"
COUNT_LAYOUTS: Final = (
    "SELECT count(DISTINCT json_extract(value, '$.layout')) FROM event"
    " WHERE document_id = ? AND kind = 'import'"
)
FIND_APART: Final = (
    'SELECT 1 FROM event WHERE document_id = ? AND "start" >= ? AND "start" < ? AND "end" > ?'
    ' AND ("start" <> ? OR "end" <> ?) LIMIT 1'
)
READ_IMPORT: Final = (
    "SELECT value FROM event WHERE document_id = ? AND kind = 'import' ORDER BY counter, id LIMIT 1"
)
READ_OF_REGION: Final = (
    f"SELECT {ACT_COLUMNS} FROM event"
    ' WHERE document_id = ? AND "start" >= ? AND "start" < ? AND kind <> \'seen\''
)
READ_TARGETING_REGION: Final = f"""
SELECT {ACT_COLUMNS} FROM event WHERE target IN (
    SELECT step FROM event WHERE document_id = ? AND "start" >= ? AND "start" < ?)"""
READ_REGION: Final = (
    f'SELECT {_index_of("sentence")}, paragraph, "start", "end" FROM sentence'
    ' WHERE document_id = ? AND "start" >= ? AND "start" < ? ORDER BY "start"'
)
LEARN_REGION: Final = (
    "INSERT INTO sentence_search (rowid, text) SELECT number, text FROM sentence"
    ' WHERE document_id = ? AND "start" >= ? AND "start" < ?'
)
FORGET_REGION: Final = (
    "INSERT INTO sentence_search (sentence_search, rowid, text)"
    " SELECT 'delete', number, text FROM sentence"
    ' WHERE document_id = ? AND "start" >= ? AND "start" < ?'
)
DROP_REGION: Final = 'DELETE FROM sentence WHERE document_id = ? AND "start" >= ? AND "start" < ?'
READ_SHIFTS: Final = 'SELECT "start", moved FROM shift WHERE document_id = ? ORDER BY "start"'
COUNT_SHIFT: Final = (
    "SELECT coalesce(sum(moved), 0) FROM shift"
    ' WHERE document_id = ? AND "start" > ? AND "start" <= ?'
)
DROP_SHIFT: Final = 'DELETE FROM shift WHERE document_id = ? AND "start" > ? AND "start" <= ?'
ADD_SHIFT: Final = 'INSERT INTO shift (document_id, "start", moved) VALUES (?, ?, ?)'
ADD_PART: Final = """
INSERT INTO sentence (document_id, sentence_index, paragraph, "start", "end", text)
SELECT id, ?2, ?3, ?4, ?5, substr(text, ?4 + 1, ?5 - ?4) FROM document WHERE id = ?1"""
COUNT_SENTENCES: Final = "UPDATE document SET sentence_count = sentence_count + ? WHERE id = ?"
LIST_REGION_ANNOTATIONS: Final = (
    'SELECT "start", "end", reviewer FROM annotation'
    ' WHERE document_id = ? AND "start" >= ? AND "start" < ?'
)
LIST_LINKS_INTO: Final = """
SELECT DISTINCT "start", "end", reviewer FROM link
WHERE document_id = ? AND target_start >= ? AND target_start < ?"""
FIND_SHARING: Final = """
SELECT "start", "end" FROM sentence
WHERE document_id = ?1 AND "end" > ?2 AND "start" < ?3 AND "start" >= coalesce(
    (SELECT max("start") FROM sentence WHERE document_id = ?1 AND "start" <= ?2), 0)
ORDER BY "start\""""
