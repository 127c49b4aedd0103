// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <cstring>
#include <optional>
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

/// A root as the slopes at equally spaced points say it: where the polynomial of degree 5 through the three points on
/// either side of it is 0, minus its derivative there, and |p'' / (2 p')|.
struct Guess {
    double theta;
    double curvature;
    double bend;
};
/// Of the root between points[left] and points[left + 1]; absent at the ends of the points, where there are not six,
/// and where the polynomial does not fall through 0 there.
std::optional<Guess> guess_root(const std::vector<double>& points, const std::vector<double>& slopes, std::size_t left);

/// The root of a slope between two points, from a guess: Newton's method until what it leaves is below 1e-15, which a
/// good guess reaches in one step. `exact`: the curvature is the slope's own derivative; else a step has to be below
/// 1e-12. root_between() where that fails.
template <class Slope, class Curvature>
double root_from(const Guess& guess, bool exact, const Slope& slope, const Curvature& curvature, double low,
                 double high) {
    double x = guess.theta;
    for (int i = 0; i < 4; ++i) {
        const double value = slope(x);
        const double bend = curvature(x);
        if (!(bend > 1e-6)) break;
        const double step = value / bend;
        const double next = x + step;
        if (!(next > low && next < high)) break;
        if (std::fabs(step) <= (exact ? 1e-15 : 1e-12) * (1 + std::fabs(x))) return next;
        if (exact && std::max(1.0, guess.bend) * step * step <= 1e-15) return next;
        x = next;
    }
    return root_between(slope, curvature, low, high);
}

/// Minus the derivative of a slope, from its values at this theta and at the one before, where these are close: for a
/// slope whose own derivative is dear.
class SecantCurvature {
public:
    /// What it is at first.
    void start(double curvature) {
        theta_ = 1e300;
        start_ = curvature;
    }
    /// `otherwise` where there is no such theta and it was not said.
    double at(double theta, double slope, double otherwise) {
        const double step = theta - theta_;
        const double bend = (slope_ - slope) / step;
        const bool usable = std::fabs(step) < 0.1 && std::isfinite(bend) && bend > 0;
        theta_ = theta;
        slope_ = slope;
        const double first = start_;
        start_ = 0;
        return usable ? bend : first > 0 ? first : otherwise;
    }

private:
    double theta_ = 1e300;
    double slope_ = 0;
    double start_ = 0;
};

/// Slopes that were computed at all points of a grid.
struct SlopesAt {
    const std::vector<double>& slopes;
    double operator()(std::size_t i) const { return slopes[i]; }
    /// The first point from i on before which all have the sign of `left`, or one a little before.
    std::size_t after_run(std::size_t i, double left) const {
        using Two = double __attribute__((vector_size(16)));
        using Whole = long long __attribute__((vector_size(16)));
        constexpr std::size_t run = 8;
        for (; i + run <= slopes.size(); i += run) {
            Whole same = {-1, -1};
            for (std::size_t k = 0; k < run; k += 2) {
                Two at;
                std::memcpy(&at, slopes.data() + i + k, sizeof at);
                same &= left > 0 ? at > Two{} : at < Two{};
            }
            if (left == 0 || !(same[0] & same[1])) break;
        }
        return i;
    }
};

/// All local maxima, over [low, high], of a function whose derivative at grid[i] is at(i): the roots at which
/// the derivative changes from + to -, and the ends where it points outwards. `grid` is increasing and holds both
/// ends; between two neighbours the derivative is taken to change its sign at most once.
/// root(i, j): the root between grid[i] and grid[j].
/// Where the derivative is exactly 0 over a stretch (underflow), its middle is taken.
template <class At, class Root>
void local_maxima_at(const At& at, const Root& root, const std::vector<double>& grid, std::vector<double>& maxima) {
    maxima.clear();
    double left = at(0);
    std::size_t first = 0;
    while (left == 0 && first + 1 < grid.size()) left = at(++first);
    if (left < 0) maxima.push_back(first == 0 ? grid.front() : root(0, first));
    for (std::size_t i = first + 1; i < grid.size(); ++i) {
        if constexpr (requires { at.after_run(i, left); }) {
            i = at.after_run(i, left);
            if (i == grid.size()) break;
        }
        const double right = at(i);
        if (left > 0 && right < 0) {
            maxima.push_back(root(i - 1, i));
        } else if (left > 0 && right == 0) {
            // A flat stretch begins: look for its end among the next points.
            std::size_t j = i;
            while (j + 1 < grid.size() && at(j) == 0) ++j;
            const double end = at(j);
            if (end < 0) maxima.push_back(root(i - 1, j));
            if (end == 0) maxima.push_back(grid[j]);
        }
        left = right;
    }
    if (left > 0) maxima.push_back(grid.back());
    if (maxima.empty()) maxima.push_back(grid[grid.size() / 2]);
}

/// The same of a slope that is computed at each point, its roots by bisection safeguarding Newton's method, to 1e-12 or
/// the last bits of the double. `curvature` gives an approximation of minus the second derivative; it only speeds the
/// search.
template <class Slope, class Curvature>
void local_maxima(const Slope& slope, const Curvature& curvature, const std::vector<double>& grid,
                  std::vector<double>& maxima) {
    local_maxima_at([&](std::size_t i) { return slope(grid[i]); },
                    [&](std::size_t i, std::size_t j) { return root_between(slope, curvature, grid[i], grid[j]); },
                    grid, maxima);
}

/// Where a maximum is looked for: points in order, the slope at each, and whether they are equally spaced.
struct Searched {
    const std::vector<double>& points;
    const std::vector<double>& slopes;
    bool even;
};

/// Of the local maxima (above) of a function whose derivative is `slope`, the one where it is largest; `change(from,
/// to)` is how much it grows between two points. root(guess, low, high) is a root, `guess` absent where there is none.
/// With `roots` an end of the grid only where there is no other.
template <class Root, class Change>
double highest_maximum(const Evidence& evidence, const Searched& searched, const Root& root, const Change& change,
                       bool roots = false) {
    const std::vector<double>& grid = searched.points;
    std::vector<double>& maxima = evidence.workspace().maxima;
    const auto between = [&](std::size_t i, std::size_t j) {
        const bool one_cell = searched.even && j == i + 1;
        return root(one_cell ? guess_root(grid, searched.slopes, i) : std::nullopt, grid[i], grid[j]);
    };
    local_maxima_at(SlopesAt{searched.slopes}, between, grid, maxima);
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
/// is concave in logs (no asymptotes between 0 and 1), else that of fine_grid().
/// It is the workspace's, and the caller may change it.
std::vector<double>& search_grid(const Evidence& evidence);
/// For scores with a weight, too, which can part the maxima of a likelihood that has one: points 1/5 logit apart, 1/20
/// where an item has asymptotes, and more around the difficulties of items so steep (a > 4) that their curves would
/// fall between two.
std::vector<double>& fine_grid(const Evidence& evidence, double low, double high);
std::vector<double>& grid_between(const Evidence& evidence, double low, double high, int steps);
/// Whether equally spaced points part the maxima: no item is so steep (nor a fence), or the steepest has a slope below
/// 0.4 a step and in each cell the slope goes one way or stays farther from 0 than its second differences can bring it.
bool even_points_suffice(const Evidence& evidence, const std::vector<double>& points,
                         const std::vector<double>& slopes);
/// How many steps equally spaced points have: of a search for the maximum of a likelihood, and of fine_grid().
int search_steps(const Evidence& evidence);
int fine_steps(const Evidence& evidence, double low, double high);

/// The slopes at the points of the search over [low, high], among which are the equally spaced ones of the workspace's
/// sums, up to date for so many steps: `at_points` has those, of the others they are slope(theta).
template <class Slope>
Searched searched(const Evidence& evidence, double low, double high, int steps, const std::vector<double>& at_points,
                  const Slope& slope) {
    const std::vector<double>& points = evidence.workspace().sums.points();
    if (low < high && even_points_suffice(evidence, points, at_points)) return {points, at_points, true};
    const std::vector<double>& grid = grid_between(evidence, low, high, steps);
    std::vector<double>& slopes = evidence.workspace().grid_slopes;
    slopes.clear();
    std::size_t q = 0;
    for (const double theta : grid) {
        while (q < points.size() && points[q] < theta) ++q;
        slopes.push_back(q < points.size() && points[q] == theta ? at_points[q] : slope(theta));
    }
    return {grid, slopes, false};
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
