-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of the block ?1, from place ?2 to ?3: those that tell a time from ?4 to before ?5, and a level of at most ?6.
SELECT place FROM told
WHERE place BETWEEN ?2 AND ?3 AND happened >= ?4 AND happened < ?5 AND level <= ?6
    AND EXISTS (SELECT 1 FROM told_block WHERE block = ?1 AND last_at >= ?4 AND first_at < ?5 AND told_block.level <= ?6)
