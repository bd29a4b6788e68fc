"""How a database comes to its present shape, one step after another; no step ever changes.

Imported only for a file that is not of that shape: sqlite-utils takes some 60 ms to import, where
the program needs some 300 in all until the first sentence is painted.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Final

from sqlite_utils import Database, Migrations

from annotator.store.version import APPLICATION_ID, SCHEMA_VERSION

MIGRATIONS: Final = Migrations("annotator")


@MIGRATIONS()
def m001_documents_and_log(db: Database) -> None:
    """Documents, sentences, the log of events, what is folded from it, and the views."""
    for statement in (*_TABLES, *_INDEXES, *_TRIGGERS, *_VIEWS):
        db.execute(statement)


@MIGRATIONS()
def m002_cutting_and_searching(db: Database) -> None:
    """Sentences that can be split and joined, and found by their words."""
    for statement in _RECUT:
        db.execute(statement)
    for statement in _CUT_VIEWS:
        db.execute(statement)


@MIGRATIONS()
def m003_annotations_from_elsewhere(db: Database) -> None:
    """Events of the kind `given`, which an older program does not know: no table changes."""
    del db


@MIGRATIONS()
def m004_many_reviewers(db: Database) -> None:
    """What programs suggest, what leads settle, who labels what, and who has another name now."""
    for statement in _TEAM:
        db.execute(statement)
    db.execute(_CUT_VIEWS[1].replace(_SHARED_LABEL, _SETTLED_LABEL.replace("%s", _PEOPLES_LABEL)))


def migrate(connection: sqlite3.Connection, *, version: int = SCHEMA_VERSION) -> None:
    """Apply what is missing, and sign the file. Inside a transaction that the caller began.

    An older `version` is for a new file that is to be of that shape.
    """
    db = Database(connection, execute_plugins=False)
    later = [migration.name for migration in MIGRATIONS.pending(db)][version:]
    MIGRATIONS.apply(db, stop_before=later if version < SCHEMA_VERSION else None)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute(f"PRAGMA user_version = {version}")


def list_schema(*, version: int = SCHEMA_VERSION) -> dict[str, str]:
    """What a new database is made of: `table document` and the like → the SQL that made it."""
    with closing(sqlite3.connect(":memory:")) as connection:
        migrate(connection, version=version)
        rows = connection.execute(
            "SELECT type || ' ' || name, sql FROM sqlite_master WHERE sql IS NOT NULL"
        )
        return {str(name): str(sql) for name, sql in rows}


_TABLES: Final = (
    """CREATE TABLE document (
    id TEXT NOT NULL PRIMARY KEY,
    title TEXT NOT NULL,
    source TEXT,
    author TEXT,
    published TEXT,
    language TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    imported_at TEXT NOT NULL,
    replaces TEXT,
    sentence_count INTEGER NOT NULL,
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    text TEXT NOT NULL
) STRICT""",
    """CREATE TABLE sentence (
    document_id TEXT NOT NULL REFERENCES document (id),
    sentence_index INTEGER NOT NULL CHECK (sentence_index >= 0),
    paragraph INTEGER NOT NULL CHECK (paragraph >= 0),
    "start" INTEGER NOT NULL CHECK ("start" >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > "start"),
    text TEXT NOT NULL,
    PRIMARY KEY (document_id, sentence_index),
    UNIQUE (document_id, "start")
) STRICT""",
    """CREATE TABLE event (
    id TEXT NOT NULL PRIMARY KEY,
    counter INTEGER NOT NULL CHECK (counter > 0),
    step TEXT NOT NULL,
    document_id TEXT REFERENCES document (id),
    "start" INTEGER,
    "end" INTEGER,
    reviewer TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT,
    time TEXT NOT NULL,
    spent_ms INTEGER NOT NULL,
    guideline TEXT NOT NULL,
    target TEXT,
    CHECK (("start" IS NULL) = ("end" IS NULL))
) STRICT""",
    """CREATE TABLE annotation (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    label TEXT,
    speaker TEXT,
    note TEXT,
    unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (document_id, "start", "end", reviewer)
) STRICT""",
    """CREATE TABLE link (
    document_id TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    target_start INTEGER NOT NULL,
    target_end INTEGER NOT NULL,
    PRIMARY KEY (document_id, "start", "end", reviewer, target_start, target_end),
    FOREIGN KEY (document_id, "start", "end", reviewer)
        REFERENCES annotation (document_id, "start", "end", reviewer)
) STRICT""",
)

_INDEXES: Final = (
    # The newest counter; and the order of the whole log.
    "CREATE INDEX event_by_order ON event (counter, id)",
    # Undo, redo, and where the reviewer stands in a document.
    "CREATE INDEX event_by_document ON event (document_id, reviewer, counter, id)",
    # The document that a reviewer worked on last.
    "CREATE INDEX event_by_reviewer ON event (reviewer, counter, id)",
    # What was ever said of one sentence.
    'CREATE INDEX event_by_span ON event (document_id, "start", reviewer)',
    "CREATE INDEX event_by_step ON event (step) WHERE step <> id",
    "CREATE INDEX event_by_target ON event (target) WHERE target IS NOT NULL",
    "CREATE INDEX event_of_import ON event (counter, id) WHERE kind = 'import'",
    # Progress, by label, without touching the rows.
    "CREATE INDEX annotation_by_reviewer ON annotation (document_id, reviewer, label)",
    "CREATE INDEX link_by_target ON link (document_id, target_start)",
)

_TRIGGERS: Final = (
    """CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    """CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END""",
    # INSERT OR REPLACE removes a row without asking the triggers on DELETE.
    """CREATE TRIGGER event_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END""",
)

_VIEWS: Final = (
    """CREATE VIEW labels AS
SELECT
    document.id AS document_id,
    document.title AS title,
    sentence.sentence_index AS sentence_index,
    sentence."start" AS "start",
    sentence."end" AS "end",
    sentence.text AS text,
    annotation.reviewer AS reviewer,
    annotation.label AS label,
    annotation.speaker AS speaker,
    annotation.note AS note,
    annotation.unsure AS unsure,
    (SELECT json_group_array(denied) FROM (
        SELECT target.sentence_index AS denied
        FROM link JOIN sentence AS target
            ON target.document_id = link.document_id
            AND target."start" = link.target_start AND target."end" = link.target_end
        WHERE link.document_id = annotation.document_id AND link."start" = annotation."start"
            AND link."end" = annotation."end" AND link.reviewer = annotation.reviewer
        ORDER BY target.sentence_index
    )) AS denies,
    annotation.created_at AS created_at,
    annotation.updated_at AS updated_at
FROM annotation
JOIN document ON document.id = annotation.document_id
JOIN sentence ON sentence.document_id = annotation.document_id
    AND sentence."start" = annotation."start" AND sentence."end" = annotation."end"
WHERE document.deleted = 0
ORDER BY document.title, document.id, sentence.sentence_index, annotation.reviewer""",
    """CREATE VIEW sentences AS
SELECT
    document.id AS document_id,
    document.title AS title,
    sentence.sentence_index AS sentence_index,
    sentence.paragraph AS paragraph,
    sentence."start" AS "start",
    sentence."end" AS "end",
    sentence.text AS text,
    (SELECT CASE WHEN min(annotation.label) = max(annotation.label)
        THEN min(annotation.label) END
     FROM annotation
     WHERE annotation.document_id = sentence.document_id
        AND annotation."start" = sentence."start"
        AND annotation."end" = sentence."end") AS label
FROM sentence
JOIN document ON document.id = sentence.document_id
WHERE document.deleted = 0
ORDER BY document.title, document.id, sentence.sentence_index""",
)

_CUT_VIEWS: Final = (
    """CREATE VIEW labels AS
SELECT
    document.id AS document_id,
    document.title AS title,
    sentence.sentence_index + coalesce((SELECT sum(shift.moved) FROM shift
        WHERE shift.document_id = sentence.document_id AND shift."start" <= sentence."start"), 0)
        AS sentence_index,
    sentence."start" AS "start",
    sentence."end" AS "end",
    sentence.text AS text,
    annotation.reviewer AS reviewer,
    annotation.label AS label,
    annotation.speaker AS speaker,
    annotation.note AS note,
    annotation.unsure AS unsure,
    (SELECT json_group_array(denied) FROM (
        SELECT target.sentence_index + coalesce((SELECT sum(shift.moved) FROM shift
        WHERE shift.document_id = target.document_id AND shift."start" <= target."start"), 0)
            AS denied
        FROM link JOIN sentence AS target
            ON target.document_id = link.document_id
            AND target."start" = link.target_start AND target."end" = link.target_end
        WHERE link.document_id = annotation.document_id AND link."start" = annotation."start"
            AND link."end" = annotation."end" AND link.reviewer = annotation.reviewer
        ORDER BY target."start"
    )) AS denies,
    annotation.created_at AS created_at,
    annotation.updated_at AS updated_at
FROM annotation
JOIN document ON document.id = annotation.document_id
JOIN sentence ON sentence.document_id = annotation.document_id
    AND sentence."start" = annotation."start" AND sentence."end" = annotation."end"
WHERE document.deleted = 0
ORDER BY document.title, document.id, sentence."start", annotation.reviewer""",
    """CREATE VIEW sentences AS
SELECT
    document.id AS document_id,
    document.title AS title,
    sentence.sentence_index + coalesce((SELECT sum(shift.moved) FROM shift
        WHERE shift.document_id = sentence.document_id AND shift."start" <= sentence."start"), 0)
        AS sentence_index,
    sentence.paragraph AS paragraph,
    sentence."start" AS "start",
    sentence."end" AS "end",
    sentence.text AS text,
    (SELECT CASE WHEN min(annotation.label) = max(annotation.label)
        THEN min(annotation.label) END
     FROM annotation
     WHERE annotation.document_id = sentence.document_id
        AND annotation."start" = sentence."start"
        AND annotation."end" = sentence."end") AS label
FROM sentence
JOIN document ON document.id = sentence.document_id
WHERE document.deleted = 0
ORDER BY document.title, document.id, sentence."start\"""",
)

_SHARED_LABEL: Final = """(SELECT CASE WHEN min(annotation.label) = max(annotation.label)
        THEN min(annotation.label) END
     FROM annotation
     WHERE annotation.document_id = sentence.document_id
        AND annotation."start" = sentence."start"
        AND annotation."end" = sentence."end")"""
# What a lead has settled comes before what all reviewers say.
_SETTLED_LABEL: Final = """coalesce(
        (SELECT adjudication.label FROM adjudication
         WHERE adjudication.document_id = sentence.document_id
            AND adjudication."start" = sentence."start"
            AND adjudication."end" = sentence."end"),
        %s)"""
# A second pass is nobody else's word: the first one counts.
_PEOPLES_LABEL: Final = _SHARED_LABEL.replace(
    'sentence."end")',
    """sentence."end"
        AND substr(annotation.reviewer, length(annotation.reviewer) - 7) <> ' (again)')""",
)

_TEAM: Final = (
    """CREATE TABLE suggestion (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    program TEXT NOT NULL,
    label TEXT,
    speaker TEXT,
    denies TEXT NOT NULL,
    suggested_at TEXT NOT NULL,
    PRIMARY KEY (document_id, "start", "end", program)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE adjudication (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    label TEXT NOT NULL,
    note TEXT,
    rule TEXT CHECK (rule IN ('unanimous', 'majority')),
    created_at TEXT NOT NULL,
    PRIMARY KEY (document_id, "start", "end")
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE assignment (
    document_id TEXT NOT NULL REFERENCES document (id),
    reviewer TEXT NOT NULL,
    again INTEGER NOT NULL CHECK (again IN (0, 1)),
    PRIMARY KEY (document_id, reviewer, again)
) STRICT, WITHOUT ROWID""",
    # Names that are not used any more, and whose they are.
    """CREATE TABLE alias (
    name TEXT NOT NULL PRIMARY KEY,
    reviewer TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX alias_by_reviewer ON alias (reviewer)",
    # A document's imports: more than one after a merge.
    "CREATE INDEX event_importing ON event (document_id, counter, id) WHERE kind = 'import'",
    # Assignments and renamings, few as they are.
    "CREATE INDEX event_of_team ON event (kind, counter, id) WHERE kind IN ('assign', 'rename')",
    # A merge may find that an event stands earlier in another log, and of one whose id comes from
    # its content (a UUIDv8) that it happened earlier; nothing else of any event ever changes.
    "DROP TRIGGER event_never_changes",
    """CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
WHEN NOT (NEW.id = OLD.id AND NEW.counter <= OLD.counter
    AND NEW.kind = OLD.kind AND NEW.reviewer = OLD.reviewer
    AND NEW.document_id IS OLD.document_id
    AND NEW."start" IS OLD."start" AND NEW."end" IS OLD."end"
    AND (substr(OLD.id, 15, 1) = '8' OR (NEW.step = OLD.step AND NEW.value IS OLD.value
        AND NEW.time = OLD.time AND NEW.spent_ms = OLD.spent_ms
        AND NEW.guideline = OLD.guideline AND NEW.target IS OLD.target)))
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    "DROP VIEW sentences",
)

# Sentences go by where they begin, since their numbers move when one is split; and have a number of
# their own, by which the search finds them, and which no VACUUM changes.
_RECUT: Final = (
    "DROP VIEW labels",
    "DROP VIEW sentences",
    "ALTER TABLE sentence RENAME TO sentence_before",
    """CREATE TABLE sentence (
    number INTEGER NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id),
    sentence_index INTEGER NOT NULL CHECK (sentence_index >= 0),
    paragraph INTEGER NOT NULL CHECK (paragraph >= 0),
    "start" INTEGER NOT NULL CHECK ("start" >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > "start"),
    text TEXT NOT NULL,
    UNIQUE (document_id, "start")
) STRICT""",
    """INSERT INTO sentence (document_id, sentence_index, paragraph, "start", "end", text)
SELECT document_id, sentence_index, paragraph, "start", "end", text FROM sentence_before
ORDER BY document_id, sentence_index""",
    "DROP TABLE sentence_before",
    # From a number to the sentence. Not unique: a split moves those of all that follow it.
    "CREATE INDEX sentence_by_index ON sentence (document_id, sentence_index)",
    # How many sentences splits and joins have added before this place in the text.
    """CREATE TABLE shift (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" INTEGER NOT NULL,
    moved INTEGER NOT NULL,
    PRIMARY KEY (document_id, "start")
) STRICT, WITHOUT ROWID""",
    # Splits and joins, few as they are.
    "CREATE INDEX event_of_cut ON event (document_id, \"start\") WHERE kind IN ('split', 'join')",
    # The label scheme in force.
    "CREATE INDEX event_of_scheme ON event (counter, id) WHERE kind = 'scheme'",
    # A document's history, and its newest change.
    "CREATE INDEX event_in_document ON event (document_id, counter, id)",
    # Kept by the store, document by document: a trigger on each sentence takes six times as long.
    """CREATE VIRTUAL TABLE sentence_search USING fts5 (
    text, content = 'sentence', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
)""",
    "INSERT INTO sentence_search (sentence_search) VALUES ('rebuild')",
)
