-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT place, stored, body FROM statement WHERE place > ?1 ORDER BY place LIMIT ?2
