-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO record (collection, key, revision, body) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING RETURNING 1
