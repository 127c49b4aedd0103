-- SPDX-License-Identifier: GPL-3.0-or-later
-- The last place that was stored up to an instant.
SELECT place FROM statement WHERE stored <= ?1 ORDER BY stored DESC LIMIT 1
