// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/axis.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/math/add_times.hpp"
#include "engine/math/elementary.hpp"
#include "engine/math/many.hpp"

namespace palier {
namespace {

constexpr int power_steps = 40;
constexpr double reach = 6;
constexpr double z_step = 1;
constexpr double least_ratio = 1e-60;
constexpr double least_expanded = 0.05;

struct HermitePoint {
    double x, weight;
};
// Of the normal distribution (Abramowitz and Stegun 1964, table 25.10, x times sqrt(2), weights over sqrt(pi)).
constexpr std::array<HermitePoint, 5> hermite = {{{-2.8569700138728056, 0.011257411327720693},
                                                  {-1.3556261799742659, 0.22207592200561266},
                                                  {0, 0.53333333333333333},
                                                  {1.3556261799742659, 0.22207592200561266},
                                                  {2.8569700138728056, 0.011257411327720693}}};

double axis_dot(const std::vector<double>& a, const std::vector<double>& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
    return sum;
}

// The covariance of the abilities with z.
std::vector<double> covariance_with_axis(const Matrix& covariance) {
    std::vector<double> e(at(covariance.size()), 1.0);
    std::vector<double> c(e.size());
    for (int step = 0; step < power_steps; ++step) {
        product(covariance, e, c);
        const double length = std::sqrt(axis_dot(c, c));
        for (std::size_t i = 0; i < e.size(); ++i) e[i] = c[i] / length;
    }
    product(covariance, e, c);
    const double sd = std::sqrt(axis_dot(c, e));
    for (double& x : c) x /= sd;
    return c;
}

// A site that may make a heavy tail.
bool is_heavy(const AbilityEvidence::Answer& answer) {
    return answer.only < 0 && !is_polytomous(answer.item->model) && (answer.item->c > 0 || answer.item->d < 1);
}

constexpr std::size_t z_count = 13;  // of [-reach, reach]
using AxisValues = std::array<double, z_count>;

constexpr std::size_t points = math::whole_lanes(hermite.size());  // those beyond Hermite's weigh nothing
using PointValues = std::array<double, points>;

// m_g(z) of a site on several scales, within a factor that is the same for every z. Along z each point moves by equal
// steps: its exponentials by their ratios from step to step.
AxisValues ratios(const AbilityEvidence::Answer& answer, const Site& site, double mean, double sd, double rho) {
    const Parameters& item = *answer.item;
    const bool steps = is_polytomous(item.model);
    const double left = sd * std::sqrt(1 - rho * rho);
    const double move = sd * rho * z_step;
    // Of each point: exp(d (precision (d + 2 mean) / 2 - natural_mean)), d from the mean, which moves; its ratio to the
    // next; the odds against the item; and how the last two change.
    constexpr std::size_t count = hermite.size();
    PointValues from_mean{};
    std::array<double, 3 * count + 2> exponentials;
    for (std::size_t j = 0; j < count; ++j) {
        const double d = left * hermite[j].x - reach * sd * rho;
        from_mean[j] = d;
        exponentials[j] = d * (site.precision * (0.5 * d + mean) - site.natural_mean);
        exponentials[count + j] = move * (site.precision * (d + mean + 0.5 * move) - site.natural_mean);
        exponentials[2 * count + j] = steps ? 0 : -item.a * (mean + d - item.b);
    }
    exponentials[3 * count] = -item.a * move;
    exponentials[3 * count + 1] = site.precision * move * move;
    math::exp_all(exponentials.data(), exponentials.size());
    PointValues tilts{};
    PointValues tilt_ratios{};
    PointValues odds{};
    for (std::size_t j = 0; j < count; ++j) {
        tilts[j] = hermite[j].weight * exponentials[j];
        tilt_ratios[j] = exponentials[count + j];
        odds[j] = exponentials[2 * count + j];
    }
    const math::FourLanes factor(exponentials[3 * count]);
    const math::FourLanes change(exponentials[3 * count + 1]);
    const math::FourLanes one(1);
    const math::FourLanes least(answer.category == 1 ? item.c : 1 - item.c);
    const math::FourLanes width((answer.category == 1 ? 1 : -1) * (item.d - item.c));
    AxisValues values{};
    for (std::size_t first = 0; first < points; first += math::four) {
        math::FourLanes tilt(&tilts[first]);
        math::FourLanes ratio(&tilt_ratios[first]);
        math::FourLanes e(&odds[first]);
        for (std::size_t k = 0; k < z_count; ++k) {
            math::FourLanes likelihood = least;
            if (steps) {
                PointValues here{};
                for (std::size_t j = first; j < std::min(first + math::four, count); ++j)
                    here[j] = math::exp(
                        log_probability(item, answer.category, mean + from_mean[j] + static_cast<double>(k) * move));
                likelihood = math::FourLanes(here.data() + first);
            } else {
                math::FourLanes below = one;
                below += e;
                likelihood += width / below;
                e = e * factor;
            }
            values[k] += math::sum(likelihood * tilt);
            tilt = tilt * ratio;
            ratio = ratio * change;
        }
    }
    for (double& value : values) value = std::max(value, least_ratio);
    return values;
}

// m_g(z) of the others, to the fourth of Hermite's polynomials.
double expanded(const Departure& departure, double rho, double z) {
    const double square = z * z;
    const double cube = rho * rho * rho;
    return std::max(least_expanded, 1 + departure.skewness * cube * z * (square - 3) / 6 +
                                        departure.excess * cube * rho * (square * (square - 6) + 3) / 24);
}

}  // namespace

bool needs_axis(const AbilityEvidence& evidence) {
    return std::any_of(evidence.answers().begin(), evidence.answers().end(), is_heavy);
}

void correct_axis(const AbilityEvidence& evidence, const std::vector<Site>& sites,
                  const std::vector<Departure>& departures, const AbilityEstimate& q, AbilityEstimate& estimate) {
    const std::vector<double> c = covariance_with_axis(q.covariance);
    const std::size_t count = sites.size();
    std::vector<const AbilityEvidence::Answer*> full;
    std::vector<double> rho;
    for (const Site& site : sites) {
        const AbilityEvidence::Answer& answer = evidence.answers()[at(site.answers[0])];
        full.push_back(answer.only < 0 ? &answer : nullptr);
    }
    for (std::size_t g = 0; g < count; ++g)
        rho.push_back(std::clamp(along(departures[g], c.data()) / departures[g].sd, -1.0, 1.0));
    std::vector<AxisValues> of_site(count);
    for (std::size_t g = 0; g < count; ++g) {
        if (full[g]) {
            of_site[g] = ratios(*full[g], sites[g], along(departures[g], q.theta.data()), departures[g].sd, rho[g]);
            continue;
        }
        for (std::size_t k = 0; k < z_count; ++k)
            of_site[g][k] = expanded(departures[g], rho[g], z_step * static_cast<double>(k) - reach);
    }
    std::vector<double> logs;
    for (std::size_t k = 0; k < z_count; ++k) {
        const double z = z_step * static_cast<double>(k) - reach;
        double sum = -0.5 * z * z;
        // The product of the ratios of a few sites at a time, and its logarithm.
        double product = 1;
        for (std::size_t g = 0; g < count; ++g) {
            product *= of_site[g][k];
            if (product < 1e-100 || product > 1e100) {
                sum += math::log(product);
                product = 1;
            }
        }
        logs.push_back(sum + math::log(product));
    }
    const double most = *std::max_element(logs.begin(), logs.end());
    double mass = 0, first = 0, second = 0;
    for (std::size_t k = 0; k < logs.size(); ++k) {
        const double z = -reach + z_step * static_cast<double>(k);
        const double weight = math::exp(logs[k] - most);
        mass += weight;
        first += weight * z;
        second += weight * z * z;
    }
    // What the second order says of p(z): its sums over sites that differ, by sums of powers.
    double a1 = 0, a2 = 0, a3 = 0, b1 = 0, b2 = 0, ab = 0;
    for (std::size_t g = 0; g < count; ++g) {
        const double a = departures[g].skewness * rho[g] * rho[g] * rho[g];
        const double b = departures[g].excess * rho[g] * rho[g] * rho[g] * rho[g];
        a1 += a;
        a2 += a * a;
        a3 += a * a * a;
        b1 += b;
        b2 += b * b;
        ab += a * b;
    }
    const double known_mean = (a1 * b1 - ab) / 6 + (a1 * a1 * a1 - 3 * a1 * a2 + 2 * a3) / 4;
    const double known_variance = 1 + (a1 * a1 - a2) / 2 + (b1 * b1 - b2) / 6;
    const double mean = first / mass;
    const double more = second / mass - mean * mean - known_variance;
    const double shift = mean - known_mean;
    AbilityEstimate changed = estimate;
    const int n = changed.covariance.size();
    for (int i = 0; i < n; ++i) {
        changed.theta[at(i)] += c[at(i)] * shift;
        for (int j = 0; j < n; ++j) changed.covariance(i, j) += c[at(i)] * c[at(j)] * more;
    }
    Matrix factor = changed.covariance;
    if (std::isfinite(more) && std::isfinite(shift) && cholesky(factor)) estimate = changed;
}

}  // namespace palier
