-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 4: what of statements people look for by more and less.

-- happened: the timestamp, microseconds since 1970 UTC. level: ops/time_and_level.hpp's.
CREATE TABLE told (
    place INTEGER PRIMARY KEY,
    happened INTEGER NOT NULL,
    level INTEGER NOT NULL
);

-- Of each block of 4096 places, the bounds of these; an erasure leaves them as wide as they were.
CREATE TABLE told_block (
    block INTEGER PRIMARY KEY,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    level INTEGER NOT NULL
);
