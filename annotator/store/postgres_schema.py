"""The schema on PostgreSQL, one step for each version; no step ever changes.

The same tables, columns and views as on SQLite. Text is compared by code point (`COLLATE "C"`), as
there, whatever language the server speaks.
"""

from __future__ import annotations

from typing import Final

MARK: Final = """CREATE TABLE IF NOT EXISTS annotator (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    commits BIGINT NOT NULL,
    guarded INTEGER NOT NULL CHECK (guarded IN (0, 1))
)"""
"""One row: whose database this is and of which version, and the right to write to it, which a
transaction has as long as it holds the row. `commits` counts them; `guarded` says whether the
engine has the triggers that keep events as they are.
"""

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
)""",
    """CREATE TABLE sentence (
    document_id TEXT NOT NULL REFERENCES document (id),
    sentence_index INTEGER NOT NULL CHECK (sentence_index >= 0),
    paragraph INTEGER NOT NULL CHECK (paragraph >= 0),
    "start" BIGINT NOT NULL CHECK ("start" >= 0),
    "end" BIGINT NOT NULL CHECK ("end" > "start"),
    text TEXT NOT NULL,
    words TSVECTOR,
    PRIMARY KEY (document_id, "start")
)""",
    """CREATE TABLE shift (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" BIGINT NOT NULL,
    moved INTEGER NOT NULL,
    PRIMARY KEY (document_id, "start")
)""",
    """CREATE TABLE event (
    id TEXT NOT NULL PRIMARY KEY,
    counter BIGINT NOT NULL CHECK (counter > 0),
    step TEXT NOT NULL,
    document_id TEXT REFERENCES document (id),
    "start" BIGINT,
    "end" BIGINT,
    reviewer TEXT NOT NULL,
    kind TEXT NOT NULL,
    value TEXT,
    time TEXT NOT NULL,
    spent_ms BIGINT NOT NULL,
    guideline TEXT NOT NULL,
    target TEXT,
    CHECK (("start" IS NULL) = ("end" IS NULL))
)""",
    """CREATE TABLE annotation (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    reviewer TEXT NOT NULL,
    label TEXT,
    speaker TEXT,
    note TEXT,
    unsure INTEGER NOT NULL CHECK (unsure IN (0, 1)),
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (document_id, "start", "end", reviewer)
)""",
    """CREATE TABLE link (
    document_id TEXT NOT NULL,
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    reviewer TEXT NOT NULL,
    target_start BIGINT NOT NULL,
    target_end BIGINT NOT NULL,
    PRIMARY KEY (document_id, "start", "end", reviewer, target_start, target_end),
    FOREIGN KEY (document_id, "start", "end", reviewer)
        REFERENCES annotation (document_id, "start", "end", reviewer)
)""",
    """CREATE TABLE suggestion (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    program TEXT NOT NULL,
    label TEXT,
    speaker TEXT,
    denies TEXT NOT NULL,
    suggested_at TEXT NOT NULL,
    PRIMARY KEY (document_id, "start", "end", program)
)""",
    """CREATE TABLE adjudication (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" BIGINT NOT NULL,
    "end" BIGINT NOT NULL,
    reviewer TEXT NOT NULL,
    label TEXT NOT NULL,
    note TEXT,
    rule TEXT CHECK (rule IN ('unanimous', 'majority')),
    created_at TEXT NOT NULL,
    PRIMARY KEY (document_id, "start", "end")
)""",
    """CREATE TABLE assignment (
    document_id TEXT NOT NULL REFERENCES document (id),
    reviewer TEXT NOT NULL,
    again INTEGER NOT NULL CHECK (again IN (0, 1)),
    PRIMARY KEY (document_id, reviewer, again)
)""",
    """CREATE TABLE alias (
    name TEXT NOT NULL PRIMARY KEY,
    reviewer TEXT NOT NULL
)""",
)

# What each is for stands beside its twin in `annotator.store.migrations`.
_INDEXES: Final = (
    "CREATE INDEX sentence_by_index ON sentence (document_id, sentence_index)",
    "CREATE INDEX event_by_order ON event (counter, id)",
    "CREATE INDEX event_by_document ON event (document_id, reviewer, counter, id)",
    "CREATE INDEX event_in_document ON event (document_id, counter, id)",
    "CREATE INDEX event_by_reviewer ON event (reviewer, counter, id)",
    'CREATE INDEX event_by_span ON event (document_id, "start", reviewer)',
    "CREATE INDEX event_by_step ON event (step) WHERE step <> id",
    "CREATE INDEX event_by_target ON event (target) WHERE target IS NOT NULL",
    "CREATE INDEX event_of_import ON event (counter, id) WHERE kind = 'import'",
    "CREATE INDEX event_of_cut ON event (document_id, \"start\") WHERE kind IN ('split', 'join')",
    "CREATE INDEX event_of_scheme ON event (counter, id) WHERE kind = 'scheme'",
    "CREATE INDEX event_importing ON event (document_id, counter, id) WHERE kind = 'import'",
    "CREATE INDEX event_of_team ON event (kind, counter, id) WHERE kind IN ('assign', 'rename')",
    "CREATE INDEX annotation_by_reviewer ON annotation (document_id, reviewer, label)",
    "CREATE INDEX link_by_target ON link (document_id, target_start)",
    "CREATE INDEX alias_by_reviewer ON alias (reviewer)",
)

_INDEX: Final = """{0}.sentence_index + coalesce((SELECT sum(shift.moved) FROM shift
        WHERE shift.document_id = {0}.document_id AND shift."start" <= {0}."start"), 0)"""

_VIEWS: Final = (
    f"""CREATE VIEW labels AS
SELECT
    document.id AS document_id,
    document.title AS title,
    {_INDEX.format("sentence")} AS sentence_index,
    sentence."start" AS "start",
    sentence."end" AS "end",
    sentence.text AS text,
    annotation.reviewer AS reviewer,
    annotation.label AS label,
    annotation.speaker AS speaker,
    annotation.note AS note,
    annotation.unsure AS unsure,
    '[' || coalesce((
        SELECT string_agg(CAST({_INDEX.format("target")} AS TEXT), ',' ORDER BY target."start")
        FROM link JOIN sentence AS target
            ON target.document_id = link.document_id
            AND target."start" = link.target_start AND target."end" = link.target_end
        WHERE link.document_id = annotation.document_id AND link."start" = annotation."start"
            AND link."end" = annotation."end" AND link.reviewer = annotation.reviewer
    ), '') || ']' AS denies,
    annotation.created_at AS created_at,
    annotation.updated_at AS updated_at
FROM annotation
JOIN document ON document.id = annotation.document_id
JOIN sentence ON sentence.document_id = annotation.document_id
    AND sentence."start" = annotation."start" AND sentence."end" = annotation."end"
WHERE document.deleted = 0
ORDER BY document.title, document.id, sentence."start", annotation.reviewer""",
    f"""CREATE VIEW sentences AS
SELECT
    document.id AS document_id,
    document.title AS title,
    {_INDEX.format("sentence")} AS sentence_index,
    sentence.paragraph AS paragraph,
    sentence."start" AS "start",
    sentence."end" AS "end",
    sentence.text AS text,
    coalesce(
        (SELECT adjudication.label FROM adjudication
         WHERE adjudication.document_id = sentence.document_id
            AND adjudication."start" = sentence."start"
            AND adjudication."end" = sentence."end"),
        (SELECT CASE WHEN min(annotation.label) = max(annotation.label)
            THEN min(annotation.label) END
         FROM annotation
         WHERE annotation.document_id = sentence.document_id
            AND annotation."start" = sentence."start"
            AND annotation."end" = sentence."end"
            AND substr(annotation.reviewer, length(annotation.reviewer) - 7) <> ' (again)'))
        AS label
FROM sentence
JOIN document ON document.id = sentence.document_id
WHERE document.deleted = 0
ORDER BY document.title, document.id, sentence."start\"""",
)

# Of an event whose id comes from its content (a UUIDv8), a merge may find that it happened earlier
# elsewhere; nothing else of any event ever changes.
_GUARDS: Final = (
    """CREATE FUNCTION annotator_keep_events() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'UPDATE' THEN
        RAISE EXCEPTION 'events are never removed';
    END IF;
    IF NEW.id = OLD.id AND NEW.counter <= OLD.counter
        AND NEW.kind = OLD.kind AND NEW.reviewer = OLD.reviewer
        AND NEW.document_id IS NOT DISTINCT FROM OLD.document_id
        AND NEW."start" IS NOT DISTINCT FROM OLD."start"
        AND NEW."end" IS NOT DISTINCT FROM OLD."end"
        AND (substr(OLD.id, 15, 1) = '8' OR (NEW.step = OLD.step
            AND NEW.value IS NOT DISTINCT FROM OLD.value
            AND NEW.time = OLD.time AND NEW.spent_ms = OLD.spent_ms
            AND NEW.guideline = OLD.guideline
            AND NEW.target IS NOT DISTINCT FROM OLD.target))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'events are never changed';
END $$""",
    "CREATE TRIGGER event_never_changes BEFORE UPDATE OR DELETE ON event"
    " FOR EACH ROW EXECUTE FUNCTION annotator_keep_events()",
    "CREATE TRIGGER event_never_emptied BEFORE TRUNCATE ON event"
    " FOR EACH STATEMENT EXECUTE FUNCTION annotator_keep_events()",
)
_FOR_THE_SEARCH: Final = ("CREATE INDEX sentence_by_words ON sentence USING gin (words)",)

STEPS: Final = {4: (*_TABLES, *_INDEXES, *_VIEWS)}
"""What makes a version out of the one before; the first that was ever on PostgreSQL is 4."""

GUARDS: Final = {4: _GUARDS}
"""Triggers, for engines that have them; each set is made as a whole or not at all."""

EXTRAS: Final = {4: _FOR_THE_SEARCH}
"""What makes answers quicker and no different, where the engine has it."""

TABLES: Final = frozenset(
    {
        "annotator",
        "document",
        "sentence",
        "shift",
        "event",
        "annotation",
        "link",
        "suggestion",
        "adjudication",
        "assignment",
        "alias",
    }
)


def collate(statement: str) -> str:
    """A statement with columns of text that are compared by code point."""
    if not statement.startswith("CREATE TABLE"):
        return statement
    return statement.replace(" TEXT", ' TEXT COLLATE "C"')
