-- The schema of a new database, written by `python -m tests.generate` from the migrations in
-- annotator/store/migrations.py: change those, not this file. README.md tells what it all is for.

PRAGMA application_id = 1634627183;
PRAGMA user_version = 4;

CREATE TABLE document (
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
) STRICT;

CREATE TABLE sentence (
    number INTEGER NOT NULL PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES document (id),
    sentence_index INTEGER NOT NULL CHECK (sentence_index >= 0),
    paragraph INTEGER NOT NULL CHECK (paragraph >= 0),
    "start" INTEGER NOT NULL CHECK ("start" >= 0),
    "end" INTEGER NOT NULL CHECK ("end" > "start"),
    text TEXT NOT NULL,
    UNIQUE (document_id, "start")
) STRICT;

CREATE TABLE shift (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" INTEGER NOT NULL,
    moved INTEGER NOT NULL,
    PRIMARY KEY (document_id, "start")
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE sentence_search USING fts5 (
    text, content = 'sentence', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TABLE event (
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
) STRICT;

CREATE TABLE annotation (
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
) STRICT;

CREATE TABLE link (
    document_id TEXT NOT NULL,
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    target_start INTEGER NOT NULL,
    target_end INTEGER NOT NULL,
    PRIMARY KEY (document_id, "start", "end", reviewer, target_start, target_end),
    FOREIGN KEY (document_id, "start", "end", reviewer)
        REFERENCES annotation (document_id, "start", "end", reviewer)
) STRICT;

CREATE TABLE suggestion (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    program TEXT NOT NULL,
    label TEXT,
    speaker TEXT,
    denies TEXT NOT NULL,
    suggested_at TEXT NOT NULL,
    PRIMARY KEY (document_id, "start", "end", program)
) STRICT, WITHOUT ROWID;

CREATE TABLE adjudication (
    document_id TEXT NOT NULL REFERENCES document (id),
    "start" INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    reviewer TEXT NOT NULL,
    label TEXT NOT NULL,
    note TEXT,
    rule TEXT CHECK (rule IN ('unanimous', 'majority')),
    created_at TEXT NOT NULL,
    PRIMARY KEY (document_id, "start", "end")
) STRICT, WITHOUT ROWID;

CREATE TABLE assignment (
    document_id TEXT NOT NULL REFERENCES document (id),
    reviewer TEXT NOT NULL,
    again INTEGER NOT NULL CHECK (again IN (0, 1)),
    PRIMARY KEY (document_id, reviewer, again)
) STRICT, WITHOUT ROWID;

CREATE TABLE alias (
    name TEXT NOT NULL PRIMARY KEY,
    reviewer TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX sentence_by_index ON sentence (document_id, sentence_index);

CREATE INDEX event_by_order ON event (counter, id);

CREATE INDEX event_by_document ON event (document_id, reviewer, counter, id);

CREATE INDEX event_by_reviewer ON event (reviewer, counter, id);

CREATE INDEX event_by_span ON event (document_id, "start", reviewer);

CREATE INDEX event_by_step ON event (step) WHERE step <> id;

CREATE INDEX event_by_target ON event (target) WHERE target IS NOT NULL;

CREATE INDEX event_of_import ON event (counter, id) WHERE kind = 'import';

CREATE INDEX event_of_cut ON event (document_id, "start") WHERE kind IN ('split', 'join');

CREATE INDEX event_of_scheme ON event (counter, id) WHERE kind = 'scheme';

CREATE INDEX event_in_document ON event (document_id, counter, id);

CREATE INDEX event_importing ON event (document_id, counter, id) WHERE kind = 'import';

CREATE INDEX event_of_team ON event (kind, counter, id) WHERE kind IN ('assign', 'rename');

CREATE INDEX annotation_by_reviewer ON annotation (document_id, reviewer, label);

CREATE INDEX link_by_target ON link (document_id, target_start);

CREATE INDEX alias_by_reviewer ON alias (reviewer);

CREATE TRIGGER event_never_goes BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never removed'); END;

CREATE TRIGGER event_never_replaced BEFORE INSERT ON event
WHEN EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'events are never replaced'); END;

CREATE TRIGGER event_never_changes BEFORE UPDATE ON event
WHEN NOT (NEW.id = OLD.id AND NEW.counter <= OLD.counter
    AND NEW.kind = OLD.kind AND NEW.reviewer = OLD.reviewer
    AND NEW.document_id IS OLD.document_id
    AND NEW."start" IS OLD."start" AND NEW."end" IS OLD."end"
    AND (substr(OLD.id, 15, 1) = '8' OR (NEW.step = OLD.step AND NEW.value IS OLD.value
        AND NEW.time = OLD.time AND NEW.spent_ms = OLD.spent_ms
        AND NEW.guideline = OLD.guideline AND NEW.target IS OLD.target)))
BEGIN SELECT RAISE(ABORT, 'events are never changed'); END;

CREATE VIEW labels AS
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
ORDER BY document.title, document.id, sentence."start", annotation.reviewer;

CREATE VIEW sentences AS
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
        AND substr(annotation.reviewer, length(annotation.reviewer) - 7) <> ' (again)')) AS label
FROM sentence
JOIN document ON document.id = sentence.document_id
WHERE document.deleted = 0
ORDER BY document.title, document.id, sentence."start";

-- sqlite-utils' own, to know which migrations were applied.

CREATE TABLE _sqlite_migrations (
   id INTEGER PRIMARY KEY,
   migration_set TEXT,
   name TEXT,
   applied_at TEXT
);

CREATE UNIQUE INDEX idx__sqlite_migrations_migration_set_name
    ON _sqlite_migrations (migration_set, name);
