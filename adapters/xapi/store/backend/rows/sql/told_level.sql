-- SPDX-License-Identifier: GPL-3.0-or-later
-- Those that tell a level of at most ?1; ?2 of them at most.
SELECT place, happened, level FROM told WHERE level <= ?1 LIMIT ?2
