-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM record WHERE collection = ?1 AND key = ?2 RETURNING 1
