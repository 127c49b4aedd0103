// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/self_statement.hpp"

#include <algorithm>
#include <cmath>

#include "engine/ability/map.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/math/elementary.hpp"

namespace palier {

SelfPlacement stated(const Plan& plan, const SelfStatement& statement, const std::vector<double>& truth,
                     const math::Random& random) {
    if (!plan.levels) throw ArgumentError("persons say at which level they are; the plan has no 'levels'");
    const Levels& levels = *plan.levels;
    const auto level = [&](double theta, std::size_t number) {
        const double error = math::normal_quantile(
            random.uniform(math::Stream::ability, static_cast<std::uint32_t>(number), 3) + 0x1.0p-54);
        return std::clamp(level_at(levels, theta) + static_cast<int>(std::lround(statement.error * error)),
                          levels.first, levels.first + static_cast<int>(levels.cuts.size()));
    };
    SelfPlacement said;
    if (!plan.map) {
        said.overall = level(truth[0], 0);
    } else if (statement.of_scales) {
        for (std::size_t s = 0; s < truth.size(); ++s)
            if (plan.scales[s].reported) said.scales.emplace_back(plan.scales[s].id, level(truth[s], s));
    } else {
        const Composite all = composite_of_all(plan.scales);
        double mean = 0;
        for (std::size_t s = 0; s < truth.size(); ++s) mean += all.weights[s] * truth[s];
        said.overall = level(mean, 0);
    }
    return said;
}

}  // namespace palier
