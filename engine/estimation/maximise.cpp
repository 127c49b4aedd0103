// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/maximise.hpp"

#include <algorithm>
#include <cmath>

namespace palier {
namespace {

// slope(low) >= 0 >= slope(high), not both 0.
double root_between(const std::function<double(double)>& slope, const std::function<double(double)>& curvature,
                    double low, double high) {
    double x = 0.5 * (low + high);
    for (int i = 0; i < 200; ++i) {
        const double value = slope(x);
        if (value == 0) {
            // The middle of the stretch on which the slope is 0.
            double inside = x;
            for (double end = low; inside - end > 1e-13 * (1 + std::fabs(inside));) {
                const double middle = 0.5 * (end + inside);
                if (middle <= end || middle >= inside) break;
                (slope(middle) == 0 ? inside : end) = middle;
            }
            double outside = x;
            for (double end = high; end - outside > 1e-13 * (1 + std::fabs(outside));) {
                const double middle = 0.5 * (end + outside);
                if (middle >= end || middle <= outside) break;
                (slope(middle) == 0 ? outside : end) = middle;
            }
            return 0.5 * (inside + outside);
        }
        (value > 0 ? low : high) = x;
        const double middle = 0.5 * (low + high);
        if (middle <= low || middle >= high || high - low < 1e-15 * (1 + std::fabs(x))) return middle;
        const double bend = curvature(x);
        double next = bend > 0 ? x + value / bend : middle;
        // Newton's steps alternate with bisection, so that the bracket always shrinks.
        if (!(next > low && next < high) || i % 4 == 3) next = middle;
        if (std::fabs(next - x) < 1e-15 * (1 + std::fabs(x))) return next;
        x = next;
    }
    return x;
}

}  // namespace

std::vector<double> local_maxima(const std::function<double(double)>& slope,
                                 const std::function<double(double)>& curvature, const std::vector<double>& grid) {
    std::vector<double> maxima;
    double left = slope(grid.front());
    if (left < 0 || (left == 0 && grid.size() < 2)) maxima.push_back(grid.front());
    for (std::size_t i = 1; i < grid.size(); ++i) {
        const double right = slope(grid[i]);
        if (left > 0 && right < 0) {
            maxima.push_back(root_between(slope, curvature, grid[i - 1], grid[i]));
        } else if (left > 0 && right == 0) {
            // A flat stretch begins: look for its end among the next points.
            std::size_t j = i;
            while (j + 1 < grid.size() && slope(grid[j]) == 0) ++j;
            const double end = slope(grid[j]);
            if (end < 0) maxima.push_back(root_between(slope, curvature, grid[i - 1], grid[j]));
            if (end == 0) maxima.push_back(grid[j]);
        }
        left = right;
    }
    if (left > 0) maxima.push_back(grid.back());
    if (maxima.empty()) maxima.push_back(grid[grid.size() / 2]);
    return maxima;
}

bool is_concave(const Evidence& evidence) {
    for (const Observation& o : evidence.observations())
        if (o.item.c != 0 || o.item.d != 1) return false;
    return true;
}

std::vector<double> search_grid(const Evidence& evidence) {
    const double low = evidence.low();
    const double high = evidence.high();
    if (is_concave(evidence)) return {low, high};
    const int steps = std::max(20, std::min(4000, static_cast<int>(std::ceil((high - low) * 20))));
    std::vector<double> grid;
    for (int k = 0; k <= steps; ++k) grid.push_back(k == steps ? high : low + (high - low) * k / steps);
    for (const Observation& o : evidence.observations()) {
        if (o.item.a <= 4) continue;
        for (const double width : {0.0, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0}) {
            const int centres = is_polytomous(o.item.model) ? o.item.categories - 1 : 1;
            for (int k = 0; k < centres; ++k) {
                const double centre = is_polytomous(o.item.model) ? o.item.b + o.item.steps[static_cast<std::size_t>(k)] : o.item.b;
                for (const double x : {centre - width / o.item.a, centre + width / o.item.a})
                    if (x > low && x < high) grid.push_back(x);
            }
        }
    }
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
