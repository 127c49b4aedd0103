-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of many rows, each of another key: term, scope, block, bits.
INSERT INTO posting (term, scope, block, bits) VALUES (?1, ?2, ?3, ?4)
ON CONFLICT (term, scope, block) DO UPDATE SET bits = excluded.bits
