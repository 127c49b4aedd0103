-- SPDX-License-Identifier: GPL-3.0-or-later
-- Widens the bounds of the block ?1 to ?2, ?3 and ?4.
INSERT INTO told_block (block, first_at, last_at, level) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (block) DO UPDATE SET
    first_at = CASE WHEN excluded.first_at < told_block.first_at THEN excluded.first_at ELSE told_block.first_at END,
    last_at = CASE WHEN excluded.last_at > told_block.last_at THEN excluded.last_at ELSE told_block.last_at END,
    level = CASE WHEN excluded.level < told_block.level THEN excluded.level ELSE told_block.level END
