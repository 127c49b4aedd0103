-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO attachment (sha2, type, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
