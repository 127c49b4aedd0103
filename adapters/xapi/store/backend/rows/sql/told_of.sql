-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of many rows: places.
SELECT place, happened, level FROM (VALUES (?1)) AS wanted CROSS JOIN told WHERE place = wanted.column1
