-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM document WHERE kind = ?1 AND activity = ?2 AND agent = ?3 AND registration = ?4 AND id = ?5
