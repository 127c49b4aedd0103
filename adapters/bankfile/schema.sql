-- SPDX-License-Identifier: GPL-3.0-or-later
-- A bank file of Palier, version 1: docs/tables.md. What counts is JSON; the columns behind it show it to
-- whoever reads by SQL, and may not say anything else (columns.hpp).
PRAGMA application_id = 0x504c424b;
PRAGMA user_version = 1;

CREATE TABLE bank (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    hash TEXT,
    made_by TEXT NOT NULL
) STRICT;

CREATE TABLE item (
    position INTEGER PRIMARY KEY,
    json TEXT NOT NULL,
    item TEXT,
    scale TEXT,
    model TEXT,
    a REAL,
    b REAL,
    c REAL,
    d REAL,
    se_a REAL,
    se_b REAL,
    status TEXT,
    label TEXT
) STRICT;

CREATE TABLE history (
    number INTEGER PRIMARY KEY,
    what TEXT NOT NULL,
    made_at TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_from TEXT NOT NULL,
    hash_before TEXT NOT NULL,
    hash_after TEXT NOT NULL,
    report TEXT NOT NULL,
    persons REAL,
    log_likelihood REAL,
    aic REAL,
    converged INTEGER
) STRICT;

CREATE TABLE history_item (
    hash TEXT NOT NULL,
    position INTEGER NOT NULL,
    json TEXT NOT NULL,
    item TEXT,
    scale TEXT,
    model TEXT,
    a REAL,
    b REAL,
    c REAL,
    d REAL,
    se_a REAL,
    se_b REAL,
    status TEXT,
    label TEXT,
    PRIMARY KEY (hash, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE question (
    position INTEGER PRIMARY KEY,
    presentation TEXT NOT NULL,
    key TEXT NOT NULL,
    item TEXT,
    language TEXT,
    type TEXT,
    title TEXT
) STRICT;

CREATE TABLE media (
    name TEXT PRIMARY KEY,
    bytes BLOB NOT NULL
) STRICT;
