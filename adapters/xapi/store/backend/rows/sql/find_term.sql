-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT term FROM term WHERE text = ?1
