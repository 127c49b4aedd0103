-- SPDX-License-Identifier: GPL-3.0-or-later
-- The schemas that have a store and whose name begins like this.
SELECT nspname::text FROM pg_namespace JOIN pg_class ON relnamespace = pg_namespace.oid
WHERE relname = 'palier_store' AND starts_with(nspname::text, ?1)
