-- SPDX-License-Identifier: GPL-3.0-or-later
-- Statements about one agent, parameters as in by_registration.sql.
SELECT a.stored, s.body
FROM link a CROSS JOIN statement s ON s.stored = a.stored
WHERE a.term = ?1 AND a.scope = ?2 AND a.stored > ?7 AND a.stored <= ?8 AND s.voided = 0
  AND (?3 IS NULL OR EXISTS (SELECT 1 FROM link b WHERE b.term = ?3 AND b.scope = ?4 AND b.stored = a.stored))
  AND (?5 IS NULL OR s.verb = ?5)
