// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/definitions.hpp"

namespace palier::xapi {

using nlohmann::json;

json merged_definition(json known, const json& newcomer) {
    if (!known.is_object()) known = json::object();
    for (const auto& [key, value] : newcomer.items()) {
        const bool one_by_one = key == "name" || key == "description" || key == "extensions";
        if (one_by_one && known.contains(key) && value.is_object())
            known[key].update(value);
        else
            known[key] = value;
    }
    return known;
}

}  // namespace palier::xapi
