-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of many rows: term, scope, block. CROSS JOIN: SQLite then looks up each.
SELECT term, scope, block, bits
FROM (VALUES (?1, ?2, ?3)) AS wanted CROSS JOIN posting
WHERE term = wanted.column1 AND scope = wanted.column2 AND block = wanted.column3
