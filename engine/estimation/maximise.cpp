// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/maximise.hpp"

#include <algorithm>
#include <cmath>

namespace palier {
namespace {

int most_steps(const Evidence& evidence) {
    return std::max(20, std::min(4000, static_cast<int>(std::ceil((evidence.high() - evidence.low()) * 20))));
}

}  // namespace

bool is_concave(const Evidence& evidence) {
    for (const Observation& o : evidence.observations())
        if (o.item.c != 0 || o.item.d != 1) return false;
    return true;
}

void reserve_search(const Evidence& evidence) {
    Workspace& room = evidence.workspace();
    room.grid.reserve(static_cast<std::size_t>(most_steps(evidence)) + 1024);
    room.maxima.reserve(room.grid.capacity());
}

std::vector<double>& search_grid(const Evidence& evidence) {
    std::vector<double>& grid = evidence.workspace().grid;
    grid.clear();
    const double low = evidence.low();
    const double high = evidence.high();
    if (is_concave(evidence)) {
        grid.push_back(low);
        grid.push_back(high);
        return grid;
    }
    const int steps = most_steps(evidence);
    for (int k = 0; k <= steps; ++k) grid.push_back(k == steps ? high : low + (high - low) * k / steps);
    const auto refine = [&](const Observation& o) {
        if (o.item.a <= 4) return;
        for (const double width : {0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0}) {
            const int centres = is_polytomous(o.item.model) ? o.item.categories - 1 : 1;
            for (int k = 0; k < centres; ++k) {
                const double centre = is_polytomous(o.item.model) ? o.item.b + o.item.steps[static_cast<std::size_t>(k)] : o.item.b;
                for (const double x : {centre - width / o.item.a, centre + width / o.item.a})
                    if (x > low && x < high) grid.push_back(x);
            }
        }
    };
    for (const Observation& o : evidence.observations()) refine(o);
    for (const Observation& o : evidence.fences()) refine(o);
    std::sort(grid.begin(), grid.end());
    grid.erase(std::unique(grid.begin(), grid.end()), grid.end());
    return grid;
}

double log_likelihood(const Evidence& evidence, double theta) {
    double sum = 0;
    for (const Observation& o : evidence.observations()) sum += log_probability(o.item, o.category, theta);
    return sum;
}

double likelihood_slope(const Evidence& evidence, double theta) {
    double sum = 0;
    for (const Observation& o : evidence.observations()) sum += score(o.item, o.category, theta);
    return sum;
}

}  // namespace palier
