-- SPDX-License-Identifier: GPL-3.0-or-later
DELETE FROM agent_name WHERE agent = ?1
