-- SPDX-License-Identifier: GPL-3.0-or-later
-- What voids cannot be voided.
UPDATE statement SET voided = 1 WHERE id = ?1 AND voids = 0 AND voided = 0 RETURNING place
