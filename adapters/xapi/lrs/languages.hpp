// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace palier::xapi {

/// What a reader prefers, best first, of an Accept-Language header (RFC 9110, section 12.5.4). What cannot be read
/// is left out.
class Languages {
public:
    explicit Languages(std::string_view accept_language);

    /// The key of a language map that is preferred: the first range that is a tag of it, else one that a tag begins
    /// with, else a tag that the range begins with ("fr-CA" is served by "fr"; RFC 4647, sections 3.3.1 and 3.4);
    /// else the first one that is not refused, else the first.
    std::string best(const nlohmann::json& language_map) const;

    /// The map with that entry alone; an empty one stays.
    void keep_best(nlohmann::json& language_map) const;

private:
    std::vector<std::string> wanted_;
    std::vector<std::string> refused_;
};

}  // namespace palier::xapi
