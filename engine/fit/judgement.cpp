// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/judgement.hpp"

#include <algorithm>

#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

struct Given {
    double theta;
    double persons;
    double share;
};

double expected_share(const Parameters& item, double theta) {
    return category_moments(item, theta).mean / (item.categories - 1);
}

std::vector<ObservedPoint> points_of(std::vector<Given>& given, const Parameters& item, std::size_t points) {
    std::stable_sort(given.begin(), given.end(), [](const Given& a, const Given& b) { return a.theta < b.theta; });
    double all = 0;
    for (const Given& one : given) all += one.persons;
    const double groups = std::max(1.0, std::min(static_cast<double>(points), all / 2));
    std::vector<ObservedPoint> result;
    double before = 0;
    ObservedPoint sum{0, 0, 0, 0};
    for (std::size_t k = 0; k < given.size(); ++k) {
        sum.theta += given[k].persons * given[k].theta;
        sum.persons += given[k].persons;
        sum.mean += given[k].persons * given[k].share;
        sum.expected += given[k].persons * expected_share(item, given[k].theta);
        before += given[k].persons;
        const bool full = before + 1e-9 >= all * static_cast<double>(result.size() + 1) / groups;
        if (!full && k + 1 < given.size()) continue;
        result.push_back({sum.theta / sum.persons, sum.persons, sum.mean / sum.persons, sum.expected / sum.persons});
        sum = {0, 0, 0, 0};
    }
    return result;
}

}  // namespace

std::vector<std::vector<ObservedPoint>> observed_points(const calibration::Responses& responses, const Tested& tested,
                                                        std::size_t points) {
    const ExpectedAbility ability(tested);
    std::vector<std::vector<Given>> given(tested.items.size());
    std::vector<calibration::Answer> answers;
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        answers_of(responses, p, answers);
        const double theta = ability(responses.group(p), answers);
        for (const calibration::Answer& answer : answers)
            given[at(answer.item)].push_back(
                {theta, responses.frequency(p),
                 static_cast<double>(answer.category) / (tested.items[at(answer.item)].categories - 1)});
    }
    std::vector<std::vector<ObservedPoint>> result;
    for (std::size_t j = 0; j < given.size(); ++j) result.push_back(points_of(given[j], tested.items[j], points));
    return result;
}

std::vector<std::string> reasons_against(const calibration::CalibratedItem& item, const MeanSquares& fit, double mean,
                                         const UseRules& rules) {
    std::vector<std::string> reasons;
    const Parameters& p = item.parameters;
    double error = item.errors.b;
    for (const double step : item.errors.steps) error = std::max(error, step);
    if (item.answers < rules.answers) reasons.emplace_back("few_answers");
    if (mean >= 1 - rules.rarest) reasons.emplace_back("nearly_all");
    if (mean <= rules.rarest) reasons.emplace_back("nearly_none");
    if (p.model != Model::nrm) {
        if (p.a < 0) reasons.emplace_back("reversed");
        if (p.a >= 0 && p.a < rules.slope) reasons.emplace_back("flat");
    }
    if (error > rules.error) reasons.emplace_back("large_error");
    if (fit.infit > rules.high) reasons.emplace_back("erratic");
    if (fit.infit < rules.low) reasons.emplace_back("too_regular");
    return reasons;
}

}  // namespace palier::fit
