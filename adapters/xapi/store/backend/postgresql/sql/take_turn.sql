-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whoever writes waits here for the one before, and counts.
UPDATE palier_store SET commits = commits + 1 RETURNING commits
