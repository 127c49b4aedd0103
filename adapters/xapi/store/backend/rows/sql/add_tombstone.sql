-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO tombstone (id, erased) VALUES (?1, ?2) ON CONFLICT DO NOTHING
