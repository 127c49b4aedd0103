// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/constraints/options.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/constraints/demands.hpp"
#include "engine/constraints/proportions.hpp"
#include "engine/errors.hpp"
#include "engine/util/section.hpp"

namespace palier {
namespace {

constexpr double largest_number = 1e9;
constexpr double least_share = 1e-9;

const std::vector<std::string>& attributes() {
    static const std::vector<std::string> names = {"content", "key_format", "item_set", "model", "item"};
    return names;
}

// "num.words" → "words"; "" where it is no numeric attribute.
std::string number_name(const std::string& attribute) {
    return attribute.rfind("num.", 0) == 0 ? attribute.substr(4) : "";
}

void read_class(const ObjectReader& in, BoundRule& bound, Json& out) {
    if (!in.has("attribute")) {
        for (const char* key : {"value", "from", "to"})
            if (in.has(key)) in.refuse(key, "absent: it belongs to an 'attribute'");
        if (bound.quantity == BoundRule::Quantity::count)
            throw PlanError("'" + bound.key +
                            "' has neither 'attribute', 'sum' nor 'mean'; one of them should say what is bounded");
        return;
    }
    if (bound.quantity == BoundRule::Quantity::mean)
        in.refuse("attribute", "absent: a mean is taken over the whole test");
    bound.attribute = in.text("attribute", "", 128);
    const bool numeric = !number_name(bound.attribute).empty();
    if (!numeric && std::find(attributes().begin(), attributes().end(), bound.attribute) == attributes().end()) {
        const std::string hint = did_you_mean(bound.attribute, attributes());
        in.refuse("attribute", "one of " + join(attributes()) + ", or num.NAME" + hint);
    }
    out["attribute"] = bound.attribute;
    if (numeric) {
        if (in.has("value")) in.refuse("value", "absent: a number has 'from' and 'to'");
        if (!in.has("from") && !in.has("to"))
            throw PlanError("'" + bound.key + "' has neither 'from' nor 'to'; " + bound.attribute +
                            " needs one of them");
        bound.from = in.number("from", -largest_number, -largest_number, largest_number);
        bound.to = in.number("to", largest_number, bound.from, largest_number);
        out["from"] = bound.from;
        out["to"] = bound.to;
        return;
    }
    for (const char* key : {"from", "to"})
        if (in.has(key)) in.refuse(key, "absent: it belongs to attributes num.NAME");
    in.at("value");
    out["value"] = bound.value = in.text("value", "", 256);
}

BoundRule read_bound(const Json& entry, const std::string& path, Json& out) {
    const ObjectReader in(entry, path, ErrorKind::plan,
                          {"attribute", "value", "from", "to", "sum", "mean", "min", "max"});
    BoundRule bound;
    bound.key = path;
    if (in.has("sum") && in.has("mean")) in.refuse("mean", "absent where 'sum' is there: one bound has one quantity");
    for (const auto& [key, quantity] :
         {std::pair{"sum", BoundRule::Quantity::sum}, {"mean", BoundRule::Quantity::mean}}) {
        if (!in.has(key)) continue;
        bound.quantity = quantity;
        bound.number = in.text(key, "", 64);
        if (!number_name(bound.number).empty()) bound.number = number_name(bound.number);
        if (bound.number.empty()) in.refuse(key, "the name of a number of the bank's items: NAME of a column num.NAME");
        out[key] = bound.number;
    }
    read_class(in, bound, out);
    if (!in.has("min") && !in.has("max"))
        throw PlanError("'" + path + "' has neither 'min' nor 'max'; it should have one or both");
    for (const auto& [key, value] : {std::pair{"min", &bound.min}, {"max", &bound.max}}) {
        if (!in.has(key)) continue;
        if (bound.quantity == BoundRule::Quantity::count) {
            *value = static_cast<double>(in.integer(key, 0, 0, 10000));
            out[key] = static_cast<std::int64_t>(**value);
        } else {
            *value = in.number(key, 0, -largest_number, largest_number);
            out[key] = **value;
        }
    }
    if (bound.min && bound.max && *bound.min > *bound.max) in.refuse("min", "at most 'max'");
    return bound;
}

ProportionRules read_proportions(const Json& json, Json& out) {
    const std::string path = "constraints.proportions";
    const ObjectReader in(json, path, ErrorKind::plan, {"rule", "attribute", "targets"});
    ProportionRules rules;
    out["rule"] = rules.rule = in.choice("rule", "kingsbury_zara", proportion_rules());
    out["attribute"] = rules.attribute = in.choice("attribute", "content", attributes());
    const Json& list = in.at("targets");
    if (!list.is_array() || list.empty() || list.size() > Demands::most)
        in.refuse("targets", "an array of 1 to 64 objects {\"value\", \"share\"}");
    double total = 0;
    std::set<std::string> values;
    for (const Json& entry : list) {
        const ObjectReader target(entry, path + ".targets[" + std::to_string(rules.targets.size()) + "]",
                                  ErrorKind::plan, {"value", "share"});
        target.at("value");
        target.at("share");
        ProportionRules::Target read{target.text("value", "", 256), target.number("share", 0, 0, largest_number)};
        if (!(read.share >= least_share)) target.refuse("share", "a number above 0");
        if (!values.insert(read.value).second) target.refuse("value", "another than the entries before it have");
        total += read.share;
        rules.targets.push_back(std::move(read));
    }
    out["targets"] = Json::array();
    for (auto& target : rules.targets) {
        // Shares that sum to 1 stay as they were written, so that a normalised plan reads as itself.
        if (std::fabs(total - 1) > 1e-12) target.share /= total;
        if (!(target.share >= least_share)) in.refuse("targets", "shares of comparable size");
        out["targets"].push_back({{"value", target.value}, {"share", target.share}});
    }
    return rules;
}

RefreshRules read_refresh(const Json& json, Json& out) {
    const ObjectReader in(json, "constraints.refresh", ErrorKind::plan, {"rule", "every", "change"});
    RefreshRules rules;
    out["rule"] = rules.rule = in.choice("rule", "always", {"always", "every", "theta_change"});
    for (const auto& [key, rule] : {std::pair{"every", "every"}, {"change", "theta_change"}}) {
        if (in.has(key) && rules.rule != rule) in.refuse(key, std::string("absent: it belongs to rule '") + rule + "'");
        if (!in.has(key) && rules.rule == rule) in.at(key);
    }
    if (rules.rule == "every") out["every"] = rules.every = static_cast<int>(in.integer("every", 1, 1, 10000));
    if (rules.rule == "theta_change") out["change"] = rules.change = in.number("change", 0, 0, 1000);
    return rules;
}

OrderRules read_order(const Json& json, Json& out) {
    const ObjectReader in(json, "constraints.order", ErrorKind::plan, {"by", "values", "run"});
    OrderRules rules;
    in.at("by");
    out["by"] = rules.by = in.choice("by", "", {"scale", "domain", "content", "key_format", "model"});
    if (in.has("values")) {
        rules.values = in.texts("values", 256);
        if (rules.values.empty()) in.refuse("values", "an array of one text or more, in the order of the test");
        if (std::set<std::string>(rules.values.begin(), rules.values.end()).size() != rules.values.size())
            in.refuse("values", "an array in which each is there once");
        out["values"] = rules.values;
    }
    if (in.has("run")) out["run"] = *(rules.run = static_cast<int>(in.integer("run", 1, 1, 10000)));
    if (!rules.run && rules.by != "scale" && rules.by != "domain")
        throw PlanError("'constraints.order.run' is missing; by " + rules.by +
                        " it should say how many questions in a row are of one " + rules.by +
                        " (only scales and domains are closed by their precision)");
    return rules;
}

}  // namespace

std::optional<ConstraintRules> read_constraints(const Json& plan, std::optional<int> max_items, Json& normalised) {
    if (!has_section(plan, "constraints")) return std::nullopt;
    Section in(plan, "constraints", {"method", "bounds", "proportions", "refresh", "order"}, normalised);
    ConstraintRules rules;
    rules.method = in.choice("method", "look_ahead", {"look_ahead", "shadow"});
    if (in.reader().has("bounds")) {
        const Json& list = in.reader().at("bounds");
        if (!list.is_array() || list.size() > Demands::most)
            in.reader().refuse("bounds", "an array of at most 64 objects");
        in.out()["bounds"] = Json::array();
        for (const Json& entry : list) {
            Json out = Json::object();
            rules.bounds.push_back(
                read_bound(entry, "constraints.bounds[" + std::to_string(rules.bounds.size()) + "]", out));
            in.out()["bounds"].push_back(std::move(out));
        }
    }
    if (in.reader().has("proportions")) {
        if (!rules.bounds.empty() || rules.method == "shadow")
            throw PlanError("'constraints.proportions' cannot hold together with " +
                            std::string(rules.bounds.empty() ? "method 'shadow'" : "'constraints.bounds'") +
                            "; write the shares as bounds on counts instead");
        rules.proportions = read_proportions(in.reader().at("proportions"), in.out()["proportions"]);
        if (rules.proportions->rule == "multinomial" && !max_items)
            throw PlanError(
                "'stop.max_items' is missing; 'constraints.proportions.rule' multinomial needs the length of the test");
    }
    if (in.reader().has("refresh")) {
        if (rules.method != "shadow")
            throw PlanError(
                "'constraints.refresh' cannot hold together with method 'look_ahead'; it belongs to method 'shadow'");
        rules.refresh = read_refresh(in.reader().at("refresh"), in.out()["refresh"]);
    }
    if (in.reader().has("order")) rules.order = read_order(in.reader().at("order"), in.out()["order"]);
    if (rules.method == "shadow" && !max_items)
        throw PlanError("'stop.max_items' is missing; 'constraints.method' shadow needs the length of the test");
    return rules;
}

std::optional<ItemSetRules> read_item_sets(const Json& plan, const std::optional<ConstraintRules>& constraints,
                                           Json& normalised) {
    if (!has_section(plan, "item_sets")) return std::nullopt;
    Section in(plan, "item_sets", {"order", "max_items"}, normalised);
    ItemSetRules rules;
    rules.order = in.choice("order", "bank", {"bank", "criterion"});
    if (in.reader().has("max_items")) rules.max_items = in.integer("max_items", 1, 1, 1000);
    if (rules.order == "criterion" && constraints && constraints->method == "shadow")
        throw PlanError(
            "'item_sets.order' criterion cannot hold together with 'constraints.method' shadow; use order 'bank'");
    return rules;
}

std::optional<PretestRules> read_pretest(const Json& plan, Json& normalised) {
    if (!has_section(plan, "pretest")) return std::nullopt;
    Section in(plan, "pretest", {"positions", "count", "among"}, normalised);
    PretestRules rules;
    if (in.reader().has("positions") == in.reader().has("count"))
        throw PlanError("'pretest' should have 'positions' (e.g. [3, 8]) or 'count' with 'among', one of them");
    if (in.reader().has("positions")) {
        if (in.reader().has("among")) in.reader().refuse("among", "absent: it belongs to 'count'");
        for (const double position : in.reader().numbers("positions", 1, 1000)) {
            if (position != std::floor(position) || position < 1 || position > 10000 ||
                (!rules.positions.empty() && position <= rules.positions.back()))
                in.reader().refuse("positions", "increasing whole numbers from 1 on, the places in the test");
            rules.positions.push_back(static_cast<int>(position));
        }
        in.out()["positions"] = rules.positions;
    } else {
        rules.count = in.integer("count", 1, 1, 1000);
        const auto among = in.reader().numbers("among", 2, 2);
        if (among[0] != std::floor(among[0]) || among[1] != std::floor(among[1]) || among[0] < 1 || among[1] > 10000 ||
            among[1] - among[0] + 1 < rules.count)
            in.reader().refuse("among", "[first, last] place in the test, with room for 'count' items");
        rules.first = static_cast<int>(among[0]);
        rules.last = static_cast<int>(among[1]);
        in.out()["among"] = {rules.first, rules.last};
    }
    return rules;
}

}  // namespace palier
