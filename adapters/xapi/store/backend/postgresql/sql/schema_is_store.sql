-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT 1 FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid
WHERE relname = 'palier_store' AND nspname = ?1
