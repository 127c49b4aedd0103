-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT name FROM agent_name WHERE agent = ?1 ORDER BY name
