-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of many rows.
SELECT term, text FROM (VALUES (?1)) AS wanted CROSS JOIN term WHERE text = wanted.column1
