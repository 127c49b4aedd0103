-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM told WHERE place = ?1
