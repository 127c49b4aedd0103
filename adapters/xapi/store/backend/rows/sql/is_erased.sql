-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT 1 FROM tombstone WHERE id = ?1
