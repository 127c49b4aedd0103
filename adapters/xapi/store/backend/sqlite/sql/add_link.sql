-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO link (term, scope, stored) VALUES (?1, ?2, ?3)
