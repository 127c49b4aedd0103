-- SPDX-License-Identifier: GPL-3.0-or-later
-- Those that tell a time from ?1 to before ?2; ?3 of them at most.
SELECT place, happened, level FROM told WHERE happened >= ?1 AND happened < ?2 LIMIT ?3
