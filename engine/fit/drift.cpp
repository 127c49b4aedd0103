// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/drift.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

constexpr double difference = 0.02;
constexpr double farthest = 10;
constexpr std::size_t most_patterns = 20000;
constexpr double close_enough = 1e-4;
constexpr int most_rounds = 30;
constexpr double longest_step = 1;
// Of shifts before any answer: an item that all answer right has a finite one.
constexpr double shift_variance = 4;

enum Part : std::size_t { all_answers, before_answers, latest_answers, parts };

// An item's log-likelihood at a shift and to either side of it.
struct Search {
    double shift = 0;
    std::array<double, 3> likelihood{};
    bool done = false;
    std::array<std::vector<double>, 3> p;  // P(category) at the nodes
};

// Whether each answer is one of its item's latest; empty where nothing is known of the order.
std::vector<std::vector<char>> latest_of(const std::vector<Person>& persons,
                                         const std::vector<std::vector<std::int64_t>>& when, std::size_t items,
                                         const DriftRules& rules) {
    if (when.empty()) return {};
    struct Place {
        std::int64_t when;
        std::size_t person, number;
    };
    std::vector<std::vector<Place>> by(items);
    std::vector<std::vector<char>> latest(persons.size());
    for (std::size_t n = 0; n < persons.size(); ++n) {
        latest[n].assign(persons[n].size(), 0);
        if (persons[n].size() < 2) continue;
        for (std::size_t k = 0; k < persons[n].size(); ++k) by[at(persons[n][k].item)].push_back({when[n][k], n, k});
    }
    for (std::vector<Place>& places : by) {
        std::stable_sort(places.begin(), places.end(), [](const Place& a, const Place& b) { return a.when < b.when; });
        const auto wanted = std::min(static_cast<std::size_t>(rules.latest), places.size() / 2);
        for (std::size_t k = places.size() - wanted; k < places.size(); ++k)
            latest[places[k].person][places[k].number] = 1;
    }
    return latest;
}

void prepare(Search& search, const Parameters& item, const OtherAnswers& others) {
    std::vector<double> theta(others.nodes());
    for (std::size_t side = 0; side < 3; ++side) {
        const double shift = search.shift + (static_cast<double>(side) - 1) * difference;
        for (std::size_t q = 0; q < theta.size(); ++q) theta[q] = others.theta(q) - shift;
        search.p[side].resize(at(item.categories) * theta.size());
        curve_at(item, Curve::probability, theta, search.p[side].data());
        search.likelihood[side] = 0;
    }
}

void add(Search& search, const std::vector<double>& weights, int category, double times) {
    for (std::size_t side = 0; side < 3; ++side) {
        const double* const p = search.p[side].data() + at(category) * weights.size();
        double sum = 0;
        for (std::size_t q = 0; q < weights.size(); ++q) sum += weights[q] * p[q];
        search.likelihood[side] += times * math::log(sum);
    }
}

// One step of Newton's method by differences.
void step(Search& search, Shift& shift) {
    const auto& [low, middle, high] = search.likelihood;
    const double slope = (high - low) / (2 * difference) - search.shift / shift_variance;
    const double bend = (high - 2 * middle + low) / (difference * difference) - 1 / shift_variance;
    if (!(bend < 0)) {
        search.done = true;
        return;
    }
    const double by = std::clamp(-slope / bend, -longest_step, longest_step);
    shift.shift = search.shift;
    shift.se = 1 / std::sqrt(-bend);
    if (std::fabs(by) < close_enough) shift.found = search.done = true;
    search.shift += by;
    if (std::fabs(search.shift) > farthest) search.done = true;
}

}  // namespace

std::vector<ItemShifts> item_shifts(const Tested& tested, const std::vector<Person>& persons,
                                    const std::vector<std::vector<std::int64_t>>& when, const DriftRules& rules,
                                    const Crowd& crowd) {
    const std::size_t items = tested.items.size();
    const auto times = [&](std::size_t n) { return crowd.times.empty() ? 1.0 : crowd.times[n]; };
    const auto latest = latest_of(persons, when, items, rules);
    std::vector<std::array<Search, parts>> searches(items);
    std::vector<std::array<Shift, parts>> shifts(items);
    for (std::size_t n = 0; n < persons.size(); ++n) {
        if (persons[n].size() < 2) continue;
        for (std::size_t k = 0; k < persons[n].size(); ++k) {
            auto& of = shifts[at(persons[n][k].item)];
            of[all_answers].answers += times(n);
            if (!latest.empty()) of[latest[n][k] ? latest_answers : before_answers].answers += times(n);
        }
    }
    for (std::size_t j = 0; j < items; ++j) {
        const bool few =
            shifts[j][latest_answers].answers < rules.least || shifts[j][before_answers].answers < rules.least;
        searches[j][before_answers].done = searches[j][latest_answers].done = few;
        searches[j][all_answers].done = shifts[j][all_answers].answers == 0;
        if (!crowd.wanted.empty() && !crowd.wanted[j])
            for (Search& search : searches[j]) search.done = true;
    }
    const std::vector<char> counts(items, 1);
    OtherAnswers others(tested);
    for (int round = 0; round < most_rounds; ++round) {
        bool left = false;
        for (std::size_t j = 0; j < items; ++j)
            for (Search& search : searches[j])
                if (!search.done) {
                    prepare(search, tested.items[j], others);
                    left = true;
                }
        if (!left) break;
        for (std::size_t n = 0; n < persons.size(); ++n) {
            if (persons[n].size() < 2) continue;
            others.take(crowd.groups.empty() ? 0 : crowd.groups[n], persons[n], counts);
            for (std::size_t k = 0; k < persons[n].size(); ++k) {
                const calibration::Answer& answer = persons[n][k];
                auto& of = searches[at(answer.item)];
                const std::size_t part = latest.empty() || !latest[n][k] ? before_answers : latest_answers;
                if (of[all_answers].done && of[part].done) continue;
                const std::vector<double>& weights = others.weights_without(answer);
                if (!of[all_answers].done) add(of[all_answers], weights, answer.category, times(n));
                if (!of[part].done) add(of[part], weights, answer.category, times(n));
            }
        }
        for (std::size_t j = 0; j < items; ++j)
            for (std::size_t part = 0; part < parts; ++part)
                if (!searches[j][part].done) step(searches[j][part], shifts[j][part]);
    }
    std::vector<ItemShifts> result;
    for (const auto& of : shifts) result.push_back({of[all_answers], of[before_answers], of[latest_answers]});
    return result;
}

Drift drifted(const Shift& shift, double se_b, const DriftRules& rules) {
    if (!shift.found || shift.answers < rules.least || std::fabs(shift.shift) < rules.size) return Drift::none;
    if (std::fabs(shift.shift) <= rules.sure * std::hypot(shift.se, se_b)) return Drift::none;
    return shift.shift > 0 ? Drift::harder : Drift::easier;
}

std::vector<MovedAnchor> moved_anchors(const calibration::Responses& responses,
                                       const calibration::Calibration& calibration, const Bank& bank,
                                       const DriftRules& rules) {
    Tested tested;
    Crowd crowd;
    for (const calibration::CalibratedItem& item : calibration.items) {
        tested.items.push_back(item.parameters);
        crowd.wanted.push_back(item.anchor);
    }
    if (std::find(crowd.wanted.begin(), crowd.wanted.end(), 1) == crowd.wanted.end()) return {};
    for (const calibration::CalibratedPopulation& population : calibration.populations)
        tested.populations.push_back({population.mean, std::sqrt(population.variance)});
    std::vector<Person> persons(std::min(responses.patterns(), most_patterns));
    for (std::size_t pattern = 0; pattern < persons.size(); ++pattern) {
        answers_of(responses, pattern, persons[pattern]);
        crowd.groups.push_back(responses.group(pattern));
        crowd.times.push_back(responses.frequency(pattern));
    }
    const std::vector<ItemShifts> shifts = item_shifts(tested, persons, {}, rules, crowd);
    std::vector<MovedAnchor> moved;
    for (std::size_t j = 0; j < shifts.size(); ++j) {
        if (!crowd.wanted[j]) continue;
        const std::string& id = calibration.items[j].id;
        const int place = bank.find(id);
        const double error = place < 0 ? 0 : bank[place].se_b.value_or(0);
        const Drift drift = drifted(shifts[j].all, error, rules);
        if (drift != Drift::none) moved.push_back({id, shifts[j].all, drift});
    }
    return moved;
}

bool eased(const ItemShifts& shifts, const DriftRules& rules) {
    if (!shifts.before.found || !shifts.latest.found) return false;
    const double by = shifts.before.shift - shifts.latest.shift;
    return by >= rules.drop && by >= rules.certain * std::hypot(shifts.before.se, shifts.latest.se);
}

}  // namespace palier::fit
