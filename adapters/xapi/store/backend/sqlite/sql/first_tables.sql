-- SPDX-License-Identifier: GPL-3.0-or-later
-- How many of the tables of version 1 there are.
SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('term', 'statement', 'link', 'void')
