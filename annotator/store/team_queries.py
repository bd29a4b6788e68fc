"""The SQL of what many reviewers come to: suggestions, settlements, assignments, names, merging."""

from __future__ import annotations

from typing import Final

from annotator.store.queries import ACT_COLUMNS, EVENT_COLUMNS, INDEX_OF_SENTENCE

# -- suggestions

PUT_SUGGESTION: Final = """
INSERT INTO suggestion (document_id, "start", "end", program, label, speaker, denies, suggested_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (document_id, "start", "end", program) DO UPDATE SET
    label = excluded.label, speaker = excluded.speaker, denies = excluded.denies,
    suggested_at = excluded.suggested_at"""
_SUGGESTIONS: Final = (
    'SELECT "start", "end", program, label, speaker, denies, suggested_at FROM suggestion'
    ' WHERE document_id = ?%s ORDER BY "start", "end", program'
)
READ_SUGGESTIONS: Final = _SUGGESTIONS % ""
SUGGESTIONS_BETWEEN: Final = _SUGGESTIONS % ' AND "start" BETWEEN ? AND ?'
DROP_SUGGESTIONS: Final = "DELETE FROM suggestion WHERE document_id = ?"

# -- settlements

_SETTLING: Final = "('settle', 'retract', 'reinstate')"
PUT_ADJUDICATION: Final = (
    'INSERT INTO adjudication (document_id, "start", "end", reviewer, label, note, rule,'
    " created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
DROP_ADJUDICATIONS: Final = (
    'DELETE FROM adjudication WHERE document_id = ? AND "start" >= ? AND "start" < ?'
)
READ_ADJUDICATIONS: Final = (
    'SELECT "start", "end", reviewer, label, note, rule, created_at FROM adjudication'
    ' WHERE document_id = ? AND "start" >= ? AND "start" < ? ORDER BY "start"'
)
READ_SETTLING: Final = (
    f"SELECT {EVENT_COLUMNS} FROM event"
    f' WHERE document_id = ? AND "start" >= ? AND "start" < ? AND kind IN {_SETTLING}'
)
READ_SETTLING_TARGETING: Final = f"""
SELECT {ACT_COLUMNS} FROM event WHERE kind IN {_SETTLING} AND target IN (
    SELECT step FROM event
    WHERE document_id = ? AND "start" >= ? AND "start" < ? AND kind = 'settle')"""
FIND_DISPUTED: Final = f"""
SELECT {INDEX_OF_SENTENCE} FROM (
    SELECT document_id, "start" FROM annotation
    WHERE document_id = ? AND label IS NOT NULL
      AND substr(reviewer, length(reviewer) - 7) <> ' (again)'
    GROUP BY document_id, "start", "end" HAVING min(label) <> max(label)) AS disputed
JOIN sentence ON sentence.document_id = disputed.document_id
    AND sentence."start" = disputed."start"
ORDER BY sentence."start\""""
READ_GIVEN_LABELS: Final = (
    'SELECT "start", reviewer, label FROM annotation'
    ' WHERE document_id = ? AND label IS NOT NULL ORDER BY "start", "end", reviewer'
)
READ_GIVEN_LINKS: Final = (
    'SELECT "start", reviewer, target_start FROM link'
    ' WHERE document_id = ? ORDER BY "start", "end", reviewer, target_start'
)

# -- assignments and names

# In the words of the index's own condition, or every event would be read.
_OF_TEAM: Final = "kind IN ('assign', 'rename')"
READ_ASSIGNING: Final = f"SELECT {EVENT_COLUMNS} FROM event WHERE {_OF_TEAM} AND kind = 'assign'"
PUT_ASSIGNMENT: Final = "INSERT INTO assignment (document_id, reviewer, again) VALUES (?, ?, ?)"
DROP_ASSIGNMENT: Final = (
    "DELETE FROM assignment WHERE document_id = ? AND reviewer = ? AND again = ?"
)
DROP_ASSIGNMENTS: Final = "DELETE FROM assignment"
DROP_DOCUMENT_ASSIGNMENTS: Final = "DELETE FROM assignment WHERE document_id = ?"
LIST_ASSIGNMENTS: Final = (
    "SELECT document_id, reviewer, again FROM assignment ORDER BY document_id, reviewer, again"
)
READ_RENAMING: Final = f"SELECT {EVENT_COLUMNS} FROM event WHERE {_OF_TEAM} AND kind = 'rename'"
PUT_ALIAS: Final = "INSERT INTO alias (name, reviewer) VALUES (?, ?)"
DROP_ALIASES: Final = "DELETE FROM alias"
READ_ALIASES: Final = "SELECT name, reviewer FROM alias ORDER BY name"
LIST_DOCUMENTS_OF: Final = (
    "SELECT DISTINCT document_id FROM event WHERE reviewer = ? AND document_id IS NOT NULL"
)

# -- merging

READ_LOG: Final = f"SELECT {EVENT_COLUMNS} FROM event ORDER BY counter, id"
READ_LIBRARY_LOG: Final = f"""
SELECT {EVENT_COLUMNS} FROM event WHERE document_id IS NULL
UNION ALL
SELECT {EVENT_COLUMNS} FROM event WHERE {_OF_TEAM} AND document_id IS NOT NULL
ORDER BY counter, id"""
READ_EVENT: Final = f"SELECT {EVENT_COLUMNS} FROM event WHERE id = ?"
REPLACE_TWIN: Final = (
    "UPDATE event SET counter = ?, time = ?, value = ?, step = ?, guideline = ?, spent_ms = ?,"
    " target = ? WHERE id = ?"
)
PUT_ORIGIN: Final = (
    "UPDATE document SET title = ?, source = ?, author = ?, published = ?, language = ?,"
    " imported_at = ?, replaces = ?, deleted = ? WHERE id = ?"
)
DROP_SHIFTS: Final = "DELETE FROM shift WHERE document_id = ?"
DROP_DOCUMENT_LINKS: Final = "DELETE FROM link WHERE document_id = ?"
DROP_DOCUMENT_ANNOTATIONS: Final = "DELETE FROM annotation WHERE document_id = ?"
SET_SENTENCE_COUNT: Final = "UPDATE document SET sentence_count = ? WHERE id = ?"
