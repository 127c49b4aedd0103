-- SPDX-License-Identifier: GPL-3.0-or-later
-- The same, newest first.
SELECT place, body FROM statement WHERE place > ?1 AND place <= ?2 AND (voided = 0 OR ?3 = 1) ORDER BY place DESC LIMIT ?4
