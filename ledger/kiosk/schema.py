"""The tables of a kiosk's database and the steps that bring an older file up to date.

`state` is what the server said, `event` what happened here, `overlay` the fold of both for
subjects with events the server has not folded yet. An event is sent under its `subject` and
folded into `folds_to`, which differ where a pass became known after it was used. The view `shown`
is what rules and screens read. All other tables are indexes that can be rebuilt from these.
"""

from typing import Final

STEPS: Final[tuple[str, ...]] = (
    """
    CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE cursor (
        stream TEXT PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, complete_at TEXT
    ) WITHOUT ROWID;

    CREATE TABLE state (
        kind TEXT NOT NULL, subject TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL,
        op TEXT NOT NULL, body TEXT, PRIMARY KEY (kind, subject)
    ) WITHOUT ROWID;
    CREATE INDEX state_stream ON state (stream);

    CREATE TABLE shadow (
        kind TEXT NOT NULL, subject TEXT NOT NULL, stream TEXT NOT NULL, seq INTEGER NOT NULL,
        op TEXT NOT NULL, body TEXT, PRIMARY KEY (kind, subject)
    ) WITHOUT ROWID;

    CREATE TABLE event (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        incarnation INTEGER NOT NULL, n INTEGER NOT NULL, id TEXT NOT NULL UNIQUE,
        act TEXT NOT NULL, kind TEXT NOT NULL, subject_kind TEXT NOT NULL, subject TEXT NOT NULL,
        at TEXT NOT NULL, actor TEXT NOT NULL, body TEXT NOT NULL, offline INTEGER NOT NULL,
        rule INTEGER, saw TEXT,
        status TEXT NOT NULL DEFAULT 'pending', code TEXT, until_seq INTEGER, settled_at TEXT,
        UNIQUE (incarnation, n)
    );
    CREATE INDEX event_status ON event (status, position);
    CREATE INDEX event_subject ON event (subject_kind, subject, status);

    CREATE TABLE overlay (
        kind TEXT NOT NULL, subject TEXT NOT NULL, body TEXT, PRIMARY KEY (kind, subject)
    ) WITHOUT ROWID;

    CREATE VIEW shown AS
        SELECT kind, subject, 0 AS seq, body FROM overlay WHERE body IS NOT NULL
        UNION ALL
        SELECT s.kind, s.subject, s.seq, s.body FROM state s
        WHERE s.body IS NOT NULL AND NOT EXISTS
            (SELECT 1 FROM overlay o WHERE o.kind = s.kind AND o.subject = s.subject);

    CREATE TABLE of_person (
        person TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
        PRIMARY KEY (person, kind, subject)
    ) WITHOUT ROWID;
    CREATE INDEX of_person_subject ON of_person (kind, subject);

    CREATE TABLE grant_ref (
        kind TEXT NOT NULL, ref TEXT NOT NULL, subject TEXT NOT NULL,
        PRIMARY KEY (kind, ref, subject)
    ) WITHOUT ROWID;
    CREATE INDEX grant_ref_subject ON grant_ref (kind, subject);

    CREATE TABLE short_code (
        hash TEXT NOT NULL, subject TEXT NOT NULL, PRIMARY KEY (hash, subject)
    ) WITHOUT ROWID;
    CREATE INDEX short_code_subject ON short_code (subject);

    CREATE TABLE slot (
        subject TEXT PRIMARY KEY, resource TEXT NOT NULL, starts INTEGER NOT NULL,
        ends INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX slot_ends ON slot (ends);

    CREATE TABLE name (person TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
    """,
    """
    ALTER TABLE event ADD COLUMN folds_to TEXT NOT NULL DEFAULT '';
    UPDATE event SET folds_to = subject;
    CREATE INDEX event_folds_to ON event (subject_kind, folds_to, status);
    """,
)
"""Each step is applied once, in order; `PRAGMA user_version` counts them. Never edit one."""
