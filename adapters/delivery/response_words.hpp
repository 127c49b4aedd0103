// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "adapters/formats/content.hpp"
#include "engine/util/json.hpp"

namespace palier::delivery {

/// {"type","interaction","response"}: the item's type here, its cmi.interaction type in xAPI 1.0.3
/// (appendix C) and SCORM 2004, and the response in that notation; `response` is absent where there
/// is none.
Json interaction_json(const formats::Item& item, const std::optional<std::string>& response);

/// The item's type, as in content_json.hpp: "choice", "true_false", …
std::string type_name(const formats::Item& item);

}  // namespace palier::delivery
