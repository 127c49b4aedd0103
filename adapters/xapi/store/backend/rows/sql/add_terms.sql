-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of many rows.
INSERT INTO term (text) VALUES (?1) RETURNING term, text
