-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 2: the tables of SQLite's version 4.

CREATE TABLE told (
    place BIGINT PRIMARY KEY,
    happened BIGINT NOT NULL,
    level BIGINT NOT NULL
);

CREATE TABLE told_block (
    block BIGINT PRIMARY KEY,
    first_at BIGINT NOT NULL,
    last_at BIGINT NOT NULL,
    level BIGINT NOT NULL
) WITH (fillfactor = 50);

UPDATE palier_store SET version = 2;
