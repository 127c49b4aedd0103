-- SPDX-License-Identifier: GPL-3.0-or-later
-- Blocks of one term, oldest first. ?2 scope, ?3 from, ?4 how many.
SELECT block FROM posting WHERE term = ?1 AND scope = ?2 AND block >= ?3 ORDER BY block LIMIT ?4
