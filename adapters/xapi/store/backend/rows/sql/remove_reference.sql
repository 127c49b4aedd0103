-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM reference WHERE target = ?1 AND place = ?2
