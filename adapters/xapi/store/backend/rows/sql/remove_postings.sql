-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM posting WHERE term IN (SELECT term FROM term WHERE text = ?1)
