-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT body FROM statement WHERE id = ?1
