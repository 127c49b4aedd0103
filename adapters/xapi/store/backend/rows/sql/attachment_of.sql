-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT type, bytes FROM attachment
WHERE sha2 = ?1 AND EXISTS (SELECT 1 FROM attachment_use WHERE sha2 = ?1
    AND place = (SELECT place FROM statement WHERE id = ?2))
