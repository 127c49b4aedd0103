-- SPDX-License-Identifier: GPL-3.0-or-later
-- Statements about one activity, parameters as in by_registration.sql.
SELECT b.stored, s.body
FROM link b CROSS JOIN statement s ON s.stored = b.stored
WHERE b.term = ?3 AND b.scope = ?4 AND b.stored > ?7 AND b.stored <= ?8 AND s.voided = 0
  AND (?5 IS NULL OR s.verb = ?5)
