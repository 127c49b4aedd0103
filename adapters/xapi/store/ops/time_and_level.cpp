// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/ops/time_and_level.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/sentence.hpp"

namespace palier::xapi {

TimeAndLevel time_and_level_of(const nlohmann::json& statement) {
    TimeAndLevel found;
    if (const auto timestamp = statement.find("timestamp"); timestamp != statement.end())
        found.time = read_timestamp(timestamp->get_ref<const std::string&>());
    // What another program calls a level may be any number.
    if (const auto level = told_number(statement, "level"); level && *level < TimeAndLevel::no_level)
        found.level = static_cast<std::int64_t>(std::ceil(std::max(*level, -1.0)));
    return found;
}

}  // namespace palier::xapi
