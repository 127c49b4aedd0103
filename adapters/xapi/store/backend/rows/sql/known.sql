-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is known of an id: the statement, whether it was erased, whether others refer to it.
SELECT (SELECT body FROM statement WHERE id = ?1),
    CASE WHEN EXISTS (SELECT 1 FROM statement WHERE id = ?1) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (SELECT 1 FROM tombstone WHERE id = ?1) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (SELECT 1 FROM reference WHERE target = ?1) THEN 1 ELSE 0 END
