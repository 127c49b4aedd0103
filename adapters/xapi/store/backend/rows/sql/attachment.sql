-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT type, bytes FROM attachment WHERE sha2 = ?1
