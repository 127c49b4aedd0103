// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>

namespace palier::xapi {

/// What of a statement people look for by more and less.
struct TimeAndLevel {
    std::optional<std::int64_t> time;  ///< its timestamp, microseconds since 1970 UTC
    std::int64_t level = no_level;     ///< the level of its result (vocabulary.hpp), rounded up; or no_level
    /// Above each level that can be asked for.
    static constexpr std::int64_t no_level = std::numeric_limits<std::int32_t>::max();
};

/// Of a valid statement.
TimeAndLevel time_and_level_of(const nlohmann::json& statement);

}  // namespace palier::xapi
