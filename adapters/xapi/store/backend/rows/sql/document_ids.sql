-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?4: a registration, NULL for any. ?5: changed after.
SELECT DISTINCT id FROM document
WHERE kind = ?1 AND activity = ?2 AND agent = ?3 AND registration = coalesce(?4, registration) AND modified > ?5
ORDER BY id
