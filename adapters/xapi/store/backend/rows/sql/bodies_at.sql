-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of many rows: places.
SELECT place, body FROM (VALUES (?1)) AS wanted CROSS JOIN statement WHERE place = wanted.column1
