-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO reference (target, place) VALUES (?1, ?2)
