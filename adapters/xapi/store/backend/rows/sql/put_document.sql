-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO document (kind, activity, agent, registration, id, type, etag, modified, body)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
ON CONFLICT (kind, activity, agent, registration, id) DO UPDATE SET type = excluded.type, etag = excluded.etag, modified = excluded.modified, body = excluded.body
