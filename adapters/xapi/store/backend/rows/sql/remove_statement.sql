-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM statement WHERE place = ?1 RETURNING id
