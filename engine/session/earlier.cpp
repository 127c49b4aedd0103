// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/session/earlier.hpp"

#include <algorithm>
#include <cmath>

#include "engine/errors.hpp"
#include "engine/util/json.hpp"

namespace palier {

Prior prior_after(const Prior& of_plan, double theta, double se) {
    const double sd = std::hypot(se, change_since);
    const bool normal = of_plan.distribution == Prior::Distribution::normal;
    return {Prior::Distribution::normal, theta, normal ? std::min(of_plan.sd, sd) : sd};
}

Event started_of(const Json& context, const Plan& plan) {
    if (!context.is_object() || !context.contains("earlier")) return started_from_json(context);
    Json members = context;
    members.erase("earlier");
    Event event = started_from_json(members);
    const Json& results = context["earlier"];
    if (event.prior || !event.priors.empty())
        throw LogError("'context.earlier' stands beside 'prior' or 'priors'; it should be one of them");
    if (!results.is_object() || results.size() > 64)
        throw LogError("'context.earlier' is " + show(results) +
                       "; it should be an object from scale to its earlier result {\"theta\", \"se\"}, at most 64");
    for (const auto& entry : results.items()) {
        const std::string path = "context.earlier." + entry.key();
        const auto scale = std::find_if(plan.scales.begin(), plan.scales.end(),
                                        [&](const ScaleRules& rules) { return rules.id == entry.key(); });
        if (scale == plan.scales.end() && !plan.scales.empty())
            throw LogError("'" + path + "' is of no scale of the plan");
        const ObjectReader result(entry.value(), path, ErrorKind::log, {"theta", "se"});
        result.at("theta");
        const double theta = result.number("theta", 0, -1000, 1000);
        const double se = result.number("se", 0, 0, most_prior_sd);
        if (!(se > 0)) result.refuse("se", "a number above 0");
        if (plan.map)
            event.priors.emplace_back(entry.key(), prior_after(scale->prior, theta, se));
        else
            event.prior = prior_after(prior_of(plan), theta, se);
    }
    return event;
}

}  // namespace palier
