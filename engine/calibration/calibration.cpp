// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/calibration.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "engine/calibration/checks.hpp"
#include "engine/calibration/expectation.hpp"
#include "engine/calibration/information.hpp"
#include "engine/errors.hpp"
#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

std::string short_number(double x) {
    std::array<char, 32> text;
    std::snprintf(text.data(), text.size(), "%.3g", x);
    return text.data();
}

// What stands at a place of x, for a sentence.
std::string named_parameter(const Structure& structure, const Responses& responses, int slot) {
    for (int j = 0; j < structure.items(); ++j) {
        const Structure::Entry& entry = structure.entry(j);
        if (slot >= entry.own && slot < entry.own + entry.own_count) return "item '" + responses.items()[at(j)] + "'";
    }
    if (slot < structure.first_of_populations()) return "what items share";
    return "the population";
}

// The standard errors of an item's numbers from the covariance of what moved: the delta method.
ParameterErrors item_errors(const Structure::Entry& entry, const Working& working, const Matrix& covariance) {
    const Jacobian jacobian = bank_jacobian(entry.form, working);
    const int n = parameter_count(entry.form);
    std::vector<double> se;
    for (int row = 0; row < jacobian.rows; ++row) {
        double variance = 0;
        for (int p = 0; p < n; ++p)
            for (int r = 0; r < n; ++r)
                if (entry.slot[at(p)] >= 0 && entry.slot[at(r)] >= 0)
                    variance += jacobian.row[at(row)][at(p)] * jacobian.row[at(row)][at(r)] *
                                covariance(entry.slot[at(p)], entry.slot[at(r)]);
        se.push_back(variance > 0 ? std::sqrt(variance) : 0);
    }
    ParameterErrors errors;
    const std::size_t steps = at(entry.form.categories - 1);
    switch (entry.form.model) {
        case Model::grm:
        case Model::pcm:
        case Model::gpcm:
            errors.a = se[0];
            std::copy_n(se.begin() + 1, steps, errors.steps.begin());
            break;
        case Model::rsm:
            errors.b = se[0];
            std::copy_n(se.begin() + 1, steps, errors.steps.begin());
            break;
        case Model::nrm:
            std::copy_n(se.begin(), steps, errors.steps.begin());
            std::copy_n(se.begin() + static_cast<std::ptrdiff_t>(steps), steps, errors.intercepts.begin());
            break;
        default:
            errors.a = se[0];
            errors.b = se[1];
            errors.c = se[2];
            errors.d = se[3];
    }
    return errors;
}

// What of an item no bank should have, or "".
std::string item_problem(const CalibratedItem& item, double between_nodes) {
    const Parameters& p = item.parameters;
    const std::string name = "item '" + item.id + "': ";
    if (p.model == Model::nrm) {
        double largest = 0;
        for (int k = 1; k < p.categories; ++k) largest = std::max(largest, std::fabs(p.steps[at(k - 1)]));
        if (largest * between_nodes <= 2 * (p.categories - 1)) return "";
        return name + "a slope grew to " + short_number(largest) +
               " and would grow further: its answers part persons without error; leave it out, or join categories";
    }
    if (!(p.a > 0))
        return name + "its slope is " + short_number(p.a) +
               ": who knows more fails it more often; look at its key, or leave it out";
    if (p.a * between_nodes > 2)
        return name + "its slope grew to " + short_number(p.a) +
               " and would grow further: the answers to it part persons without error, as of a copy of another item; "
               "leave it out or give slopes a prior";
    if (!is_polytomous(p.model) && !(p.c < p.d)) return name + "its lower asymptote lies above its upper one";
    return "";
}

// Newton's step by the exact information: where the likelihood is flat in some direction, a small gradient may still be
// some way from the maximum. It is taken where it makes the gradient smaller.
void take_last_step(const Objective& objective, const Matrix& covariance, Maximum& maximum) {
    std::vector<double> next = maximum.x;
    for (int i = 0; i < covariance.size(); ++i)
        for (int j = 0; j < covariance.size(); ++j) next[at(i)] += covariance(i, j) * maximum.value.gradient[at(j)];
    Objective::Value value = objective.at_point(next);
    ++maximum.iterations;
    double largest = 0;
    for (const double g : value.gradient) largest = std::max(largest, std::fabs(g));
    if (value.gradient.empty() || !(largest < maximum.max_gradient)) return;
    maximum.x = std::move(next);
    maximum.value = std::move(value);
    maximum.max_gradient = largest;
}

// The first free parameter of which nothing is known, or -1: a standard error of 100 logits says that the likelihood
// does not fall in some direction. Asymptotes are left out, which may end at 0 or 1.
int unknown_parameter(const Structure& structure, const Matrix& covariance) {
    constexpr double most = 100;
    std::vector<char> asymptote(at(structure.size()), 0);
    for (int j = 0; j < structure.items(); ++j) {
        const Structure::Entry& entry = structure.entry(j);
        for (int p = 2; p < 4 && !is_polytomous(entry.form.model); ++p)
            if (entry.slot[at(p)] >= 0) asymptote[at(entry.slot[at(p)])] = 1;
    }
    for (int k = 0; k < structure.size(); ++k)
        if (!asymptote[at(k)] && !(covariance(k, k) < most * most)) return k;
    return -1;
}

void check_options(const Options& options) {
    if (options.nodes < 11 || options.nodes > 1001) throw ArgumentError("nodes should be 11 to 1001");
    if (!std::isfinite(options.low) || !std::isfinite(options.high) || !(options.low < options.high))
        throw ArgumentError("the nodes' range should be two numbers, the lower first");
    if (!(options.search.tolerance > 0)) throw ArgumentError("the tolerance should be above 0");
}

}  // namespace

std::vector<Population> usual_populations(const Responses& responses, const std::vector<ItemRequest>& items) {
    const bool anchored = std::any_of(items.begin(), items.end(), [](const auto& item) { return item.fixed; });
    const bool slopes_fixed = std::any_of(items.begin(), items.end(), [](const auto& item) {
        const Model model = item.form.model;
        return model == Model::rasch || model == Model::pcm || model == Model::rsm;
    });
    std::vector<Population> populations(responses.groups().size());
    for (std::size_t g = 0; g < populations.size(); ++g) {
        populations[g].free_mean = g > 0 || anchored;
        populations[g].free_sd = g > 0 || anchored || slopes_fixed;
    }
    return populations;
}

Calibration calibrate(const Responses& responses, const std::vector<ItemRequest>& items,
                      const std::vector<Population>& populations, const Options& options) {
    check_options(options);
    const std::vector<std::string> faults = faults_of(responses, items, populations, options.priors);
    if (!faults.empty()) {
        std::string all;
        for (const std::string& fault : faults) all += (all.empty() ? "" : "\n") + fault;
        throw ArgumentError(all);
    }
    const Structure structure(responses, items, populations, options.priors);
    if (options.standard_errors && structure.size() > most_with_errors)
        throw ArgumentError(
            std::to_string(structure.size()) + " parameters to estimate; with standard errors at most " +
            std::to_string(most_with_errors) + "; do without them, or calibrate parts of the bank with anchors");
    std::vector<int> categories;
    for (const ItemRequest& item : items) categories.push_back(item.form.categories);
    const Expectation expectation(responses, categories, options.nodes, options.threads);
    const Objective objective(structure, expectation, equal_nodes(options.nodes, options.low, options.high));
    Maximum maximum = maximise(objective, structure.start(), options.search);

    Calibration result;
    if (!maximum.converged)
        result.problems.push_back("this is not a maximum: after " + std::to_string(maximum.iterations) +
                                  " iterations the largest gradient is " + short_number(maximum.max_gradient) + " (" +
                                  named_parameter(structure, responses, maximum.steepest) + "); it should be at most " +
                                  short_number(options.search.tolerance));
    if (options.standard_errors && maximum.converged && structure.size() > 0) {
        Matrix information = observed_information(objective, maximum.x, maximum.value.expected, responses);
        result.is_highest = cholesky(information);
        if (*result.is_highest) {
            inverse(information, result.covariance);
            const int unknown = unknown_parameter(structure, result.covariance);
            if (unknown < 0) {
                take_last_step(objective, result.covariance, maximum);
            } else {
                result.is_highest = false;
                result.problems.push_back(
                    "this is not a maximum: the log-likelihood does not fall whatever the parameters of " +
                    named_parameter(structure, responses, unknown) + " (their standard error is " +
                    short_number(std::sqrt(result.covariance(unknown, unknown))) +
                    " logits); the model asks more of the data than they can tell");
                result.covariance = Matrix();
            }
        } else {
            result.problems.push_back(
                "this is not a maximum: the log-likelihood rises in some direction, or does not fall, though its "
                "gradient is 0; the model asks more of the data than they can tell");
        }
    }
    result.x = std::move(maximum.x);
    result.log_likelihood = maximum.value.log_likelihood;
    result.log_prior = maximum.value.log_prior;
    result.free_parameters = structure.size();
    result.persons = static_cast<double>(responses.persons());
    result.aic = -2 * result.log_likelihood + 2 * structure.size();
    result.bic = -2 * result.log_likelihood + math::log(result.persons) * structure.size();
    result.iterations = maximum.iterations;
    result.max_gradient = maximum.max_gradient;
    result.converged = maximum.converged;
    const double between_nodes = (options.high - options.low) / (options.nodes - 1);
    for (int j = 0; j < structure.items(); ++j) {
        CalibratedItem item;
        const Structure::Entry& entry = structure.entry(j);
        item.id = responses.items()[at(j)];
        item.anchor = entry.anchor;
        const double* const counts = responses.counts(j);
        for (int k = 0; k < max_categories; ++k) item.answers += counts[k];
        const Working working = structure.working(j, result.x);
        item.parameters = entry.anchor ? *items[at(j)].fixed : parameters_of(entry.form, working);
        if (result.covariance.size() > 0 && !entry.anchor) item.errors = item_errors(entry, working, result.covariance);
        std::string problem = entry.anchor ? "" : item_problem(item, between_nodes);
        if (!problem.empty()) {
            // A turned key is a maximum; what grows without end is none.
            if (item.parameters.a > 0) result.converged = false;
            result.problems.push_back(std::move(problem));
        }
        result.items.push_back(std::move(item));
    }
    for (int g = 0; g < static_cast<int>(populations.size()); ++g) {
        const Population population = structure.population(g, result.x);
        CalibratedPopulation of{responses.groups()[at(g)], 0, population.mean, population.sd * population.sd, 0, 0};
        const auto error_of = [&](int slot) {
            return slot >= 0 && result.covariance.size() > 0 ? std::sqrt(result.covariance(slot, slot)) : 0.0;
        };
        of.se_mean = error_of(structure.slot_of_mean(g));
        of.se_variance = 2 * of.variance * error_of(structure.slot_of_log_sd(g));
        result.populations.push_back(std::move(of));
    }
    for (std::size_t p = 0; p < responses.patterns(); ++p)
        result.populations[at(responses.group(p))].persons += responses.frequency(p);
    return result;
}

}  // namespace palier::calibration
