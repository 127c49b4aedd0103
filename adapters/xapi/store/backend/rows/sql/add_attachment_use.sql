-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO attachment_use (sha2, place) VALUES (?1, ?2) ON CONFLICT DO NOTHING
