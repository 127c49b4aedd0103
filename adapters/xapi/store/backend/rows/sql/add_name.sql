-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO agent_name (agent, name) VALUES (?1, ?2) ON CONFLICT DO NOTHING
