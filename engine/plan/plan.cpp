// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/plan.hpp"

#include <algorithm>

#include "engine/bank/loadings.hpp"
#include "engine/errors.hpp"
#include "engine/util/section.hpp"
#include "engine/util/sha256.hpp"

namespace palier {
namespace {

constexpr std::size_t max_plan_bytes = 256 * 1024;

// What cannot hold together, of sections of phases that do not know each other.
void check_together(const Plan& plan) {
    const auto& max_items = plan.stop.max_items;
    if (plan.start.items.size() > static_cast<std::size_t>(max_items.value_or(1000)))
        throw PlanError("'start.items' has " + std::to_string(plan.start.items.size()) +
                        " items and 'stop.max_items' is " + std::to_string(*max_items) +
                        "; the start should fit into the test");
    for (const std::string& criterion : {plan.selection.criterion, plan.start.criterion})
        if (!criterion.empty() && !is_user_criterion(criterion) && criterion_named(criterion).needs_length &&
            !max_items)
            throw PlanError("'stop.max_items' is missing; criterion '" + criterion + "' needs the length of the test");
    if (plan.start.criterion.empty()) return;
    for (const Option& option : criterion_named(plan.start.criterion).options)
        if (option.required && !plan.selection.options.contains(option.key))
            throw PlanError("'start.criterion' is \"" + plan.start.criterion + "\"; it needs 'selection." + option.key +
                            "', which belongs to the same selection.criterion");
}

// Whether a scale of a map can be closed before the bank is out of its questions.
bool can_close(const Plan& plan, std::size_t scale) {
    const ScaleRules& rules = plan.scales[scale];
    const int domain = plan.map->domain_of[scale];
    return rules.standard_error || plan.stop.standard_error || plan.map->level_decided || rules.max_items ||
           (domain >= 0 && plan.map->domains[static_cast<std::size_t>(domain)].max_items);
}

void check_order(const Plan& plan) {
    const OrderRules& order = *plan.constraints->order;
    const bool by_scale = order.by == "scale";
    if (!by_scale && order.by != "domain") return;
    if (!plan.map)
        throw PlanError("'constraints.order.by' is \"" + order.by +
                        "\", which belongs to plans of several scales; of one it is content, key_format or model");
    std::vector<std::string> there;
    if (by_scale)
        for (const ScaleRules& scale : plan.scales) there.push_back(scale.id);
    else
        for (const DomainRules& domain : plan.map->domains) there.push_back(domain.id);
    if (there.empty()) throw PlanError("'constraints.order.by' is \"domain\"; the plan has no 'map.domains'");
    for (std::size_t k = 0; k < order.values.size(); ++k)
        if (std::find(there.begin(), there.end(), order.values[k]) == there.end())
            throw PlanError("'constraints.order.values[" + std::to_string(k) + "]' is \"" + order.values[k] +
                            "\"; it should be one of " + join(there) + did_you_mean(order.values[k], there));
    if (order.run) return;
    for (std::size_t s = 0; s < plan.scales.size(); ++s)
        if (plan.scales[s].reported && !can_close(plan, s))
            throw PlanError("'constraints.order' without 'run' goes on until a " + order.by +
                            " is closed, and scale '" + plan.scales[s].id +
                            "' never is: it should have a 'standard_error' (or 'stop' have one) or 'max_items'");
}

// What belongs to one scale.
void check_several_scales(const Plan& plan, const Json& json) {
    const auto absent = [&](const char* key, const char* instead) {
        throw PlanError("'" + std::string(key) + "' belongs to plans of one scale; 'scales' has " +
                        std::to_string(plan.scales.size()) + instead);
    };
    for (const char* key : {"floor", "threshold", "classification"})
        if (has_section(json, key)) absent(key, "; a scale's 'required_theta' says what it should reach");
    if (plan.estimation.estimator != "eap" && plan.estimation.estimator != "map")
        throw PlanError("'estimation.estimator' is \"" + plan.estimation.estimator +
                        "\"; several scales are estimated by eap or map");
    if (plan.estimation.adaptive_nodes > 0) absent("estimation.quadrature", "");
    if (plan.estimation.standard_error == StandardError::sampling)
        throw PlanError(
            "'estimation.standard_error' is \"sampling\"; map of several scales has the observed information");
    if (plan.estimation.delta_method)
        throw PlanError("'estimation.item_uncertainty' is \"delta\"; of several scales it is carry or ignore");
    if (plan.selection.criterion != "mfi")
        throw PlanError("'selection.criterion' is \"" + plan.selection.criterion +
                        "\"; several scales choose by 'map.criterion'");
    if ((plan.start.rule != "prior_mean" && plan.start.rule != "items") || !plan.start.criterion.empty())
        throw PlanError(
            "'start.rule' and 'start.criterion' belong to plans of one scale; 'start.items' may name the "
            "first questions");
    if (plan.start.easy_items > 0)
        throw PlanError(
            "'start.easy_items' belongs to plans of one scale; 'selection.min_success' makes questions easier");
    if (!plan.selection.time.empty()) absent("selection.time", "; several scales have 'map.time'");
    if (std::none_of(plan.scales.begin(), plan.scales.end(), [](const ScaleRules& scale) { return scale.reported; }))
        throw PlanError(
            "'scales': none is reported, so that there would be no result; 'reported' of one at least should be true");
    if (std::none_of(plan.scales.begin(), plan.scales.end(),
                     [](const ScaleRules& scale) { return scale.reported && scale.weight > 0; }))
        throw PlanError(
            "'scales': each one that is reported has weight 0, so that no question would be worth more than another; "
            "the 'weight' of one at least should be above 0");
    static_cast<void>(prior_of_map(*plan.map, plan.scales));
}

}  // namespace

const std::vector<std::string>& plan_keys() {
    static const std::vector<std::string> keys = {
        "palier_plan", "title",    "purpose",     "visibility", "scales",  "estimation", "start",          "selection",
        "seen",        "retake",   "stop",        "scoring",    "levels",  "threshold",  "classification", "floor",
        "report",      "exposure", "constraints", "item_sets",  "pretest", "map",        "next_steps"};
    return keys;
}

Plan Plan::parse(std::string_view text) { return from_json(parse_json(text, ErrorKind::plan, "plan", max_plan_bytes)); }

Plan Plan::from_json(const Json& json) {
    const ObjectReader top(json, "", ErrorKind::plan, plan_keys());
    if (!top.has("palier_plan") || top.at("palier_plan") != 1)
        top.refuse("palier_plan", "1, the version of this format");
    Plan plan;
    plan.normalised = {{"palier_plan", 1}};
    if (top.has("title")) plan.normalised["title"] = read_text(top.at("title"), "title");
    plan.normalised["purpose"] = top.choice("purpose", "positioning", {"positioning", "practice", "threshold"});
    plan.normalised["visibility"] = top.choice("visibility", "course", {"course", "after_sharing"});
    // What a section refers to is read before it.
    Json& out = plan.normalised;
    plan.scales = read_scales(json, out);
    plan.map = read_map(json, plan.scales, out);
    plan.estimation = read_estimation(json, out);
    plan.start = read_start(json, out);
    plan.selection = read_selection(json, out);
    plan.seen_policy = read_seen(json, out);
    read_retake(json, out);
    plan.stop = read_stop(json, out);
    plan.scoring = read_scoring(json, out);
    plan.levels = read_levels(json, out);
    plan.threshold = read_threshold(json, out);
    check_needs(plan.stop, json);
    plan.classification = read_classification(json, plan.levels, plan.threshold, out);
    plan.floor = read_floor(json, plan.levels, out);
    std::vector<std::string> told;
    for (const ScaleRules& scale : plan.scales)
        if (scale.reported) told.push_back(scale.id);
    plan.next_steps = read_next_steps(json, told, plan.levels, out);
    const ReportRules report = read_report(json, out);
    plan.interval = report.interval;
    plan.seconds_per_item = report.seconds_per_item;
    plan.correctness = report.correctness;
    plan.exposure = read_exposure(json, plan.selection, plan.stop.max_items, out);
    plan.constraints = read_constraints(json, plan.stop.max_items, out);
    plan.item_sets = read_item_sets(json, plan.constraints, out);
    plan.pretest = read_pretest(json, out);
    check_together(plan);
    if (plan.map) check_several_scales(plan, json);
    if (plan.map) read_tops(plan.levels, plan.scales, *plan.map);
    if (plan.constraints && plan.constraints->order) check_order(plan);
    plan.hash = sha256(dump_json(plan.normalised));
    return plan;
}

std::string scale_of(const Plan& plan, const Bank& bank) {
    const auto& scales = bank.scales();
    for (const std::string& id : plan.start.items) {
        if (bank.find(id) < 0) throw PlanError("'start.items': item '" + id + "' is not in the bank");
    }
    for (const CategoryRule& rule : plan.scoring.categories) {
        if (rule.category >= bank.most_categories())
            throw PlanError("'scoring.categories' has category " + std::to_string(rule.category) +
                            "; the items of this bank have categories 0 " +
                            (bank.most_categories() == 2 ? "and " : "to ") +
                            std::to_string(bank.most_categories() - 1));
    }
    if (plan.estimation.estimator == "robust") {
        for (const Item& item : bank.items())
            if (is_polytomous(item.parameters.model))
                throw PlanError(
                    "'estimation.estimator' is \"robust\", which is for items that are right or wrong; item '" +
                    item.id + "' is " + name(item.parameters.model));
    }
    if (plan.map) {
        for (const ScaleRules& scale : plan.scales)
            if (std::find(scales.begin(), scales.end(), scale.id) == scales.end())
                throw PlanError("'scales' has \"" + scale.id + "\"; the bank has " + join(scales));
        return "";
    }
    if (scales.empty()) return plan.scales.empty() ? "" : plan.scales[0].id;
    if (plan.scales.empty()) {
        if (scales.size() == 1) return scales[0];
        throw PlanError("the bank has the scales " + join(scales) + "; name one of them in 'scales'");
    }
    const std::string& id = plan.scales[0].id;
    if (scales.size() == 1 && scales[0].empty()) return scales[0];
    if (std::find(scales.begin(), scales.end(), id) == scales.end())
        throw PlanError("'scales[0].id' is \"" + id + "\"; the bank has " + join(scales));
    return id;
}

std::function<bool(const Item& item)> measured_by(const Plan& plan, const std::string& scale) {
    if (!plan.map) return [scale](const Item& item) { return item.scale == scale; };
    const auto number = [&plan](const std::string& id) {
        return std::find_if(plan.scales.begin(), plan.scales.end(), [&](const ScaleRules& s) { return s.id == id; }) -
               plan.scales.begin();
    };
    return [&plan, number](const Item& item) {
        const auto has = [&](const std::string& id) { return number(id) < std::ssize(plan.scales); };
        if (item.loadings.empty() ? !has(item.scale)
                                  : !std::all_of(item.loadings.begin(), item.loadings.end(),
                                                 [&](const Loading& loading) { return has(loading.scale); }))
            return false;
        const auto& end = plan.map->ends[static_cast<std::size_t>(number(own_scale(item)))];
        return !end || difficulty(item.parameters) < *end;
    };
}

Prior prior_of(const Plan& plan) {
    return plan.scales.empty() ? default_prior(plan.floor.has_value()) : plan.scales[0].prior;
}

CriterionSetup criterion_setup(const Bank& bank, const Plan& plan) {
    return {bank, plan.selection, plan.estimation, plan.stop.max_items};
}

Side side_of_threshold(const Plan& plan, const Estimate& estimate, const Evidence& evidence) {
    return side_of_threshold(*plan.threshold, plan.classification, estimate, evidence);
}

}  // namespace palier
