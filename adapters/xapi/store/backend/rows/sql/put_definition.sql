-- SPDX-License-Identifier: GPL-3.0-or-later
INSERT INTO activity (iri, definition) VALUES (?1, ?2) ON CONFLICT (iri) DO UPDATE SET definition = excluded.definition
