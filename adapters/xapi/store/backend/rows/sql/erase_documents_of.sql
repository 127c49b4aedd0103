-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM document WHERE agent = ?1 RETURNING 1
