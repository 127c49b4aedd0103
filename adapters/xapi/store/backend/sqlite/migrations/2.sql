-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 2: the file says whose it is, and a host's own records have one table for all hosts.

-- "PLRS" in ASCII: no other program's file is taken for a statement store.
PRAGMA application_id = 1347179091;

-- What a host keeps beside the statements, in the same commits. revision: changes at each change.
CREATE TABLE record (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    revision INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (collection, key)
) WITHOUT ROWID;

-- Attempts of the stand-alone mode as version 0.1.0 kept them in a table of its own.
CREATE TABLE IF NOT EXISTS standalone_attempt (
    id TEXT PRIMARY KEY,
    token TEXT NOT NULL UNIQUE,
    bundle TEXT NOT NULL,
    name TEXT NOT NULL,
    saved TEXT NOT NULL,
    events INTEGER NOT NULL,
    begun INTEGER NOT NULL,
    changed INTEGER NOT NULL
);
INSERT INTO record (collection, key, revision, body)
SELECT 'attempt', token, events,
       json_object('id', id, 'bundle', bundle, 'name', name, 'saved', saved, 'begun', begun, 'changed', changed)
FROM standalone_attempt;
DROP TABLE standalone_attempt;
