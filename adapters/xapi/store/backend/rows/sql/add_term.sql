-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO term (text) VALUES (?1) RETURNING term
