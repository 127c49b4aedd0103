-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whoever writes, or waits for the turn to.
SELECT 1 FROM pg_locks
WHERE relation = 'palier_store'::regclass AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid() LIMIT 1
