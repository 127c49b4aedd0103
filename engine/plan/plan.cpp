// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/plan.hpp"

#include <algorithm>

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

}  // namespace

const std::vector<std::string>& plan_keys() {
    static const std::vector<std::string> keys = {
        "palier_plan",    "title", "purpose", "visibility", "scales",      "estimation", "start",
        "selection",      "seen",  "retake",  "stop",       "scoring",     "levels",     "threshold",
        "classification", "floor", "report",  "exposure",   "constraints", "item_sets",  "pretest"};
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
    const ReportRules report = read_report(json, out);
    plan.interval = report.interval;
    plan.seconds_per_item = report.seconds_per_item;
    plan.exposure = read_exposure(json, plan.selection, plan.stop.max_items, out);
    plan.constraints = read_constraints(json, plan.stop.max_items, out);
    plan.item_sets = read_item_sets(json, plan.constraints, out);
    plan.pretest = read_pretest(json, out);
    check_together(plan);
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
