// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/math/elementary.hpp"
#include "engine/models/families.hpp"
#include "engine/models/pairs.hpp"

// P_k = exp(z_k) / sum_j exp(z_j) with z_k = slope_k theta + intercept_k. With m the mean of the slopes
// under P, (ln P_k)' = slope_k - m, (ln P_k)'' = -(their variance), (ln P_k)''' = -(their third central
// moment). slope_k - m is summed as sum_j P_j (slope_k - slope_j), which keeps its digits where P_k
// nears 1.

namespace palier::nominal {

double slope(const Parameters& item, int category) {
    if (category == 0) return 0;
    if (item.model == Model::nrm) return item.steps[static_cast<std::size_t>(category - 1)];
    return category * item.a;
}

double intercept(const Parameters& item, int category) {
    if (category == 0) return 0;
    if (item.model == Model::nrm) return item.intercepts[static_cast<std::size_t>(category - 1)];
    double sum = 0;
    for (int v = 0; v < category; ++v) sum += item.steps[static_cast<std::size_t>(v)];
    return -item.a * (item.model == Model::rsm ? sum + category * item.b : sum);
}

CategoryTerms terms(const Parameters& item, double theta) {
    CategoryTerms out{};
    out.count = item.categories;
    std::array<double, max_categories> slopes{};
    double largest = 0;
    double total = 0;  // of the steps so far
    for (int k = 0; k < item.categories; ++k) {
        const auto at = static_cast<std::size_t>(k);
        if (k > 0) total += item.steps[at - 1];
        double constant = 0;
        if (item.model == Model::nrm) {
            constant = k == 0 ? 0.0 : item.intercepts[at - 1];
        } else {
            constant = -item.a * (item.model == Model::rsm ? total + k * item.b : total);
        }
        slopes[at] = slope(item, k);
        out.log_p[at] = slopes[at] * theta + constant;
        if (k == 0 || out.log_p[at] > largest) largest = out.log_p[at];
    }
    double sum = 0;
    for (std::size_t k = 0; k < static_cast<std::size_t>(item.categories); ++k) {
        out.log_p[k] -= largest;
        out.p[k] = math::exp(out.log_p[k]);
        sum += out.p[k];
    }
    const double log_sum = math::log(sum);
    for (std::size_t k = 0; k < static_cast<std::size_t>(item.categories); ++k) {
        out.log_p[k] -= log_sum;
        out.p[k] /= sum;
    }
    double variance = 0;
    double third = 0;
    for (std::size_t k = 0; k < static_cast<std::size_t>(item.categories); ++k) {
        double first = 0;
        for (std::size_t j = 0; j < static_cast<std::size_t>(item.categories); ++j)
            first += out.p[j] * (slopes[k] - slopes[j]);
        out.first[k] = first;
        variance += out.p[k] * first * first;
        third += out.p[k] * first * first * first;
    }
    for (std::size_t k = 0; k < static_cast<std::size_t>(item.categories); ++k) {
        out.second[k] = -variance;
        out.third[k] = -third;
    }
    return out;
}

// The operations of terms(), a category after the other.
void curve_at(const Parameters& item, Curve curve, const std::vector<double>& thetas, double* to) {
    using namespace pairs;
    const std::size_t n = thetas.size();
    const auto categories = static_cast<std::size_t>(item.categories);
    std::array<double, max_categories> slopes{};
    std::array<double, max_categories> constants{};
    double total = 0;
    for (std::size_t k = 1; k < categories; ++k) {
        total += item.steps[k - 1];
        const double by_location = item.model == Model::rsm ? total + static_cast<double>(k) * item.b : total;
        constants[k] = item.model == Model::nrm ? item.intercepts[k - 1] : -item.a * by_location;
        slopes[k] = slope(item, static_cast<int>(k));
    }
    std::array<Numbers, max_categories> p;
    std::array<Numbers, max_categories> logs;
    each_part(thetas, [&](std::size_t from, const Numbers& part, std::size_t count) {
        Numbers largest;
        for (std::size_t k = 0; k < categories; ++k) {
            for (std::size_t i = 0; i < count; ++i) {
                logs[k][i] = slopes[k] * part[i] + constants[k];
                if (k == 0 || logs[k][i] > largest[i]) largest[i] = logs[k][i];
            }
        }
        Numbers sum;
        sum.fill(0.0);
        for (std::size_t k = 0; k < categories; ++k) {
            for (std::size_t i = 0; i < count; ++i) logs[k][i] -= largest[i];
            p[k] = logs[k];
            math::exp_all(p[k].data(), count);
            for (std::size_t i = 0; i < count; ++i) sum[i] += p[k][i];
        }
        if (curve == Curve::log_probability) {
            math::log_all(sum.data(), count);
            for (std::size_t k = 0; k < categories; ++k) {
                for (std::size_t i = 0; i < count; ++i) logs[k][i] -= sum[i];
                copy(logs[k], from, n, to + k * n);
            }
            return;
        }
        for (std::size_t k = 0; k < categories; ++k) {
            for (std::size_t i = 0; i < count; ++i) p[k][i] /= sum[i];
            if (curve == Curve::probability) copy(p[k], from, n, to + k * n);
        }
        if (curve == Curve::probability) return;
        Numbers variance;
        variance.fill(0.0);
        for (std::size_t k = 0; k < categories; ++k) {
            for (std::size_t i = 0; i < count; i += 2) {
                Two first = {};
                for (std::size_t j = 0; j < categories; ++j) first += at(p[j], i) * (slopes[k] - slopes[j]);
                put(at(variance, i) + at(p[k], i) * first * first, variance, i);
            }
        }
        copy(variance, from, n, to);
    });
}

double mean_slope(const Parameters& item, double theta) {
    const CategoryTerms t = terms(item, theta);
    double sum = 0;
    for (int k = 1; k < t.count; ++k) sum += t.p[static_cast<std::size_t>(k)] * slope(item, k);
    return sum;
}

double score_variance(const Parameters& item, const ParameterErrors& errors, double theta) {
    const CategoryTerms t = terms(item, theta);
    const auto count = static_cast<std::size_t>(item.categories);
    // dP_k/dz_j = P_k ([k = j] - P_j), so sum_k (ln P_k)' dP_k/dz_j = P_j (ln P_j)', as the mean of
    // the scores is 0.
    if (item.model == Model::nrm) {
        double sum = 0;
        for (std::size_t j = 1; j < count; ++j) {
            const double by_intercept = t.p[j] * t.first[j];
            const double by_slope = by_intercept * theta;
            sum += by_intercept * by_intercept * errors.intercepts[j - 1] * errors.intercepts[j - 1] +
                   by_slope * by_slope * errors.steps[j - 1] * errors.steps[j - 1];
        }
        return sum;
    }
    // Step v enters z_j for every j >= v with -a; b of rsm with -a j.
    double sum = 0;
    double above = 0;
    double by_b = 0;
    double by_a = 0;
    for (std::size_t j = count - 1; j >= 1; --j) {
        const double part = t.p[j] * t.first[j];
        above += part;
        const double by_step = item.a * above * errors.steps[j - 1];
        sum += by_step * by_step;
        by_b += item.a * static_cast<double>(j) * part;
        by_a += part * (static_cast<double>(j) * theta + intercept(item, static_cast<int>(j)) / item.a);
    }
    const double of_b = by_b * errors.b;
    const double of_a = by_a * errors.a;
    return sum + of_b * of_b + of_a * of_a;
}

}  // namespace palier::nominal
