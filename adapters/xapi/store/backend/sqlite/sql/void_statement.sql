-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?2: the verb "voided"; what voids cannot be voided.
UPDATE statement SET voided = 1 WHERE id = ?1 AND verb <> ?2
