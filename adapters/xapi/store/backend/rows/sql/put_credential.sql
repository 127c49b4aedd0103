-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO credential (key, salt, hash, scopes, label, created, revoked) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (key) DO UPDATE SET salt = excluded.salt, hash = excluded.hash, scopes = excluded.scopes, label = excluded.label,
    created = excluded.created, revoked = excluded.revoked
