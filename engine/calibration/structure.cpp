// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/structure.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "engine/errors.hpp"
#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

double log_odds(double yes, double no) { return math::log((yes + 0.5) / (no + 0.5)); }

// Where the maximum is looked for first: slopes of a common test, and thresholds from the shares of the categories,
// spread as a normal ability spreads them.
Working start_of(const Form& form, const double* counts) {
    constexpr double spread = 1.2;
    Working x{};
    const int steps = form.categories - 1;
    double all = 0;
    for (int k = 0; k <= steps; ++k) all += counts[k];
    switch (form.model) {
        case Model::grm: {
            x[0] = 1;
            double above = all;
            for (int k = 1; k <= steps; ++k) {
                above -= counts[k - 1];
                x[at(k)] = spread * log_odds(above, all - above);
            }
            break;
        }
        case Model::pcm:
        case Model::gpcm:
            x[0] = form.model == Model::pcm ? 1.0 : std::max(0.3, 1.0 / steps);
            for (int k = 1; k <= steps; ++k) x[at(k)] = spread * log_odds(counts[k], counts[0]);
            break;
        case Model::rsm: {
            double right = 0;
            for (int k = 1; k <= steps; ++k) right += k * counts[k];
            x[0] = spread * log_odds(right, steps * all - right);
            break;
        }
        case Model::nrm:
            for (int k = 1; k <= steps; ++k) {
                x[at(k - 1)] = std::max(0.3, 1.0 / steps) * k;
                x[at(steps + k - 1)] = spread * log_odds(counts[k], counts[0]);
            }
            break;
        default:
            x[0] = 1;
            x[1] = spread * log_odds(counts[1], counts[0]);
            x[2] = x[3] = 0;
    }
    return x;
}

// Which working parameters of an item are its own, shared, or do not move.
enum class Role { own, shared, held };

Role role_of(const Form& form, int parameter) {
    switch (form.model) {
        case Model::rasch:
            return parameter == 1 ? Role::own : Role::held;
        case Model::one_pl:
            return parameter == 1 ? Role::own : parameter == 0 ? Role::shared : Role::held;
        case Model::two_pl:
            return parameter < 2 ? Role::own : Role::held;
        case Model::three_pl:
            return parameter < 3 ? Role::own : Role::held;
        case Model::pcm:
            return parameter == 0 ? Role::held : Role::own;
        case Model::rsm:
            return parameter == 0 ? Role::own : Role::shared;
        default:
            return Role::own;
    }
}

void take_asymptotes(const Form& form, const Priors& priors, Working& x) {
    Parameters plain;
    plain.model = Model::two_pl;
    const Working none = working_of(plain);
    x[2] = form.model == Model::three_pl || form.model == Model::four_pl ? (priors.lower ? priors.lower->mean : -1.7)
                                                                         : none[2];
    x[3] = form.model == Model::four_pl ? (priors.upper ? priors.upper->mean : 3.0) : none[3];
}

double normal_log_density(const Priors::Normal& prior, double x) {
    constexpr double half_log_two_pi = 0.91893853320467274178;
    const double z = (x - prior.mean) / prior.sd;
    return -0.5 * z * z - math::log(prior.sd) - half_log_two_pi;
}

}  // namespace

Structure::Structure(const Responses& responses, const std::vector<ItemRequest>& items,
                     std::vector<Population> populations, const Priors& priors)
    : populations_(std::move(populations)) {
    if (items.size() != responses.items().size() || populations_.size() != responses.groups().size())
        throw ArgumentError("a request for each item and a population for each group");
    std::map<std::pair<Model, int>, std::vector<int>> shared;  // slots by model and categories
    for (std::size_t k = 0; k < items.size(); ++k) {
        Entry entry;
        entry.form = items[k].form;
        entry.anchor = items[k].fixed.has_value();
        entry.priors = items[k].priors.value_or(priors);
        entry.slot.fill(-1);
        if (entry.anchor) {
            entry.held = working_of(*items[k].fixed);
        } else {
            entry.held = start_of(entry.form, responses.counts(static_cast<int>(k)));
            if (!is_polytomous(entry.form.model)) take_asymptotes(entry.form, entry.priors, entry.held);
        }
        entry.own = static_cast<int>(start_.size());
        for (int p = 0; p < parameter_count(entry.form) && !entry.anchor; ++p) {
            if (role_of(entry.form, p) != Role::own) continue;
            entry.own_parameter[at(entry.own_count++)] = p;
            entry.slot[at(p)] = static_cast<int>(start_.size());
            start_.push_back(entry.held[at(p)]);
        }
        entries_.push_back(entry);
    }
    first_shared_ = static_cast<int>(start_.size());
    for (Entry& entry : entries_) {
        for (int p = 0; p < parameter_count(entry.form) && !entry.anchor; ++p) {
            if (role_of(entry.form, p) != Role::shared) continue;
            std::vector<int>& slots = shared[{entry.form.model, entry.form.categories}];
            if (slots.empty()) slots.assign(most_parameters, -1);
            int& slot = slots[at(p)];
            if (slot < 0) {
                slot = static_cast<int>(start_.size());
                start_.push_back(entry.held[at(p)]);
            }
            entry.slot[at(p)] = slot;
        }
    }
    first_of_populations_ = static_cast<int>(start_.size());
    for (const Population& population : populations_) {
        mean_slot_.push_back(population.free_mean ? static_cast<int>(start_.size()) : -1);
        if (population.free_mean) start_.push_back(population.mean);
        log_sd_slot_.push_back(population.free_sd ? static_cast<int>(start_.size()) : -1);
        if (population.free_sd) start_.push_back(math::log(population.sd));
    }
}

Working Structure::working(int item, const std::vector<double>& x) const {
    const Entry& of = entry(item);
    Working result = of.held;
    for (int p = 0; p < parameter_count(of.form); ++p)
        if (of.slot[at(p)] >= 0) result[at(p)] = x[at(of.slot[at(p)])];
    return result;
}

Population Structure::population(int group, const std::vector<double>& x) const {
    Population result = populations_[at(group)];
    if (slot_of_mean(group) >= 0) result.mean = x[at(slot_of_mean(group))];
    if (slot_of_log_sd(group) >= 0) result.sd = math::exp(x[at(slot_of_log_sd(group))]);
    return result;
}

double log_prior(const Structure::Entry& entry, const Working& x, Working& gradient, double* curvature) {
    const Priors& priors = entry.priors;
    const Form& form = entry.form;
    if (entry.anchor || form.model == Model::nrm || form.model == Model::rsm) return 0;
    const int parameters = parameter_count(form);
    const auto curve = [&](int p, int q, double value) {
        if (curvature) curvature[std::max(p, q) * parameters + std::min(p, q)] += value;
    };
    double sum = 0;
    const auto add_normal = [&](const Priors::Normal& prior, int p) {
        sum += normal_log_density(prior, x[at(p)]);
        gradient[at(p)] -= (x[at(p)] - prior.mean) / (prior.sd * prior.sd);
        curve(p, p, -1 / (prior.sd * prior.sd));
    };
    const double a = x[0];
    if (priors.log_slope && entry.slot[0] >= 0) {
        if (!(a > 0)) return -std::numeric_limits<double>::infinity();
        const double variance = priors.log_slope->sd * priors.log_slope->sd;
        const double from_mean = (math::log(a) - priors.log_slope->mean) / variance;
        sum += normal_log_density(*priors.log_slope, math::log(a)) - math::log(a);
        gradient[0] -= (1 + from_mean) / a;
        curve(0, 0, (1 + from_mean - 1 / variance) / (a * a));
    }
    if (priors.difficulty) {
        const int last = is_polytomous(form.model) ? form.categories - 1 : 1;
        const double variance = priors.difficulty->sd * priors.difficulty->sd;
        for (int k = 1; k <= last; ++k) {
            const int before = form.model == Model::gpcm || form.model == Model::pcm ? k - 1 : 0;
            const double b = -(x[at(k)] - (before > 0 ? x[at(before)] : 0)) / a;
            sum += normal_log_density(*priors.difficulty, b);
            const double pull = -(b - priors.difficulty->mean) / variance;
            // Partials of b: -1 / a in x_k, 1 / a in the one before, -b / a in a.
            const std::array<int, 3> place = {k, 0, before};
            const std::array<double, 3> first = {-1 / a, -b / a, 1 / a};
            for (int i = 0; i < (before > 0 ? 3 : 2); ++i) {
                gradient[at(place[at(i)])] += pull * first[at(i)];
                for (int j = 0; j <= i; ++j) curve(place[at(i)], place[at(j)], -first[at(i)] * first[at(j)] / variance);
            }
            curve(k, 0, pull / (a * a));
            if (before > 0) curve(before, 0, -pull / (a * a));
            curve(0, 0, pull * 2 * b / (a * a));
        }
    }
    if (!is_polytomous(form.model)) {
        if (priors.lower && entry.slot[2] >= 0) add_normal(*priors.lower, 2);
        if (priors.upper && entry.slot[3] >= 0) add_normal(*priors.upper, 3);
    }
    return sum;
}

}  // namespace palier::calibration
