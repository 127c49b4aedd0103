-- SPDX-License-Identifier: GPL-3.0-or-later
-- All statements, parameters as in by_registration.sql.
SELECT s.stored, s.body
FROM statement s
WHERE s.voided = 0 AND s.stored > ?7 AND s.stored <= ?8
