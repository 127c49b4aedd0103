// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/plan.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/errors.hpp"
#include "engine/plan/section.hpp"
#include "engine/util/sha256.hpp"

namespace palier {
namespace {

constexpr std::size_t max_plan_bytes = 256 * 1024;

struct SectionRule {
    const char* key;
    void (*read)(const Json& json, Plan& plan);
};

// In the order in which they are read: what a section refers to comes before it.
constexpr std::array<SectionRule, 17> sections = {{{"scales", read_scales},
                                                   {"estimation", read_estimation},
                                                   {"start", read_start},
                                                   {"selection", read_selection},
                                                   {"seen", read_seen},
                                                   {"retake", read_retake},
                                                   {"stop", read_stop},
                                                   {"scoring", read_scoring},
                                                   {"levels", read_levels},
                                                   {"threshold", read_threshold},
                                                   {"classification", read_classification},
                                                   {"floor", read_floor},
                                                   {"report", read_report},
                                                   {"exposure", read_exposure},
                                                   {"constraints", read_constraints},
                                                   {"item_sets", read_item_sets},
                                                   {"pretest", read_pretest}}};

std::vector<std::string> top_keys() {
    std::vector<std::string> keys = {"palier_plan", "title", "purpose", "visibility"};
    for (const SectionRule& section : sections) keys.emplace_back(section.key);
    return keys;
}

}  // namespace

Plan Plan::parse(std::string_view text) { return from_json(parse_json(text, ErrorKind::plan, "plan", max_plan_bytes)); }

Plan Plan::from_json(const Json& json) {
    const ObjectReader top(json, "", ErrorKind::plan, top_keys());
    if (!top.has("palier_plan") || top.at("palier_plan") != 1)
        top.refuse("palier_plan", "1, the version of this format");
    Plan plan;
    plan.normalised = {{"palier_plan", 1}};
    if (top.has("title")) plan.normalised["title"] = read_text(top.at("title"), "title");
    plan.normalised["purpose"] = top.choice("purpose", "positioning", {"positioning", "practice", "threshold"});
    plan.normalised["visibility"] = top.choice("visibility", "course", {"course", "after_sharing"});
    for (const SectionRule& section : sections) section.read(json, plan);
    if (plan.start.items.size() > static_cast<std::size_t>(plan.stop.max_items.value_or(1000)))
        throw PlanError("'start.items' has " + std::to_string(plan.start.items.size()) +
                        " items and 'stop.max_items' is " + std::to_string(*plan.stop.max_items) +
                        "; the start should fit into the test");
    for (const std::string& criterion : {plan.selection.criterion, plan.start.criterion})
        if ((criterion == "a_stratified" || criterion == "target_information") && !plan.stop.max_items)
            throw PlanError("'stop.max_items' is missing; criterion '" + criterion + "' needs the length of the test");
    if (plan.start.criterion == "target_information" && !(plan.selection.target_information > 0))
        throw PlanError(
            "'start.criterion' is \"target_information\"; it needs 'selection.target', which belongs to the same selection.criterion");
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

int category_of(const Scoring& scoring, double fraction, int count) {
    constexpr double tolerance = 1e-6;
    const int top = count - 1;
    int category = 0;
    if (scoring.categories.empty()) {
        category = static_cast<int>(std::floor(std::min(1.0, std::max(0.0, fraction)) * top + tolerance));
    } else {
        for (const CategoryRule& rule : scoring.categories)
            if (rule.from <= fraction + tolerance) category = rule.category;
    }
    return std::min(std::max(category, 0), top);
}

}  // namespace palier
