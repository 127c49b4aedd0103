-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?2: 1 where it voids another; what voids it may have come before.
INSERT INTO statement (stored, id, voids, voided, body)
VALUES (?1, ?3, ?2, CASE WHEN ?2 = 0 AND EXISTS (SELECT 1 FROM void WHERE target = ?3) THEN 1 ELSE 0 END,
    ?4) RETURNING place, voided
