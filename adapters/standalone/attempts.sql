-- SPDX-License-Identifier: GPL-3.0-or-later
-- Attempts of the stand-alone mode, beside the statements (adapters/xapi/store/schema.sql).
-- token: SHA-256 of the cookie that the learner's browser holds, hexadecimal. saved: delivery's saved
-- text, events: how many events it has. Times: milliseconds since 1970 UTC.
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
