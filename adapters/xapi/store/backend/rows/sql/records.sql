-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT key, revision, body FROM record WHERE collection = ?1 AND key > ?2 ORDER BY key LIMIT ?3
