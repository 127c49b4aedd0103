-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT key, salt, hash, scopes, label, created, revoked FROM credential ORDER BY created, key
