-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?5: 1 where it can be voided; what voided it may have come before.
INSERT INTO statement (stored, id, verb, registration, voided, body)
VALUES (?1, ?2, ?3, ?4, ?5 AND EXISTS (SELECT 1 FROM void WHERE target = ?2), ?6)
