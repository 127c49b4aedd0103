-- SPDX-License-Identifier: GPL-3.0-or-later
-- After a query of by_*.sql: its first column is when a statement was stored.
ORDER BY 1 ASC LIMIT ?9
