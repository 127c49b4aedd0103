-- SPDX-License-Identifier: GPL-3.0-or-later
-- All statements that count, or with ?3 = 1 all, oldest first. ?1 after, ?2 up to, ?4 how many.
SELECT place, body FROM statement WHERE place > ?1 AND place <= ?2 AND (voided = 0 OR ?3 = 1) ORDER BY place LIMIT ?4
