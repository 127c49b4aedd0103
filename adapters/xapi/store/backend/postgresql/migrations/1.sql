-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 1: the tables of SQLite's version 3 (../sqlite/migrations says what they hold). Texts are ordered by their
-- bytes, as there. What is written again and again has room in its page to be so.

CREATE TABLE palier_store (
    single BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (single),
    version BIGINT NOT NULL,
    commits BIGINT NOT NULL
) WITH (fillfactor = 10);
INSERT INTO palier_store (version, commits) VALUES (1, 0);

CREATE TABLE record (
    collection TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    revision BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (collection, key)
);

CREATE TABLE term (
    term BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    text TEXT COLLATE "C" NOT NULL UNIQUE
);

CREATE TABLE statement (
    place BIGINT PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    stored BIGINT NOT NULL UNIQUE,
    id BYTEA NOT NULL UNIQUE,
    voids BIGINT NOT NULL,
    voided BIGINT NOT NULL,
    body TEXT NOT NULL
);

CREATE TABLE void (target BYTEA PRIMARY KEY);

CREATE TABLE posting (
    term BIGINT NOT NULL,
    scope BIGINT NOT NULL,
    block BIGINT NOT NULL,
    bits BYTEA NOT NULL,
    PRIMARY KEY (term, scope, block)
) WITH (fillfactor = 50);

CREATE TABLE reference (
    target BYTEA NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (target, place)
);

CREATE TABLE activity (iri TEXT COLLATE "C" PRIMARY KEY, definition TEXT NOT NULL);
CREATE TABLE agent_name (
    agent TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL
);
-- A name may be longer than what an index takes.
CREATE UNIQUE INDEX agent_name_once ON agent_name (agent, md5(name));

CREATE TABLE attachment (sha2 TEXT COLLATE "C" PRIMARY KEY, type TEXT NOT NULL, bytes BYTEA NOT NULL);
CREATE TABLE attachment_use (
    sha2 TEXT COLLATE "C" NOT NULL,
    place BIGINT NOT NULL,
    PRIMARY KEY (place, sha2)
);
CREATE INDEX attachment_use_sha2 ON attachment_use (sha2);

CREATE TABLE document (
    kind BIGINT NOT NULL,
    activity TEXT COLLATE "C" NOT NULL,
    agent TEXT COLLATE "C" NOT NULL,
    registration TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    type TEXT NOT NULL,
    etag TEXT NOT NULL,
    modified BIGINT NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (kind, activity, agent, registration, id)
);
CREATE INDEX document_agent ON document (agent) WHERE agent <> '';

CREATE TABLE credential (
    key TEXT COLLATE "C" PRIMARY KEY,
    salt TEXT NOT NULL,
    hash TEXT NOT NULL,
    scopes TEXT NOT NULL,
    label TEXT NOT NULL,
    created BIGINT NOT NULL,
    revoked BIGINT NOT NULL
);

CREATE TABLE tombstone (id BYTEA PRIMARY KEY, erased BIGINT NOT NULL);
