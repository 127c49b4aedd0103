-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO void (target) VALUES (?1) ON CONFLICT DO NOTHING
