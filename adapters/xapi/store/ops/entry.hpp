// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/xapi/store/ops/mentions.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "adapters/xapi/store/ops/time_and_level.hpp"
#include "adapters/xapi/store/query.hpp"
#include "adapters/xapi/validate.hpp"

namespace palier::xapi {

/// A statement made ready to be kept.
struct Entry {
    nlohmann::json statement;  ///< as it came, with its id: what a kept one is compared with
    Version version = Version::v1_0_3;
    std::string id;     ///< lower case
    std::string voids;  ///< id of the statement that it voids, or empty
    Terms terms;
    Mentions mentions;
    TimeAndLevel time_and_level;
    std::vector<Attachment> attachments;
    bool defines = true;       ///< what it says of activities and agents counts
    bool voids_others = true;  ///< it may void what somebody else vouches for

    /// JSON text of the statement as it is given back, stored at an instant (microseconds since 1970 UTC).
    std::string body(std::int64_t stored) const;

    std::string head;    ///< `body` without its closing brace and what depends on `stored`
    bool timed = false;  ///< it came with a timestamp
};

/// Whether a statement is one that voids another.
bool is_voiding(const nlohmann::json& statement);

/// Of a valid statement for which `authority` vouches. Gives it an id where it has none. From a client that
/// speaks 2.0.0, its version is 2.0.0 and its timestamp is told in UTC.
Entry make_entry(nlohmann::json statement, const nlohmann::json& authority, Version version = Version::v1_0_3);

}  // namespace palier::xapi
