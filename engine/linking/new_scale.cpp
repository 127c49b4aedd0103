// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/linking/new_scale.hpp"

#include <utility>
#include <vector>

#include "engine/calibration/bank.hpp"

namespace palier::linking {
namespace {

bool holds(const Item& item) {
    return (item.status == Status::operational || item.status == Status::retired) && item.loadings.empty() &&
           item.parameters.model != Model::nrm;
}

calibration::CalibratedItem moved(calibration::CalibratedItem of, const Link& by) {
    Item item;
    item.parameters = of.parameters;
    item.se_a = of.errors.a;
    item.se_b = of.errors.b;
    const auto steps = static_cast<std::ptrdiff_t>(of.parameters.categories - 1);
    item.se_steps.assign(of.errors.steps.begin(), of.errors.steps.begin() + steps);
    item.se_intercepts.assign(of.errors.intercepts.begin(), of.errors.intercepts.begin() + steps);
    item = linked(item, by);
    of.parameters = item.parameters;
    const ParameterErrors errors = errors_of(item);
    of.errors.a = errors.a;
    of.errors.b = errors.b;
    of.errors.steps = errors.steps;
    of.errors.intercepts = errors.intercepts;
    return of;
}

}  // namespace

Link link(const calibration::Calibration& calibration, const Bank& bank, Method method) {
    calibration::Calibration common;
    std::vector<Item> to;
    for (const calibration::CalibratedItem& item : calibration.items) {
        const int position = bank.find(item.id);
        if (position < 0 || !holds(bank[position]) || item.answers < least_answers) continue;
        common.items.push_back(item);
        to.emplace_back();
        to.back().id = item.id;
        to.back().parameters = bank[position].parameters;
    }
    std::vector<Item> from = calibration::calibrated_bank(common, nullptr, Status::operational).items;
    return link(Bank::compile(std::move(from)), Bank::compile(std::move(to)), method);
}

calibration::Calibration linked(calibration::Calibration calibration, const Link& by) {
    for (calibration::CalibratedItem& item : calibration.items) item = moved(std::move(item), by);
    for (calibration::CalibratedPopulation& population : calibration.populations) {
        population.mean = by.slope * population.mean + by.intercept;
        population.variance *= by.slope * by.slope;
        population.se_mean *= by.slope;
        population.se_variance *= by.slope * by.slope;
    }
    calibration.covariance = Matrix();
    return calibration;
}

}  // namespace palier::linking
