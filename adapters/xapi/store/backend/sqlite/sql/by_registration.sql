-- SPDX-License-Identifier: GPL-3.0-or-later
-- Statements of one registration. ?1 agent, ?2 its scope, ?3 activity, ?4 its scope, ?5 verb, ?6 registration; NULL:
-- any. ?7 stored after, ?8 stored up to, ?9 how many. The order is added: the index of what leads gives it.
SELECT s.stored, s.body
FROM statement s
WHERE s.registration = ?6 AND s.voided = 0 AND s.stored > ?7 AND s.stored <= ?8
  AND (?1 IS NULL OR EXISTS (SELECT 1 FROM link a WHERE a.term = ?1 AND a.scope = ?2 AND a.stored = s.stored))
  AND (?3 IS NULL OR EXISTS (SELECT 1 FROM link b WHERE b.term = ?3 AND b.scope = ?4 AND b.stored = s.stored))
  AND (?5 IS NULL OR s.verb = ?5)
