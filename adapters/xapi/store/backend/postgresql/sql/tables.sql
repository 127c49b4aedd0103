-- SPDX-License-Identifier: GPL-3.0-or-later
-- The schema that tables are made in, NULL where none of the search_path exists; whether it is a store, and how many
-- other tables of names that the store uses it has.
SELECT current_schema(),
    count(*) FILTER (WHERE relname = 'palier_store'),
    count(*) FILTER (WHERE relname IN ('term', 'statement', 'void', 'posting', 'reference', 'activity', 'agent_name',
        'attachment', 'attachment_use', 'document', 'credential', 'tombstone', 'record', 'told', 'told_block'))
FROM pg_class WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())
