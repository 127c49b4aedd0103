-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT revision, body FROM record WHERE collection = ?1 AND key = ?2
