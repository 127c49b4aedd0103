-- SPDX-License-Identifier: GPL-3.0-or-later
UPDATE record SET revision = ?3, body = ?4 WHERE collection = ?1 AND key = ?2 AND revision = ?5 RETURNING 1
