// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/estimation/estimation.hpp"

namespace palier {

/// The root of a slope between two points: slope(low) >= 0 >= slope(high), not both 0.
template <class Slope, class Curvature>
double root_between(const Slope& slope, const Curvature& curvature, double low, double high) {
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
        if (std::fabs(next - x) < 1e-15 * (1 + std::fabs(x))) return std::min(std::max(next, low), high);
        // Newton's steps alternate with bisection, so that the bracket always shrinks.
        if (!(next > low && next < high) || i % 4 == 3) next = middle;
        x = next;
    }
    return x;
}

/// Minus the derivative of a slope, from its values at this theta and at the one before, where these are close: for a
/// slope whose own derivative is dear.
class SecantCurvature {
public:
    /// `otherwise` where there is no such theta.
    double at(double theta, double slope, double otherwise) {
        const double step = theta - theta_;
        const double bend = (slope_ - slope) / step;
        const bool usable = std::fabs(step) < 0.1 && std::isfinite(bend) && bend > 0;
        theta_ = theta;
        slope_ = slope;
        return usable ? bend : otherwise;
    }

private:
    double theta_ = 1e300;
    double slope_ = 0;
};

/// All local maxima, over [low, high], of a function whose derivative is `slope`: the roots at which
/// the derivative changes from + to - (bisection safeguarding Newton's method, to 1e-12 or the last
/// bits of the double), and the ends where it points outwards. `grid` is increasing and holds both
/// ends; between two neighbours the derivative is taken to change its sign at most once.
/// `curvature` gives an approximation of minus the second derivative; it only speeds the search.
/// Where the derivative is exactly 0 over a stretch (underflow), its middle is taken.
/// `at(i)` is slope(grid[i]), for those who have it.
template <class At, class Slope, class Curvature>
void local_maxima(const At& at, const Slope& slope, const Curvature& curvature, const std::vector<double>& grid,
                  std::vector<double>& maxima) {
    maxima.clear();
    double left = at(0);
    std::size_t first = 0;
    while (left == 0 && first + 1 < grid.size()) left = at(++first);
    if (left < 0)
        maxima.push_back(first == 0 ? grid.front() : root_between(slope, curvature, grid.front(), grid[first]));
    for (std::size_t i = first + 1; i < grid.size(); ++i) {
        const double right = at(i);
        if (left > 0 && right < 0) {
            maxima.push_back(root_between(slope, curvature, grid[i - 1], grid[i]));
        } else if (left > 0 && right == 0) {
            // A flat stretch begins: look for its end among the next points.
            std::size_t j = i;
            while (j + 1 < grid.size() && at(j) == 0) ++j;
            const double end = at(j);
            if (end < 0) maxima.push_back(root_between(slope, curvature, grid[i - 1], grid[j]));
            if (end == 0) maxima.push_back(grid[j]);
        }
        left = right;
    }
    if (left > 0) maxima.push_back(grid.back());
    if (maxima.empty()) maxima.push_back(grid[grid.size() / 2]);
}

template <class Slope, class Curvature>
void local_maxima(const Slope& slope, const Curvature& curvature, const std::vector<double>& grid,
                  std::vector<double>& maxima) {
    local_maxima([&](std::size_t i) { return slope(grid[i]); }, slope, curvature, grid, maxima);
}

/// Of the local maxima (local_maxima above) of a function whose derivative is `slope`, the one where it is largest;
/// `change(from, to)` is how much it grows between two points. With `roots` an end of the grid only where there is no
/// other.
template <class At, class Slope, class Curvature, class Change>
double highest_maximum(const Evidence& evidence, const At& at, const Slope& slope, const Curvature& curvature,
                       const std::vector<double>& grid, const Change& change, bool roots = false) {
    std::vector<double>& maxima = evidence.workspace().maxima;
    local_maxima(at, slope, curvature, grid, maxima);
    if (roots && maxima.size() > 1 && maxima.front() == grid.front()) maxima.erase(maxima.begin());
    if (roots && maxima.size() > 1 && maxima.back() == grid.back()) maxima.pop_back();
    double theta = maxima.front();
    double value = 0;  // beyond that of the first maximum
    double best = 0;
    for (std::size_t i = 1; i < maxima.size(); ++i) {
        value += change(maxima[i - 1], maxima[i]);
        if (value > best) {
            best = value;
            theta = maxima[i];
        }
    }
    return theta;
}

/// The integral of a function over [from, to], by Simpson's rule on steps of at most 1/50 logit.
template <class Function>
double integral(const Function& function, double from, double to) {
    const int steps = 2 * std::max(1, static_cast<int>(std::ceil((to - from) * 25)));
    const double h = (to - from) / steps;
    double sum = function(from) + function(to);
    for (int k = 1; k < steps; ++k) sum += (k % 2 == 1 ? 4 : 2) * function(from + h * k);
    return sum * h / 3;
}

/// A grid fine enough to part the maxima of these responses' likelihood: the two ends alone where it
/// is concave in logs (no asymptotes between 0 and 1), else steps of 1/20 logit and more points
/// around the difficulties of items so steep (a > 4) that their curves would fall between two.
/// It is the workspace's, and the caller may change it.
std::vector<double>& search_grid(const Evidence& evidence);
/// The same for scores with a weight, which can part the maxima of a likelihood that has one: never fewer than five
/// points a logit, over [low, high].
std::vector<double>& fine_grid(const Evidence& evidence, double low, double high);
/// How many steps the equally spaced points of these two have.
int search_steps(const Evidence& evidence);
int fine_steps(const Evidence& evidence, double low, double high);

/// The slope at each point of a grid, among which are the equally spaced ones that `sums` has: of these
/// `at_point(q)`, of the others `slope(theta)`. It is the workspace's.
template <class AtPoint, class Slope>
const std::vector<double>& slopes_along(const Evidence& evidence, const std::vector<double>& grid,
                                        const AtPoint& at_point, const Slope& slope) {
    std::vector<double>& slopes = evidence.workspace().slopes;
    const std::vector<double>& points = evidence.workspace().sums.points();
    slopes.resize(grid.size());
    if (grid.size() == points.size()) {
        for (std::size_t q = 0; q < grid.size(); ++q) slopes[q] = at_point(q);
        return slopes;
    }
    slopes.clear();
    std::size_t q = 0;
    for (const double theta : grid) {
        while (q < points.size() && points[q] < theta) ++q;
        slopes.push_back(q < points.size() && points[q] == theta ? at_point(q) : slope(theta));
    }
    return slopes;
}

/// Makes room for the search in the workspace.
void reserve_search(const Evidence& evidence);

/// True when every c is 0 and every d is 1: the log-likelihood then has one maximum.
bool is_concave(const Evidence& evidence);

double log_likelihood(const Evidence& evidence, double theta);
double likelihood_slope(const Evidence& evidence, double theta);

/// Which way every response goes, the likelihood's slope having one sign everywhere, even where it underflows: -1 (the
/// least category), +1 (the greatest), or 0 where they differ.
int constant_direction(const Evidence& evidence);

/// The root of l' + r = 0, r(theta) = sum_i I_i term_i / (2 sum_i I_i), `term` ratio (Warm's J / (2 I)) or slope
/// (Jeffreys' I' / (2 I)), right where every information underflows; where there are several, the one with the largest
/// ln L + integral of r.
double weighted_maximum(const Evidence& evidence, double WarmTerms::*term);

/// -r' at theta of r = X / (2 I), X the sum of the items' `part` (J, or I') and `slope` that part's derivative.
double bend_of_correction(const Evidence& evidence, double theta, double Curves::*part, double Curves::*slope);

/// Of estimators without a prior, before the first response: the prior mean, clamped to the range, and an infinite SE.
Estimate unknown(const Evidence& evidence);

/// The estimate theta, whose score is l' + r = 0, with its standard error as the plan wants it. `bend` is -r' at theta,
/// `posterior` the part of it that the usual formula adds to the information (1 / sd^2 of map, 0 of wle).
Estimate measured(const Evidence& evidence, double theta, double posterior, double bend);

}  // namespace palier
