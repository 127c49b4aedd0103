-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 1: statements, and by which names they are found.

-- IRIs and agents, each once: "verb IRI", "activity IRI", "mbox …", "account HOMEPAGE NAME".
CREATE TABLE term (
    term INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
);

-- stored: microseconds since 1970 UTC, strictly rising, so that it is the order of arrival too.
-- body: the statement as it is given back.
CREATE TABLE statement (
    stored INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    verb INTEGER NOT NULL REFERENCES term,
    registration BLOB,
    voided INTEGER NOT NULL DEFAULT 0,
    body TEXT NOT NULL
);
CREATE INDEX statement_verb ON statement (verb, stored);
CREATE INDEX statement_registration ON statement (registration, stored) WHERE registration IS NOT NULL;

-- Which activities and agents a statement is about. scope 0: as actor or object; 1: anywhere in it.
CREATE TABLE link (
    term INTEGER NOT NULL REFERENCES term,
    scope INTEGER NOT NULL,
    stored INTEGER NOT NULL REFERENCES statement,
    PRIMARY KEY (term, scope, stored)
) WITHOUT ROWID;

-- Statements that are voided, those not yet arrived included.
CREATE TABLE void (
    target BLOB PRIMARY KEY,
    stored INTEGER NOT NULL REFERENCES statement
) WITHOUT ROWID;
