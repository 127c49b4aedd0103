-- SPDX-License-Identifier: GPL-3.0-or-later
-- Statements whose object is the statement ?1.
SELECT reference.place, statement.id FROM reference JOIN statement USING (place) WHERE reference.target = ?1
