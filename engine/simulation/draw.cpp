// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/draw.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/elementary.hpp"

namespace palier {

Parameters drawn(const Item& item, const math::Random& random, std::uint32_t position, double shift) {
    const ParameterErrors errors = errors_of(item);
    Parameters result = item.parameters;
    std::uint32_t draw = 0;
    const auto normal = [&](std::uint32_t step) {
        return math::normal_quantile(random.uniform(math::Stream::parameters, step, draw++) + 0x1.0p-54);
    };
    const double common = shift > 0 ? shift * normal(0xffffffffu) : 0;
    const auto move = [&](double& x, double error) {
        if (error > 0) x += error * normal(position);
    };
    draw = 0;
    if (errors.a > 0) {
        const double variance = math::log(1 + errors.a * errors.a / (result.a * result.a));
        result.a *= math::exp(std::sqrt(variance) * normal(position) - 0.5 * variance);
    }
    draw = 1;
    move(result.b, errors.b);
    draw = 2;
    move(result.c, errors.c);
    draw = 3;
    move(result.d, errors.d);
    result.c = std::min(std::max(result.c, 0.0), 0.99);
    result.d = std::min(std::max(result.d, result.c + 0.01), 1.0);
    const auto steps = static_cast<std::size_t>(is_polytomous(result.model) ? result.categories - 1 : 0);
    for (std::size_t k = 0; k < steps; ++k) {
        draw = 4 + static_cast<std::uint32_t>(k);
        move(result.steps[k], errors.steps[k]);
        draw = 32 + static_cast<std::uint32_t>(k);
        move(result.intercepts[k], errors.intercepts[k]);
    }
    if (result.model == Model::nrm) {
        for (std::size_t k = 0; k < steps; ++k) result.intercepts[k] -= common * result.steps[k];
    } else if (result.model == Model::rsm || !is_polytomous(result.model)) {
        result.b += common;
    } else {
        for (std::size_t k = 0; k < steps; ++k) result.steps[k] += common;
    }
    if (result.model == Model::grm)
        std::sort(result.steps.begin(), result.steps.begin() + static_cast<std::ptrdiff_t>(steps));
    return result;
}

}  // namespace palier
