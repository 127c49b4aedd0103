-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM term WHERE text = ?1
