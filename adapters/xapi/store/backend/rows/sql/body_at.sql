-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT id, body FROM statement WHERE place = ?1
