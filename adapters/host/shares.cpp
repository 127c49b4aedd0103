// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/shares.hpp"

#include "engine/errors.hpp"
#include "engine/result/share.hpp"

namespace palier::host {

namespace {

constexpr std::size_t most_groups = 100000;

std::vector<double> chances_of(const Json& group, const std::string& path) {
    if (!group.is_array()) throw ArgumentError(path + ": an array of chances is expected, one a person");
    std::vector<double> chances;
    chances.reserve(group.size());
    for (const Json& one : group) {
        const double chance = one.is_number() ? one.get<double>() : -1;
        if (!(chance >= 0 && chance <= 1))
            throw ArgumentError(path + "[" + std::to_string(chances.size()) + "]: a number from 0 to 1 is expected");
        chances.push_back(chance);
    }
    return chances;
}

}  // namespace

Json shares_json(const ObjectReader& request) {
    const double probability = request.number("probability", 0.95, 0.5, 0.999);
    const Json& groups = request.at("groups");
    if (!groups.is_array() || groups.size() > most_groups)
        request.refuse("groups", "an array of at most " + std::to_string(most_groups) + " arrays of chances");
    Json shares = Json::array();
    for (std::size_t k = 0; k < groups.size(); ++k) {
        const auto found = palier::share(chances_of(groups[k], "groups[" + std::to_string(k) + "]"), probability);
        shares.push_back(found
                             ? Json{{"value", found->value}, {"interval", {found->interval.low, found->interval.high}}}
                             : Json(nullptr));
    }
    return {{"probability", probability}, {"shares", std::move(shares)}};
}

}  // namespace palier::host
