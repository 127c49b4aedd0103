-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of many rows: place, happened, level.
INSERT INTO told (place, happened, level) VALUES (?1, ?2, ?3)
