-- SPDX-License-Identifier: GPL-3.0-or-later
-- ?1 kind, ?2 activity, ?3 agent, ?4 registration, ?5 id.
SELECT type, etag, modified, body FROM document
WHERE kind = ?1 AND activity = ?2 AND agent = ?3 AND registration = ?4 AND id = ?5
