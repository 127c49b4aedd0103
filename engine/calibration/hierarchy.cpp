// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/hierarchy.hpp"

#include <algorithm>
#include <cmath>

#include "engine/errors.hpp"
#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

constexpr double held_weight = 4;  // degrees of freedom of what is held of tau and sigma before any item
constexpr double usual_expert_sd = 0.8;
constexpr double usual_difficulty_sd = 1.2;
constexpr double usual_slope_sd = 0.3;
constexpr double beta_sd = 0.4;
constexpr double least_rated = 20;  // items, for experts to stretch the scale
constexpr double least_beta = 0.5;
constexpr double between_steps = 1.2;
constexpr int most_rounds = 200;
constexpr double still = 0.002;

bool has_slope(Model model) { return model != Model::rasch && model != Model::one_pl && model != Model::pcm; }

void check(const Responses& responses, const std::vector<ItemRequest>& items, const ExpertDifficulties& experts) {
    if (experts.size() != items.size()) throw ArgumentError("an expert's difficulty, or none, for each item");
    bool any = false;
    for (std::size_t j = 0; j < items.size(); ++j) {
        any = any || items[j].fixed || experts[j];
        const Model model = items[j].form.model;
        if (model == Model::nrm || model == Model::rsm)
            throw ArgumentError("item '" + responses.items()[j] + "': model " + name(model) +
                                " has no difficulty of its own that experts could give; use 2pl, 3pl, grm or gpcm");
    }
    if (!any)
        throw ArgumentError(
            "neither an expert's difficulty nor an anchor is there to set the scale; give the bank's pretest items a b");
}

// Normal in ln a: a lognormal density less its factor 1 / a.
Priors::Normal in_logarithm(double mean, double sd) { return {mean + sd * sd, sd}; }

struct Spread {
    double alpha = 0, beta = 1, tau = usual_expert_sd;
    double m = 0, s = usual_difficulty_sd;
    double mu = 0.1, sigma = usual_slope_sd;
    double distance(const Spread& other) const {
        return std::max({std::fabs(alpha - other.alpha), std::fabs(beta - other.beta), std::fabs(tau - other.tau),
                         std::fabs(m - other.m), std::fabs(s - other.s), std::fabs(mu - other.mu),
                         std::fabs(sigma - other.sigma)});
    }
};

// A mean and, around it, a variance with its prior: `errors` are the values' own.
struct Estimated {
    double n = 0, sum = 0, squares = 0, errors = 0;
    void add(double value, double error) {
        ++n;
        sum += value;
        squares += value * value;
        errors += error * error;
    }
    double mean(double otherwise) const { return n > 0 ? sum / n : otherwise; }
    double sd(double around, double usual) const {
        return std::sqrt((held_weight * usual * usual + squares - 2 * around * sum + n * around * around + errors) /
                         (held_weight + n));
    }
};

void give_priors(std::vector<ItemRequest>& items, const ExpertDifficulties& experts, const Spread& spread,
                 const Priors& general) {
    const double of_items = 1 / (spread.s * spread.s);
    const double of_experts = spread.beta * spread.beta / (spread.tau * spread.tau);
    for (std::size_t j = 0; j < items.size(); ++j) {
        if (items[j].fixed) continue;
        const Model model = items[j].form.model;
        Priors priors = general;
        priors.difficulty = {spread.m, spread.s};
        if (experts[j]) {
            const double said = (*experts[j] - spread.alpha) / spread.beta;
            const double both = of_items + of_experts;
            priors.difficulty = {(of_items * spread.m + of_experts * said) / both, 1 / std::sqrt(both)};
        }
        if (is_polytomous(model)) priors.difficulty->sd = std::hypot(priors.difficulty->sd, between_steps);
        if (has_slope(model)) priors.log_slope = in_logarithm(spread.mu, spread.sigma);
        items[j].priors = priors;
    }
}

// Where to begin: the experts' scale is that of the abilities, their own mean apart.
Spread start_of(const ExpertDifficulties& experts, bool anchored) {
    Estimated all;
    for (const auto& e : experts)
        if (e) all.add(*e, 0);
    Spread spread;
    (anchored ? spread.m : spread.alpha) = all.mean(0);
    return spread;
}

Spread spread_of(const Calibration& fit, const std::vector<ItemRequest>& items, const ExpertDifficulties& experts,
                 const Spread& before, bool anchored) {
    Estimated difficulty, slope, rated, said;
    double product = 0;
    const auto counts = [&](std::size_t j) { return !fit.items[j].anchor && !is_polytomous(items[j].form.model); };
    for (std::size_t j = 0; j < items.size(); ++j) {
        const CalibratedItem& item = fit.items[j];
        if (!item.anchor && has_slope(items[j].form.model))
            slope.add(math::log(item.parameters.a), item.errors.a / item.parameters.a);
        if (!counts(j)) continue;
        difficulty.add(item.parameters.b, item.errors.b);
        if (!experts[j]) continue;
        rated.add(item.parameters.b, item.errors.b);
        said.add(*experts[j], 0);
        product += item.parameters.b * *experts[j];
    }
    Spread next = before;
    if (!anchored && rated.n > 0) {
        const bool slopes_held = std::any_of(items.begin(), items.end(), [](const auto& item) {
            return !item.fixed && !has_slope(item.form.model) && item.form.model != Model::one_pl;
        });
        const double spread_of_b = rated.squares - rated.sum * rated.sum / rated.n + rated.errors;
        const double experts_variance = before.tau * before.tau;
        constexpr double beta_variance = beta_sd * beta_sd;
        if (!slopes_held && rated.n >= least_rated)
            next.beta =
                std::max(0.2, ((product - rated.sum * said.sum / rated.n) / experts_variance + 1 / beta_variance) /
                                  (spread_of_b / experts_variance + 1 / beta_variance));
        next.alpha = (said.sum - next.beta * rated.sum) / rated.n;
    }
    Estimated off;
    for (std::size_t j = 0; j < items.size(); ++j)
        if (counts(j) && experts[j])
            off.add(*experts[j] - next.alpha - next.beta * fit.items[j].parameters.b,
                    next.beta * fit.items[j].errors.b);
    next.tau = off.sd(0, usual_expert_sd);
    next.m = difficulty.mean(before.m);
    next.s = difficulty.sd(next.m, usual_difficulty_sd);
    next.mu = slope.mean(before.mu);
    next.sigma = slope.sd(next.mu, usual_slope_sd);
    return next;
}

// theta' = alpha + beta theta.
void put_on_scale(Calibration& calibration, double alpha, double beta) {
    for (CalibratedItem& item : calibration.items) {
        Parameters& p = item.parameters;
        if (p.model != Model::rasch && p.model != Model::pcm) {
            p.a /= beta;
            item.errors.a /= beta;
        }
        p.b = alpha + beta * p.b;
        item.errors.b *= beta;
        for (int k = 0; is_polytomous(p.model) && k + 1 < p.categories; ++k) {
            p.steps[at(k)] = alpha + beta * p.steps[at(k)];
            item.errors.steps[at(k)] *= beta;
        }
    }
    for (CalibratedPopulation& population : calibration.populations) {
        population.mean = alpha + beta * population.mean;
        population.variance *= beta * beta;
        population.se_mean *= beta;
        population.se_variance *= beta * beta;
    }
}

}  // namespace

HierarchicalCalibration hierarchical_calibrate(const Responses& responses, std::vector<ItemRequest> items,
                                               const ExpertDifficulties& experts, const Options& options) {
    check(responses, items, experts);
    Options fit = options;
    fit.standard_errors = true;
    const bool anchored = std::any_of(items.begin(), items.end(), [](const auto& item) { return item.fixed; });
    const std::vector<Population> populations = usual_populations(responses, items);
    HierarchicalCalibration result;
    Spread spread = start_of(experts, anchored);
    while (true) {
        give_priors(items, experts, spread, options.priors);
        result.calibration = calibrate(responses, items, populations, fit);
        if (!result.calibration.converged || !result.calibration.is_highest.value_or(false)) break;
        const Spread next = spread_of(result.calibration, items, experts, spread, anchored);
        result.settled = next.distance(spread) < still;
        if (result.settled || ++result.rounds == most_rounds) break;
        spread = next;
    }
    result.expert_sd = spread.tau;
    result.difficulty_mean = spread.alpha + spread.beta * spread.m;
    result.difficulty_sd = spread.beta * spread.s;
    result.log_slope_mean = spread.mu - math::log(spread.beta);
    result.log_slope_sd = spread.sigma;
    put_on_scale(result.calibration, spread.alpha, spread.beta);
    if (spread.beta < least_beta) {
        result.settled = false;
        result.calibration.converged = false;
        result.calibration.problems.push_back(
            "what experts said hardly goes with the answers: their difficulties cannot set the scale; look at them, or "
            "calibrate without them");
    } else if (!result.settled && result.calibration.converged && result.rounds == most_rounds) {
        result.calibration.converged = false;
        result.calibration.problems.push_back("what experts and slopes are worth still moved after " +
                                              std::to_string(result.rounds) + " rounds");
    }
    return result;
}

}  // namespace palier::calibration
