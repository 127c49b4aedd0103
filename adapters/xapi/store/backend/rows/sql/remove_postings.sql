-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM posting WHERE term = ?1
