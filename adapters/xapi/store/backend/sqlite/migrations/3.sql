-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 3: statements are found by postings; attachments, documents, what is known of activities and agents, keys,
-- what was erased. `reindex` (reindex.cpp) then fills posting, term, reference, activity and agent_name from the
-- statements.

ALTER TABLE statement RENAME TO statement_2;
DROP INDEX statement_verb;
DROP INDEX statement_registration;

-- place: the order of arrival from 1, never used twice. stored: microseconds since 1970 UTC, strictly rising.
-- voids: 1 where it voids another one. body: the statement as it is given back.
CREATE TABLE statement (
    place INTEGER PRIMARY KEY AUTOINCREMENT,
    stored INTEGER NOT NULL UNIQUE,
    id BLOB NOT NULL UNIQUE,
    voids INTEGER NOT NULL,
    voided INTEGER NOT NULL,
    body TEXT NOT NULL
);
INSERT INTO statement (stored, id, voids, voided, body)
SELECT stored, id, verb IN (SELECT term FROM term WHERE text = 'verb http://adlnet.gov/expapi/verbs/voided'),
       voided, body
FROM statement_2 ORDER BY stored;
DROP TABLE link;

CREATE TABLE void_3 (target BLOB PRIMARY KEY) WITHOUT ROWID;
INSERT INTO void_3 (target) SELECT target FROM void;
DROP TABLE void;
ALTER TABLE void_3 RENAME TO void;
DROP TABLE statement_2;
DELETE FROM term;

-- Which statements a term finds, in blocks of 4096 places: bits is postings.hpp's. scope 0: as actor, object, verb or
-- registration; 1: elsewhere in it; 2: as who vouches for it.
CREATE TABLE posting (
    term INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    block INTEGER NOT NULL,
    bits BLOB NOT NULL,
    PRIMARY KEY (term, scope, block)
) WITHOUT ROWID;

-- Statements whose object is another one, which may not have come yet.
CREATE TABLE reference (
    target BLOB NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (target, place)
) WITHOUT ROWID;

CREATE TABLE activity (iri TEXT PRIMARY KEY, definition TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE agent_name (
    agent TEXT NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (agent, name)
) WITHOUT ROWID;

CREATE TABLE attachment (sha2 TEXT PRIMARY KEY, type TEXT NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE attachment_use (
    sha2 TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (place, sha2)
) WITHOUT ROWID;
CREATE INDEX attachment_use_sha2 ON attachment_use (sha2);

-- kind: 0 state, 1 activity profile, 2 agent profile. What a kind does not have is empty.
CREATE TABLE document (
    kind INTEGER NOT NULL,
    activity TEXT NOT NULL,
    agent TEXT NOT NULL,
    registration TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT NOT NULL,
    etag TEXT NOT NULL,
    modified INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (kind, activity, agent, registration, id)
);
CREATE INDEX document_agent ON document (agent) WHERE agent <> '';

-- hash: SHA-256 of salt and secret. revoked: when, or 0.
CREATE TABLE credential (
    key TEXT PRIMARY KEY,
    salt TEXT NOT NULL,
    hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    label TEXT NOT NULL,
    created INTEGER NOT NULL,
    revoked INTEGER NOT NULL
) WITHOUT ROWID;

-- Statements that were erased: they do not come again.
CREATE TABLE tombstone (id BLOB PRIMARY KEY, erased INTEGER NOT NULL) WITHOUT ROWID;
