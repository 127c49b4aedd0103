-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM attachment_use WHERE place = ?1
