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
LIST_DOCUMENTS: Final = f"""
SELECT {DOCUMENT_COLUMNS},
    (SELECT count(*) FROM annotation
     WHERE annotation.document_id = document.id AND annotation.reviewer = ?
       AND annotation.label IS NOT NULL),
    (SELECT count(DISTINCT annotation."start") FROM annotation
     WHERE annotation.document_id = document.id AND annotation.label IS NOT NULL)
FROM document WHERE document.deleted = ?
ORDER BY document.title, document.id"""
# Two steps, so that each can follow an index from its newest end instead of sorting the log.
LAST_WORKED: Final = f"""
SELECT {DOCUMENT_COLUMNS} FROM event JOIN document ON document.id = event.document_id
WHERE event.reviewer = ? AND event."start" IS NOT NULL AND document.deleted = 0
ORDER BY event.counter DESC, event.id DESC LIMIT 1"""
LAST_IMPORTED: Final = f"""
SELECT {DOCUMENT_COLUMNS} FROM event JOIN document ON document.id = event.document_id
WHERE event.kind = 'import' AND document.deleted = 0
ORDER BY event.counter DESC, event.id DESC LIMIT 1"""
LIST_REVIEWERS: Final = "SELECT DISTINCT reviewer FROM event ORDER BY reviewer"

READ_TEXT: Final = "SELECT text FROM document WHERE id = ?"
READ_PLACES: Final = f"""
SELECT sentence_index, paragraph, sentence."start", sentence."end", sentence.text,
    {ANNOTATION_COLUMNS}, CASE WHEN annotation.reviewer IS NULL THEN NULL ELSE {DENIES_COLUMN} END
FROM sentence LEFT JOIN annotation
    ON annotation.document_id = sentence.document_id AND annotation."start" = sentence."start"
   AND annotation."end" = sentence."end" AND annotation.reviewer = ?
WHERE sentence.document_id = ? AND sentence_index >= ? AND sentence_index < ?
ORDER BY sentence_index"""
READ_SENTENCES: Final = (
    'SELECT sentence_index, paragraph, "start", "end", text FROM sentence'
    " WHERE document_id = ? ORDER BY sentence_index"
)
READ_ANNOTATIONS: Final = f"""
SELECT {ANNOTATION_COLUMNS}, {DENIES_COLUMN} FROM annotation
WHERE document_id = ? ORDER BY "start", "end", reviewer"""
READ_REVIEWERS_ANNOTATIONS: Final = f"""
SELECT {ANNOTATION_COLUMNS}, {DENIES_COLUMN} FROM annotation
WHERE document_id = ? AND reviewer = ? ORDER BY "start", "end\""""
READ_EVENTS: Final = f"SELECT {EVENT_COLUMNS} FROM event WHERE document_id = ? ORDER BY counter, id"
READ_NEWEST_FIRST: Final = (
    f"SELECT {ACT_COLUMNS} FROM event WHERE document_id = ? AND reviewer = ?"
    " ORDER BY counter DESC, id DESC"
)
# A step of one event is its own step: only the rare longer ones are in the index on `step`.
READ_STEP: Final = f"""
SELECT {EVENT_COLUMNS} FROM event WHERE id = ?
UNION ALL SELECT {EVENT_COLUMNS} FROM event WHERE step = ? AND step <> id
ORDER BY counter, id"""
READ_OF_SPAN: Final = (
    f"SELECT {EVENT_COLUMNS} FROM event"
    ' WHERE document_id = ? AND "start" = ? AND "end" = ? AND reviewer = ?'
)
READ_TARGETING: Final = f"""
SELECT {EVENT_COLUMNS} FROM event WHERE target IN (
    SELECT step FROM event
    WHERE document_id = ? AND "start" = ? AND "end" = ? AND reviewer = ?)"""

FIND_OPEN_FORWARDS: Final = """
SELECT sentence_index FROM sentence
WHERE document_id = ? AND sentence_index >= ? AND NOT EXISTS (
    SELECT 1 FROM annotation
    WHERE annotation.document_id = sentence.document_id
      AND annotation."start" = sentence."start" AND annotation."end" = sentence."end"
      AND annotation.reviewer = ? AND annotation.label IS NOT NULL)
ORDER BY sentence_index LIMIT 1"""
FIND_OPEN_BACKWARDS: Final = FIND_OPEN_FORWARDS.replace(">=", "<=").replace("LIMIT", "DESC LIMIT")
FIND_INDEX: Final = 'SELECT sentence_index FROM sentence WHERE document_id = ? AND "start" = ?'
FIND_LAST_ACT: Final = """
SELECT "start" FROM event
WHERE document_id = ? AND reviewer = ? AND "start" IS NOT NULL
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
