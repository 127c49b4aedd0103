-- SPDX-License-Identifier: GPL-3.0-or-later
-- Blocks from ?1 on that may have such ones, newest first; ?5 of them at most.
SELECT block FROM told_block
WHERE block <= ?1 AND last_at >= ?2 AND first_at < ?3 AND level <= ?4 ORDER BY block DESC LIMIT ?5
