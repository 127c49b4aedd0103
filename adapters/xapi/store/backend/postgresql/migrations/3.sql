-- SPDX-License-Identifier: GPL-3.0-or-later
-- Version 3: few rows of a time or a level are found without going through all blocks, and a term finds
-- those that tell a level. `reindex_times_and_levels` (reindex.cpp) fills all of it anew.

DELETE FROM told;
DELETE FROM told_block;
CREATE INDEX told_happened ON told (happened, level, place);
CREATE INDEX told_level ON told (level, happened, place);

UPDATE palier_store SET version = 3;
