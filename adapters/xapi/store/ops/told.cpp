// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/told.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/sentence.hpp"

namespace palier::xapi {

Told told_of(const nlohmann::json& statement) {
    Told told;
    if (const auto timestamp = statement.find("timestamp"); timestamp != statement.end())
        told.at = read_timestamp(timestamp->get_ref<const std::string&>());
    // What another program calls a level may be any number.
    if (const auto level = told_number(statement, "level"); level && *level < Told::no_level)
        told.level = static_cast<std::int64_t>(std::ceil(std::max(*level, -1.0)));
    return told;
}

}  // namespace palier::xapi
