// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "adapters/xapi/lrs/languages.hpp"
#include "adapters/xapi/store/store.hpp"

// How a statement is given back: xAPI 1.0.3 part three, section 2.1.3, `format`.

namespace palier::xapi {

enum class Format { exact, ids, canonical };

/// ids: of agents, groups, activities and verbs only what identifies them.
nlohmann::json with_ids(nlohmann::json statement);

/// canonical: activities as `known` has them from all statements, or where it is null as this one has them; and each
/// language map of activities, verbs and attachments in the one language that is preferred.
nlohmann::json in_canonical_form(nlohmann::json statement, Store* known, const Languages& languages);

}  // namespace palier::xapi
