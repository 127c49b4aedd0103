// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/bank.hpp"

#include <algorithm>

#include "engine/bank/error_limits.hpp"
#include "engine/errors.hpp"
#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

bool stays(const Item& item) { return item.status == Status::operational || item.status == Status::retired; }

std::optional<double> error_or_none(double se, double most) {
    return se > 0 ? std::optional<double>(std::min(se, most)) : std::nullopt;
}

// The first so many of the errors of steps.
template <class Errors>
std::vector<double> errors_of_steps(const Errors& errors, std::size_t steps, double most) {
    std::vector<double> list(errors.begin(), errors.begin() + static_cast<std::ptrdiff_t>(steps));
    for (double& se : list) se = std::min(se, most);
    return list;
}

void take_estimates(const CalibratedItem& from, Item& to) {
    const Parameters& p = from.parameters;
    const ParameterErrors& se = from.errors;
    const std::size_t steps = at(p.categories - 1);
    to.parameters = p;
    to.loadings.clear();
    to.intercepts.clear();
    to.intercept_errors.clear();
    to.se_a = error_or_none(se.a, most_error);
    to.se_b = error_or_none(se.b, most_error);
    to.se_c = error_or_none(se.c, most_asymptote_error);
    to.se_d = error_or_none(se.d, most_asymptote_error);
    to.se_steps.clear();
    to.se_intercepts.clear();
    if (!is_polytomous(p.model)) return;
    const auto any = [&](const auto& errors) {
        return std::any_of(errors.begin(), errors.end(), [](double x) { return x > 0; });
    };
    if (any(se.steps)) to.se_steps = errors_of_steps(se.steps, steps, most_error);
    if (any(se.intercepts)) to.se_intercepts = errors_of_steps(se.intercepts, steps, most_intercept_error);
}

}  // namespace

std::vector<ItemRequest> requests_for(const Responses& responses, const ModelChoice& models, const Bank* anchors) {
    std::vector<ItemRequest> requests;
    std::string faults;
    const auto fault = [&](const std::string& text) { faults += (faults.empty() ? "" : "\n") + text; };
    for (const auto& [id, model] : models.of_item)
        if (std::find(responses.items().begin(), responses.items().end(), id) == responses.items().end())
            fault("item '" + id + "' has a model and no answers");
    std::string scale;
    std::string first_anchor;
    for (int j = 0; j < static_cast<int>(responses.items().size()); ++j) {
        const std::string& id = responses.items()[at(j)];
        const int seen = responses.categories_seen(j);
        const int position = anchors ? anchors->find(id) : -1;
        const Item* const known = position >= 0 ? &(*anchors)[position] : nullptr;
        const auto chosen = models.of_item.find(id);
        ItemRequest request;
        if (known && !known->loadings.empty()) {
            fault("item '" + id + "' loads on scales by slopes a.SCALE; a calibration is of one scale");
        } else if (known && stays(*known)) {
            if (first_anchor.empty()) {
                first_anchor = id;
                scale = known->scale;
            } else if (known->scale != scale) {
                fault("anchor item '" + id + "' is of scale '" + known->scale + "' and '" + first_anchor +
                      "' of scale '" + scale + "'; calibrate a scale at a time");
            }
            if (chosen != models.of_item.end() && chosen->second != known->parameters.model)
                fault("item '" + id + "' is an anchor of model " + name(known->parameters.model) + " and should be " +
                      name(chosen->second) + ": an anchor stays as it is");
            request.form = {known->parameters.model, known->parameters.categories};
            request.fixed = known->parameters;
        } else {
            Model model = seen > 2 && models.several ? *models.several : models.two;
            // Of an item of two categories experts gave a difficulty, and no model.
            if (known && (!models.experts || is_polytomous(known->parameters.model))) model = known->parameters.model;
            if (chosen != models.of_item.end()) model = chosen->second;
            if (!is_polytomous(model) && seen > 2)
                fault("item '" + id + "': category " + std::to_string(seen - 1) + " was given, and model " +
                      name(model) +
                      " has 0 and 1; give items of more categories grm, gpcm, pcm, rsm or nrm "
                      "(--model 2pl,grm)");
            request.form = {model, is_polytomous(model) ? std::max(2, seen) : 2};
            if (known && is_polytomous(model)) request.form.categories = std::max(seen, known->parameters.categories);
        }
        requests.push_back(std::move(request));
    }
    if (anchors && first_anchor.empty() && !models.experts)
        fault(
            "none of the anchors' bank is among the items that were answered; an anchor is an operational or retired "
            "item with the same name");
    if (!faults.empty()) throw ArgumentError(faults);
    return requests;
}

std::vector<std::optional<double>> expert_difficulties(const Responses& responses, const Bank& bank) {
    std::vector<std::optional<double>> result;
    for (const std::string& id : responses.items()) {
        const int position = bank.find(id);
        result.emplace_back();
        if (position >= 0 && !stays(bank[position])) result.back() = difficulty(bank[position].parameters);
    }
    return result;
}

CalibratedBank calibrated_bank(const Calibration& calibration, const Bank* anchors, Status status) {
    CalibratedBank result;
    std::map<std::string, std::size_t> places;
    std::string scale;
    if (anchors) {
        result.items = anchors->items();
        for (std::size_t k = 0; k < result.items.size(); ++k) places.emplace(result.items[k].id, k);
    }
    for (const CalibratedItem& item : calibration.items)
        if (scale.empty() && places.count(item.id) > 0) scale = result.items[places.at(item.id)].scale;
    for (const CalibratedItem& item : calibration.items) {
        if (item.anchor) continue;
        const auto place = places.find(item.id);
        Item made;
        if (place != places.end()) {
            made = result.items[place->second];
        } else {
            made.id = item.id;
            made.scale = scale;
            made.status = status;
        }
        take_estimates(item, made);
        try {
            check_item(made, "item '" + item.id + "'");
        } catch (const BankError& error) {
            result.left_out.push_back(error.what());
            continue;
        }
        if (place != places.end()) {
            result.items[place->second] = std::move(made);
        } else {
            result.items.push_back(std::move(made));
        }
    }
    return result;
}

Json to_json(const Calibration& calibration) {
    Json json = {{"log_likelihood", calibration.log_likelihood},
                 {"log_prior", calibration.log_prior},
                 {"aic", calibration.aic},
                 {"bic", calibration.bic},
                 {"persons", calibration.persons},
                 {"parameters", calibration.free_parameters},
                 {"converged", calibration.converged},
                 {"highest", calibration.is_highest ? Json(*calibration.is_highest) : Json(nullptr)},
                 {"iterations", calibration.iterations},
                 {"max_gradient", calibration.max_gradient},
                 {"items", Json::array()},
                 {"populations", Json::array()},
                 {"problems", calibration.problems}};
    const bool errors = calibration.covariance.size() > 0;
    for (const CalibratedItem& item : calibration.items) {
        const Parameters& p = item.parameters;
        Json entry = {{"item", item.id}, {"model", name(p.model)}, {"anchor", item.anchor}, {"answers", item.answers}};
        Json se = Json::object();
        const auto put = [&](const std::string& key, double value, double error) {
            entry[key] = value;
            if (error > 0) se[key] = error;
        };
        const bool nrm = p.model == Model::nrm;
        const bool slope_one = p.model == Model::rasch || p.model == Model::pcm || p.model == Model::rsm;
        if (!nrm && !slope_one) put("a", p.a, item.errors.a);
        if (!is_polytomous(p.model) || p.model == Model::rsm) put("b", p.b, item.errors.b);
        if (p.model == Model::three_pl || p.model == Model::four_pl) put("c", p.c, item.errors.c);
        if (p.model == Model::four_pl) put("d", p.d, item.errors.d);
        for (int k = 1; is_polytomous(p.model) && k < p.categories; ++k) {
            put((nrm ? "a" : "b") + std::to_string(k), p.steps[at(k - 1)], item.errors.steps[at(k - 1)]);
            if (nrm) put("c" + std::to_string(k), p.intercepts[at(k - 1)], item.errors.intercepts[at(k - 1)]);
        }
        if (errors && !se.empty()) entry["se"] = std::move(se);
        json["items"].push_back(std::move(entry));
    }
    for (const CalibratedPopulation& of : calibration.populations) {
        Json entry = {{"group", of.group}, {"persons", of.persons}, {"mean", of.mean}, {"variance", of.variance}};
        if (of.se_mean > 0) entry["se"]["mean"] = of.se_mean;
        if (of.se_variance > 0) entry["se"]["variance"] = of.se_variance;
        json["populations"].push_back(std::move(entry));
    }
    return json;
}

}  // namespace palier::calibration
