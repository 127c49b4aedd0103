// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/study.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "engine/levels/levels.hpp"
#include "engine/stopping/stopping.hpp"

namespace palier {
namespace {

void count(CutReport& report, Side said, double theta, double share) {
    report.said[static_cast<std::size_t>(said)] += share;
    if (said == Side::undecided) return;
    ((said == Side::above) == (theta >= report.cut) ? report.right : report.wrong) += share;
}

bool promises(const StopNode& node) {
    if (node.kind != StopNode::Kind::rule) return std::any_of(node.members.begin(), node.members.end(), promises);
    return node.rule->promise;
}

}  // namespace

SimulationSummary summarise(const std::vector<const SimulatedPerson*>& persons, const Plan& plan) {
    SimulationSummary s;
    s.persons = static_cast<int>(persons.size());
    if (persons.empty()) return s;
    const double n = static_cast<double>(persons.size());
    s.min_length = static_cast<int>(persons[0]->items.size());
    int finite = 0;
    int covered = 0;
    double errors = 0, squared_errors = 0, lengths = 0, squared_lengths = 0, standard_errors = 0;
    for (const SimulatedPerson* p : persons) {
        const double error = p->estimate.theta - p->theta;
        const auto length = static_cast<int>(p->items.size());
        errors += error;
        squared_errors += error * error;
        lengths += length;
        squared_lengths += static_cast<double>(length) * length;
        s.min_length = std::min(s.min_length, length);
        s.max_length = std::max(s.max_length, length);
        if (std::isfinite(p->estimate.se)) {
            standard_errors += p->estimate.se;
            ++finite;
        }
        const Interval range = interval(plan.estimation, p->estimate.theta, p->estimate.se, plan.interval);
        if (p->theta >= range.low && p->theta <= range.high) ++covered;
    }
    s.bias = errors / n;
    s.rmse = std::sqrt(squared_errors / n);
    s.mean_se = finite > 0 ? standard_errors / finite : std::numeric_limits<double>::infinity();
    s.mean_length = lengths / n;
    s.sd_length = std::sqrt(std::max(0.0, squared_lengths / n - s.mean_length * s.mean_length));
    s.coverage = covered / n;
    return s;
}

DecisionReport decisions(const std::vector<const SimulatedPerson*>& persons, const Plan& plan) {
    DecisionReport report;
    if (plan.classification)
        for (const double cut_at : plan.classification->cuts) {
            report.classification.emplace_back();
            report.classification.back().cut = cut_at;
        }
    if (plan.threshold) report.threshold.cut = plan.threshold->theta;
    if (plan.floor) report.floor.cut = plan.floor->theta;
    const double share = persons.empty() ? 0 : 1 / static_cast<double>(persons.size());
    for (const SimulatedPerson* p : persons) {
        int truth = 0;
        for (std::size_t k = 0; k < report.classification.size(); ++k) {
            count(report.classification[k], p->cuts[k], p->theta, share);
            if (p->theta >= report.classification[k].cut) ++truth;
        }
        if (plan.classification)
            (!p->category            ? report.category_undecided
             : *p->category == truth ? report.category_right
                                     : report.category_wrong) += share;
        if (plan.threshold) count(report.threshold, p->threshold, p->theta, share);
        if (plan.floor) count(report.floor, p->floor, p->theta, share);
        if (plan.levels) {
            const int apart = std::abs(level_at(*plan.levels, p->estimate.theta) - level_at(*plan.levels, p->theta));
            if (apart == 0) report.level_right += share;
            if (apart <= 1) report.level_near += share;
        }
    }
    return report;
}

std::map<int, std::vector<const SimulatedPerson*>> by_true_level(const std::vector<const SimulatedPerson*>& persons,
                                                                 const Plan& plan) {
    std::map<int, std::vector<const SimulatedPerson*>> groups;
    for (const SimulatedPerson* p : persons)
        groups[plan.levels ? level_at(*plan.levels, p->theta) : static_cast<int>(std::lround(p->theta))].push_back(p);
    return groups;
}

bool makes_a_promise(const Plan& plan) {
    return plan.stop.standard_error || plan.floor || (plan.stop.rules && promises(*plan.stop.rules));
}

bool kept_the_promise(const SimulatedPerson& person, const Plan& plan) {
    if (plan.stop.standard_error && person.estimate.se <= *plan.stop.standard_error) return true;
    return is_promise(person.stop);
}

double promise_kept(const std::vector<const SimulatedPerson*>& persons, const Plan& plan) {
    if (persons.empty()) return 0;
    const auto kept = std::count_if(persons.begin(), persons.end(),
                                    [&](const SimulatedPerson* p) { return kept_the_promise(*p, plan); });
    return static_cast<double>(kept) / static_cast<double>(persons.size());
}

std::vector<double> exposure_rates(const std::vector<SimulatedPerson>& persons, int items) {
    std::vector<double> rates(static_cast<std::size_t>(items), 0.0);
    for (const SimulatedPerson& p : persons)
        for (const int item : p.items) rates[static_cast<std::size_t>(item)] += 1;
    for (double& rate : rates) rate = persons.empty() ? 0 : rate / static_cast<double>(persons.size());
    return rates;
}

double test_overlap(const std::vector<SimulatedPerson>& persons, int items) {
    const double n = static_cast<double>(persons.size());
    if (persons.size() < 2) return 0;
    double length = 0;
    for (const SimulatedPerson& p : persons) length += static_cast<double>(p.items.size());
    length /= n;
    if (!(length > 0)) return 0;
    double shared = 0;
    for (const double rate : exposure_rates(persons, items)) shared += rate * n * (rate * n - 1);
    return shared / (n * (n - 1) * length);
}

}  // namespace palier
