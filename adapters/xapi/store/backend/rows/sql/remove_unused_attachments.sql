-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM attachment WHERE NOT EXISTS (SELECT 1 FROM attachment_use WHERE attachment_use.sha2 = attachment.sha2)
