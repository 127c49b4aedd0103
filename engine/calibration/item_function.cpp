// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/item_function.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/math/elementary.hpp"
#include "engine/math/many.hpp"
#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

bool is_dichotomous(const Form& form) { return !is_polytomous(form.model); }

// d z_k / d x of the exponents of pcm, gpcm, rsm and nrm; row 0 is 0.
using Exponents = std::array<Working, max_categories>;

void exponent_partials(const Form& form, double theta, Exponents& to) {
    const int steps = form.categories - 1;
    for (int k = 0; k <= steps; ++k) {
        Working& row = to[at(k)];
        std::fill_n(row.begin(), parameter_count(form), 0.0);
        if (k == 0) continue;
        if (form.model == Model::nrm) {
            row[at(k - 1)] = theta;
            row[at(steps + k - 1)] = 1;
        } else if (form.model == Model::rsm) {
            row[0] = k;
            // The last step is minus the sum of the others.
            for (int v = 1; v < steps; ++v) row[at(v)] = (v <= k ? -1 : 0) + (k == steps ? 1 : 0);
        } else {
            row[0] = k * theta;
            row[at(k)] = 1;
        }
    }
}

// P and ln P of each category.
void nominal_probabilities(const Form& form, const Working& working, double theta, const Exponents& partials,
                           std::array<double, max_categories>& p, std::array<double, max_categories>& log_p) {
    const int parameters = parameter_count(form);
    double largest = 0;
    for (int k = 0; k < form.categories; ++k) {
        double z = form.model == Model::rsm ? k * theta : 0;
        for (int x = 0; x < parameters; ++x) z += partials[at(k)][at(x)] * working[at(x)];
        log_p[at(k)] = z;
        largest = std::max(largest, z);
    }
    double sum = 0;
    for (int k = 0; k < form.categories; ++k) sum += p[at(k)] = math::exp(log_p[at(k)] - largest);
    const double log_sum = largest + math::log(sum);
    for (int k = 0; k < form.categories; ++k) {
        log_p[at(k)] -= log_sum;
        p[at(k)] /= sum;
    }
}

void nominal_terms(const Form& form, const Working& working, double theta, Terms& terms) {
    Exponents partials;
    exponent_partials(form, theta, partials);
    const int parameters = parameter_count(form);
    std::array<double, max_categories> log_p;
    nominal_probabilities(form, working, theta, partials, terms.p, log_p);
    Working mean{};
    for (int k = 0; k < form.categories; ++k) {
        for (int x = 0; x < parameters; ++x) mean[at(x)] += terms.p[at(k)] * partials[at(k)][at(x)];
    }
    for (int k = 0; k < form.categories; ++k)
        for (int x = 0; x < parameters; ++x) terms.gradient[at(k)][at(x)] = partials[at(k)][at(x)] - mean[at(x)];
}

// -(sum of weights) times the covariance of the exponents' partials: the same for every category.
void nominal_curvature(const Form& form, const Working& working, double theta, const double* weights, double* to) {
    Terms terms;
    nominal_terms(form, working, theta, terms);
    const int parameters = parameter_count(form);
    double all = 0;
    for (int k = 0; k < form.categories; ++k) all += weights[k];
    for (int k = 0; k < form.categories; ++k) {
        const double weight = all * terms.p[at(k)];
        const Working& g = terms.gradient[at(k)];
        for (int x = 0; x < parameters; ++x)
            for (int y = 0; y <= x; ++y) to[x * parameters + y] -= weight * g[at(x)] * g[at(y)];
    }
}

// The logistic function of z with two derivatives, and its complement without cancellation. An infinite z, of an
// asymptote that a model does not have, costs nothing.
struct Logistic {
    explicit Logistic(double z) {
        if (std::isinf(z)) {
            value = z > 0 ? 1 : 0;
            rest = 1 - value;
            return;
        }
        const double e = math::exp(-std::fabs(z));
        const double large = 1 / (1 + e);
        value = z >= 0 ? large : e * large;
        rest = z >= 0 ? e * large : large;
        first = value * rest;
        second = first * (rest - value);
    }
    double value, rest, first = 0, second = 0;
};

// Boundary k of grm: P(X >= k), 1 for k = 0 and 0 for k = K.
struct Boundary {
    double value = 0, rest = 1, first = 0, second = 0;
};

Boundary graded_boundary(const Form& form, const Working& working, double theta, int k) {
    if (k == 0) return {1, 0, 0, 0};
    if (k == form.categories) return {};
    const Logistic s(working[0] * theta + working[at(k)]);
    return {s.value, s.rest, s.first, s.second};
}

// P(X = k) from its two boundaries, by the halves that are small.
double between(const Boundary& low, const Boundary& high) {
    const double p = low.value > 0.5 ? high.rest - low.rest : low.value - high.value;
    return std::max(p, 1e-300);
}

void graded_terms(const Form& form, const Working& working, double theta, Terms& terms) {
    const int parameters = parameter_count(form);
    Boundary low = graded_boundary(form, working, theta, 0);
    for (int k = 0; k < form.categories; ++k) {
        const Boundary high = graded_boundary(form, working, theta, k + 1);
        const double p = between(low, high);
        terms.p[at(k)] = p;
        Working& g = terms.gradient[at(k)];
        std::fill_n(g.begin(), parameters, 0.0);
        if (k > 0) g[at(k)] = low.first / p;
        if (k + 1 < form.categories) g[at(k + 1)] = -high.first / p;
        g[0] = theta * (low.first - high.first) / p;
        low = high;
    }
}

void graded_curvature(const Form& form, const Working& working, double theta, const double* weights, double* to) {
    const int parameters = parameter_count(form);
    const auto add = [&](int x, int y, double value) { to[x * parameters + y] += value; };
    Boundary low = graded_boundary(form, working, theta, 0);
    for (int k = 0; k < form.categories; ++k) {
        const Boundary high = graded_boundary(form, working, theta, k + 1);
        const double p = between(low, high);
        const double w = weights[k];
        const double u = low.first / p;
        const double v = -high.first / p;
        const double uu = low.second / p - u * u;
        const double vv = -high.second / p - v * v;
        const double uv = -u * v;
        if (k > 0) {
            add(k, k, w * uu);
            add(k, 0, w * theta * (uu + uv));
        }
        if (k + 1 < form.categories) {
            add(k + 1, k + 1, w * vv);
            add(k + 1, 0, w * theta * (vv + uv));
        }
        if (k > 0 && k + 1 < form.categories) add(k + 1, k, w * uv);
        add(0, 0, w * theta * theta * (uu + 2 * uv + vv));
        low = high;
    }
}

// P and 1 - P of a dichotomous item with the partials that ln P and ln (1 - P) are made of.
struct Dichotomous {
    Dichotomous(const Working& x, double theta) : s(x[0] * theta + x[1]), lower(x[2]), upper(x[3]) {
        const double c = lower.value;
        const double d = upper.value;
        p = c + (d - c) * s.value;
        q = upper.rest + (d - c) * s.rest;
        // In z, g and u.
        first = {(d - c) * s.first, lower.first * s.rest, upper.first * s.value};
        second = {{{(d - c) * s.second, -lower.first * s.first, upper.first * s.first},
                   {-lower.first * s.first, lower.second * s.rest, 0},
                   {upper.first * s.first, 0, upper.second * s.value}}};
        if (!(p > 1e-300)) p = 1e-300;
        if (!(q > 1e-300)) q = 1e-300;
    }
    Logistic s, lower, upper;
    double p, q;
    std::array<double, 3> first;
    std::array<std::array<double, 3>, 3> second;
};

void dichotomous_terms(const Working& x, double theta, Terms& terms) {
    const Dichotomous at_theta(x, theta);
    terms.p = {at_theta.q, at_theta.p};
    for (int k = 0; k < 2; ++k) {
        const double scale = k == 1 ? 1 / at_theta.p : -1 / at_theta.q;
        Working& g = terms.gradient[at(k)];
        g[1] = at_theta.first[0] * scale;
        g[0] = theta * g[1];
        g[2] = at_theta.first[1] * scale;
        g[3] = at_theta.first[2] * scale;
    }
}

void dichotomous_curvature(const Working& x, double theta, const double* weights, double* to) {
    const Dichotomous d(x, theta);
    const double one = weights[1] / d.p;
    const double none = weights[0] / d.q;
    std::array<std::array<double, 3>, 3> h{};
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j)
            h[at(i)][at(j)] =
                (one - none) * d.second[at(i)][at(j)] - (one / d.p + none / d.q) * d.first[at(i)] * d.first[at(j)];
    to[0] += theta * theta * h[0][0];
    to[4] += theta * h[0][0];
    to[5] += h[0][0];
    to[8] += theta * h[1][0];
    to[9] += h[1][0];
    to[10] += h[1][1];
    to[12] += theta * h[2][0];
    to[13] += h[2][0];
    to[14] += h[2][1];
    to[15] += h[2][2];
}

// P of each category of dichotomous items and grm, which are differences of logistic functions: exponentials of all
// abilities at a time.
void boundary_probabilities(const Form& form, const Working& x, std::span<const double> thetas, double* rows,
                            std::size_t stride) {
    const bool graded = !is_dichotomous(form);
    const Logistic lower(graded ? -infinity : x[2]);
    const Logistic upper(graded ? infinity : x[3]);
    std::vector<double> powers(thetas.size());
    std::vector<Boundary> low(thetas.size(), {1, 0});
    for (int k = 1; k <= form.categories; ++k) {
        double* const row = rows + at(k - 1) * stride;
        if (k < form.categories) {
            for (std::size_t q = 0; q < thetas.size(); ++q) powers[q] = -std::fabs(x[0] * thetas[q] + x[at(k)]);
            math::exp_all(powers.data(), powers.size());
        }
        for (std::size_t q = 0; q < thetas.size(); ++q) {
            Boundary high;
            if (k < form.categories) {
                const double large = 1 / (1 + powers[q]);
                const double small = powers[q] * large;
                const bool up = x[0] * thetas[q] + x[at(k)] >= 0;
                high.value = lower.value + (upper.value - lower.value) * (up ? large : small);
                high.rest = upper.rest + (upper.value - lower.value) * (up ? small : large);
            }
            row[q] = graded ? between(low[q], high) : std::max(k == 1 ? high.rest : low[q].value, 1e-300);
            low[q] = high;
        }
    }
}

double logit(double p) {
    if (p <= 0) return -infinity;
    if (p >= 1) return infinity;
    return math::log(p) - math::log1p(-p);
}

}  // namespace

int parameter_count(const Form& form) {
    if (is_dichotomous(form)) return 4;
    if (form.model == Model::nrm) return 2 * (form.categories - 1);
    if (form.model == Model::rsm) return form.categories - 1;
    return form.categories;
}

Working working_of(const Parameters& item) {
    Working x{};
    const int steps = item.categories - 1;
    switch (item.model) {
        case Model::grm:
            x[0] = item.a;
            for (int k = 1; k <= steps; ++k) x[at(k)] = -item.a * item.steps[at(k - 1)];
            break;
        case Model::pcm:
        case Model::gpcm:
            x[0] = item.a;
            for (int k = 1; k <= steps; ++k) x[at(k)] = (k > 1 ? x[at(k - 1)] : 0) - item.a * item.steps[at(k - 1)];
            break;
        case Model::rsm: {
            double mean = 0;
            for (int k = 0; k < steps; ++k) mean += item.steps[at(k)] / steps;
            x[0] = -(item.b + mean);
            for (int k = 1; k < steps; ++k) x[at(k)] = item.steps[at(k - 1)] - mean;
            break;
        }
        case Model::nrm:
            for (int k = 0; k < steps; ++k) {
                x[at(k)] = item.steps[at(k)];
                x[at(steps + k)] = item.intercepts[at(k)];
            }
            break;
        default:
            x[0] = item.a;
            x[1] = -item.a * item.b;
            x[2] = logit(item.c);
            x[3] = logit(item.d);
    }
    return x;
}

Parameters parameters_of(const Form& form, const Working& x) {
    Parameters item;
    item.model = form.model;
    item.categories = form.categories;
    const int steps = form.categories - 1;
    switch (form.model) {
        case Model::grm:
            item.a = x[0];
            for (int k = 1; k <= steps; ++k) item.steps[at(k - 1)] = -x[at(k)] / x[0];
            break;
        case Model::pcm:
        case Model::gpcm:
            item.a = x[0];
            for (int k = 1; k <= steps; ++k) item.steps[at(k - 1)] = -(x[at(k)] - (k > 1 ? x[at(k - 1)] : 0)) / x[0];
            break;
        case Model::rsm:
            item.b = -x[0];
            for (int k = 1; k < steps; ++k) {
                item.steps[at(k - 1)] = x[at(k)];
                item.steps[at(steps - 1)] -= x[at(k)];
            }
            break;
        case Model::nrm:
            for (int k = 0; k < steps; ++k) {
                item.steps[at(k)] = x[at(k)];
                item.intercepts[at(k)] = x[at(steps + k)];
            }
            break;
        default:
            item.a = x[0];
            item.b = -x[1] / x[0];
            item.c = math::logistic(x[2]);
            item.d = math::logistic(x[3]);
    }
    return item;
}

Jacobian bank_jacobian(const Form& form, const Working& x) {
    Jacobian j;
    const int steps = form.categories - 1;
    const double a = x[0];
    // A difficulty -(x_k - x_before) / a.
    const auto add_difficulty = [&](int k, int before) {
        Working& row = j.row[at(j.rows++)];
        row[at(k)] = -1 / a;
        if (before > 0) row[at(before)] = 1 / a;
        row[0] = (x[at(k)] - (before > 0 ? x[at(before)] : 0)) / (a * a);
    };
    const auto add_same = [&](int k, double factor) { j.row[at(j.rows++)][at(k)] = factor; };
    switch (form.model) {
        case Model::grm:
        case Model::pcm:
        case Model::gpcm:
            add_same(0, 1);
            for (int k = 1; k <= steps; ++k) add_difficulty(k, form.model == Model::grm ? 0 : k - 1);
            break;
        case Model::rsm:
            add_same(0, -1);
            for (int k = 1; k < steps; ++k) add_same(k, 1);
            for (int k = 1; k < steps; ++k) j.row[at(j.rows)][at(k)] = -1;
            ++j.rows;
            break;
        case Model::nrm:
            for (int k = 0; k < 2 * steps; ++k) add_same(k, 1);
            break;
        default: {
            add_same(0, 1);
            add_difficulty(1, 0);
            add_same(2, Logistic(x[2]).first);
            add_same(3, Logistic(x[3]).first);
        }
    }
    return j;
}

void item_terms(const Form& form, const Working& working, double theta, Terms& terms) {
    if (is_dichotomous(form)) return dichotomous_terms(working, theta, terms);
    if (form.model == Model::grm) return graded_terms(form, working, theta, terms);
    nominal_terms(form, working, theta, terms);
}

void item_log_probabilities(const Form& form, const Working& working, std::span<const double> thetas, double* rows,
                            std::size_t stride) {
    if (is_dichotomous(form) || form.model == Model::grm) {
        boundary_probabilities(form, working, thetas, rows, stride);
        for (int k = 0; k < form.categories; ++k) math::log_all(rows + at(k) * stride, thetas.size());
        return;
    }
    Exponents partials;
    std::array<double, max_categories> p, log_p;
    for (std::size_t q = 0; q < thetas.size(); ++q) {
        exponent_partials(form, thetas[q], partials);
        nominal_probabilities(form, working, thetas[q], partials, p, log_p);
        for (int k = 0; k < form.categories; ++k) rows[at(k) * stride + q] = log_p[at(k)];
    }
}

void add_curvature(const Form& form, const Working& working, double theta, const double* weights, double* to) {
    if (is_dichotomous(form)) return dichotomous_curvature(working, theta, weights, to);
    if (form.model == Model::grm) return graded_curvature(form, working, theta, weights, to);
    nominal_curvature(form, working, theta, weights, to);
}

}  // namespace palier::calibration
