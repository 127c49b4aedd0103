-- SPDX-License-Identifier: GPL-3.0-or-later
SELECT definition FROM activity WHERE iri = ?1
