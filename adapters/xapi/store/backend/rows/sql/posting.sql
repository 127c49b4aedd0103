-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT bits FROM posting WHERE term = ?1 AND scope = ?2 AND block = ?3
