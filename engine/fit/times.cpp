// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/times.hpp"

#include <algorithm>
#include <cmath>

#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

constexpr double least_log_variance = 1e-4;
constexpr double tolerance = 1e-7;
constexpr int most_iterations = 5000;

struct Logged {
    int person;
    int item;
    double log_seconds;
};

// What the thresholds leave, and how many answers they do not.
std::vector<Logged> within(std::vector<ItemTime>& items, const std::vector<TimedAnswer>& answers,
                           const TimeRules& rules) {
    std::vector<double> all(items.size(), 0), sum(items.size(), 0), used(items.size(), 0);
    for (const TimedAnswer& answer : answers) {
        ++all[at(answer.item)];
        if (answer.seconds > rules.idle) {
            ++items[at(answer.item)].idle;
            continue;
        }
        sum[at(answer.item)] += answer.seconds;
        ++used[at(answer.item)];
    }
    for (std::size_t j = 0; j < items.size(); ++j)
        if (used[j] > 0) items[j].threshold = std::min(rules.most, rules.share * sum[j] / used[j]);
    std::vector<Logged> result;
    for (const TimedAnswer& answer : answers) {
        ItemTime& item = items[at(answer.item)];
        if (answer.seconds > rules.idle) continue;
        if (answer.seconds < item.threshold) {
            ++item.rapid;
            continue;
        }
        ++item.answers;
        result.push_back({answer.person, answer.item, math::log(answer.seconds)});
    }
    for (std::size_t j = 0; j < items.size(); ++j) {
        if (all[j] > 0) {
            items[j].rapid /= all[j];
            items[j].idle /= all[j];
        }
        items[j].found = items[j].answers >= rules.least;
    }
    result.erase(
        std::remove_if(result.begin(), result.end(), [&](const Logged& of) { return !items[at(of.item)].found; }),
        result.end());
    return result;
}

}  // namespace

TimeModel time_model(int items, int persons, const std::vector<TimedAnswer>& answers, const TimeRules& rules) {
    TimeModel model;
    model.items.resize(at(items));
    model.speed.assign(at(persons), 0);
    const std::vector<Logged> times = within(model.items, answers, rules);
    if (times.empty()) return model;
    std::vector<double> precision(at(items), 1), sum(at(items), 0);
    for (const Logged& time : times) model.items[at(time.item)].beta += time.log_seconds;
    for (ItemTime& item : model.items)
        if (item.found) item.beta /= item.answers;
    std::vector<double> spread(at(persons), 0), pull(at(persons), 0);
    std::vector<char> timed(at(persons), 0);
    for (const Logged& time : times) timed[at(time.person)] = 1;
    const double people = static_cast<double>(std::count(timed.begin(), timed.end(), 1));
    double variance = 0.1;
    // EM: the posterior of a normal speed given normal logarithms is normal, and the maximum is of means and variances.
    for (; model.iterations < most_iterations && !model.converged; ++model.iterations) {
        std::fill(spread.begin(), spread.end(), 1 / variance);
        std::fill(pull.begin(), pull.end(), 0.0);
        for (const Logged& time : times) {
            spread[at(time.person)] += precision[at(time.item)];
            pull[at(time.person)] += precision[at(time.item)] * (model.items[at(time.item)].beta - time.log_seconds);
        }
        double next = 0;
        for (std::size_t n = 0; n < spread.size(); ++n) {
            if (!timed[n]) continue;
            model.speed[n] = pull[n] / spread[n];
            next += (model.speed[n] * model.speed[n] + 1 / spread[n]) / people;
        }
        std::fill(sum.begin(), sum.end(), 0.0);
        for (const Logged& time : times) sum[at(time.item)] += time.log_seconds + model.speed[at(time.person)];
        next = std::max(next, least_log_variance);
        double change = std::fabs(next - variance);
        variance = next;
        for (std::size_t j = 0; j < sum.size(); ++j) {
            if (!model.items[j].found) continue;
            const double beta = sum[j] / model.items[j].answers;
            change = std::max(change, std::fabs(beta - model.items[j].beta));
            model.items[j].beta = beta;
        }
        std::fill(sum.begin(), sum.end(), 0.0);
        for (const Logged& time : times) {
            const double rest = time.log_seconds + model.speed[at(time.person)] - model.items[at(time.item)].beta;
            sum[at(time.item)] += rest * rest + 1 / spread[at(time.person)];
        }
        for (std::size_t j = 0; j < sum.size(); ++j) {
            if (!model.items[j].found) continue;
            const double of = 1 / std::max(sum[j] / model.items[j].answers, least_log_variance);
            change = std::max(change, std::fabs(of - precision[j]) / of);
            precision[j] = of;
        }
        model.converged = change < tolerance;
    }
    model.sd = std::sqrt(variance);
    std::vector<double> known(at(items), 0);
    for (const Logged& time : times) {
        const double p = precision[at(time.item)];
        known[at(time.item)] += p - p * p / spread[at(time.person)];
    }
    for (std::size_t j = 0; j < known.size(); ++j) {
        if (!model.items[j].found) continue;
        model.items[j].alpha = std::sqrt(precision[j]);
        if (known[j] > 0) model.items[j].se_beta = 1 / std::sqrt(known[j]);
    }
    return model;
}

}  // namespace palier::fit
