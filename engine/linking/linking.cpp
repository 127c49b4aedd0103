// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/linking/linking.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/ability/matrix.hpp"
#include "engine/errors.hpp"
#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::linking {
namespace {

struct Common {
    std::vector<Parameters> from, to;
};

Common common_items(const Bank& from, const Bank& to) {
    Common common;
    for (const Item& item : from.items()) {
        const int position = to.find(item.id);
        if (position < 0) continue;
        const Item& other = to[position];
        const std::string name_of = "item '" + item.id + "'";
        if (!item.loadings.empty() || !other.loadings.empty())
            throw ArgumentError(name_of + " loads on scales by slopes a.SCALE; a link is of one scale");
        if (item.parameters.model == Model::nrm || other.parameters.model == Model::nrm)
            throw ArgumentError(name_of + " is of model nrm, which has no difficulties; link by the other items");
        if (item.parameters.categories != other.parameters.categories)
            throw ArgumentError(name_of + " has " + std::to_string(item.parameters.categories) +
                                " categories in one bank and " + std::to_string(other.parameters.categories) +
                                " in the other");
        if ((item.parameters.model == Model::grm) != (other.parameters.model == Model::grm) &&
            item.parameters.categories > 2)
            throw ArgumentError(name_of + " is of model " + name(item.parameters.model) + " in one bank and " +
                                name(other.parameters.model) + " in the other");
        common.from.push_back(item.parameters);
        common.to.push_back(other.parameters);
    }
    if (common.from.size() < 2)
        throw ArgumentError("a link takes at least two common items; the banks have " +
                            std::to_string(common.from.size()));
    return common;
}

void add_difficulties(const Parameters& item, std::vector<double>& to) {
    if (!is_polytomous(item.model)) {
        to.push_back(item.b);
        return;
    }
    for (int k = 1; k < item.categories; ++k)
        to.push_back(item.steps[at(k - 1)] + (item.model == Model::rsm ? item.b : 0));
}

double mean_of(const std::vector<double>& values) {
    double sum = 0;
    for (const double x : values) sum += x;
    return sum / static_cast<double>(values.size());
}

double sd_of(const std::vector<double>& values) {
    const double mean = mean_of(values);
    double sum = 0;
    for (const double x : values) sum += (x - mean) * (x - mean);
    return std::sqrt(sum / static_cast<double>(values.size()));
}

Link by_moments(const Common& common, Method method) {
    std::vector<double> from, to, slopes_from, slopes_to;
    for (const Parameters& item : common.from) {
        add_difficulties(item, from);
        slopes_from.push_back(item.a);
    }
    for (const Parameters& item : common.to) {
        add_difficulties(item, to);
        slopes_to.push_back(item.a);
    }
    Link result;
    if (method == Method::mean_sigma) {
        if (!(sd_of(from) > 0) || !(sd_of(to) > 0))
            throw ArgumentError("all common items have one difficulty; mean and sigma say nothing of the slope");
        result.slope = sd_of(to) / sd_of(from);
    } else {
        result.slope = mean_of(slopes_from) / mean_of(slopes_to);
    }
    result.intercept = mean_of(to) - result.slope * mean_of(from);
    return result;
}

// The expected category of an item of the other scale at theta, and its derivative there.
struct Expected {
    double value = 0, slope = 0;
};
Expected expected_score(const Parameters& item, double theta) {
    const Curves c = curves(item, theta);
    Expected e;
    for (int k = 1; k < c.count; ++k) {
        e.value += k * c.p[at(k)];
        e.slope += k * c.dp[at(k)];
    }
    return e;
}

// The criterion, its gradient and the Gauss-Newton matrix in (slope, intercept): an item of `from` at the theta of `to`
// is that item at (theta - intercept) / slope, and an item of `to` at the theta of `from` that at slope theta +
// intercept.
struct Criterion {
    double value = 0;
    std::array<double, 2> gradient{};
    std::array<double, 3> curvature{};
    void add(double weight, double difference, double d_slope, double d_intercept) {
        value += weight * difference * difference;
        gradient[0] += weight * difference * d_slope;
        gradient[1] += weight * difference * d_intercept;
        curvature[0] += weight * d_slope * d_slope;
        curvature[1] += weight * d_slope * d_intercept;
        curvature[2] += weight * d_intercept * d_intercept;
    }
};

Criterion criterion_at(const Common& common, Method method, double slope, double intercept) {
    constexpr int nodes = 41;
    Criterion result;
    for (int q = 0; q < nodes; ++q) {
        const double theta = -4 + 8.0 * q / (nodes - 1);
        const double weight = math::exp(-0.5 * theta * theta);
        const double back = (theta - intercept) / slope;
        const double there = slope * theta + intercept;
        std::array<double, 3> on_to{}, on_from{};  // sums of the difference and its two partials
        for (std::size_t j = 0; j < common.from.size(); ++j) {
            const Expected from = expected_score(common.from[j], back);
            const std::array<double, 3> first = {expected_score(common.to[j], theta).value - from.value,
                                                 from.slope * back / slope, from.slope / slope};
            const Expected to = expected_score(common.to[j], there);
            const std::array<double, 3> second = {to.value - expected_score(common.from[j], theta).value,
                                                  to.slope * theta, to.slope};
            if (method == Method::haebara) {
                result.add(weight, first[0], first[1], first[2]);
                result.add(weight, second[0], second[1], second[2]);
            } else {
                for (std::size_t k = 0; k < 3; ++k) {
                    on_to[k] += first[k];
                    on_from[k] += second[k];
                }
            }
        }
        if (method == Method::haebara) continue;
        result.add(weight, on_to[0], on_to[1], on_to[2]);
        result.add(weight, on_from[0], on_from[1], on_from[2]);
    }
    return result;
}

// Gauss and Newton's steps, halved until the criterion falls.
Link by_curves(const Common& common, Method method) {
    Link result = by_moments(common, Method::mean_mean);
    Criterion now = criterion_at(common, method, result.slope, result.intercept);
    for (int round = 0; round < 200; ++round) {
        Matrix matrix(2);
        matrix(0, 0) = now.curvature[0] * (1 + 1e-12);
        matrix(1, 0) = now.curvature[1];
        matrix(1, 1) = now.curvature[2] * (1 + 1e-12);
        std::vector<double> step = {-now.gradient[0], -now.gradient[1]};
        if (!cholesky(matrix)) break;
        solve(matrix, step);
        if (std::fabs(step[0]) + std::fabs(step[1]) < 1e-12) break;
        bool fallen = false;
        for (double scale = 1; scale > 1e-10 && !fallen; scale /= 2) {
            const double slope = result.slope + scale * step[0];
            if (!(slope > 0)) continue;
            const Criterion next = criterion_at(common, method, slope, result.intercept + scale * step[1]);
            if (!(next.value < now.value)) continue;
            result.slope = slope;
            result.intercept += scale * step[1];
            now = next;
            fallen = true;
        }
        if (!fallen) break;
    }
    return result;
}

}  // namespace

Link link(const Bank& from, const Bank& to, Method method) {
    const Common common = common_items(from, to);
    Link result = method == Method::mean_sigma || method == Method::mean_mean ? by_moments(common, method)
                                                                              : by_curves(common, method);
    result.common_items = static_cast<int>(common.from.size());
    return result;
}

Item linked(const Item& item, const Link& by) {
    Item result = item;
    Parameters& p = result.parameters;
    const auto scaled = [&](std::optional<double>& error, double factor) {
        if (error) error = *error * factor;
    };
    if (p.model == Model::nrm) {
        for (int k = 0; k + 1 < p.categories; ++k) {
            p.steps[at(k)] /= by.slope;
            p.intercepts[at(k)] -= p.steps[at(k)] * by.intercept;
        }
        for (double& error : result.se_steps) error /= by.slope;
        // They would need the covariance of slope and intercept.
        if (by.intercept != 0) result.se_intercepts.clear();
        return result;
    }
    if (p.model == Model::rsm && by.slope != 1) {
        for (int k = 0; k + 1 < p.categories; ++k) p.steps[at(k)] += p.b;
        p.b = 0;
        p.model = Model::gpcm;
        result.se_b.reset();
        result.se_steps.clear();
    }
    if (p.model == Model::rasch && by.slope != 1) p.model = Model::two_pl;
    if (p.model == Model::pcm && by.slope != 1) p.model = Model::gpcm;
    p.a /= by.slope;
    if (is_polytomous(p.model) && p.model != Model::rsm) {
        for (int k = 0; k + 1 < p.categories; ++k) p.steps[at(k)] = by.slope * p.steps[at(k)] + by.intercept;
    } else {
        p.b = by.slope * p.b + by.intercept;
    }
    scaled(result.se_a, 1 / by.slope);
    scaled(result.se_b, by.slope);
    for (double& error : result.se_steps) error *= by.slope;
    return result;
}

}  // namespace palier::linking
