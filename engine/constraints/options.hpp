// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "engine/util/json.hpp"

// What a plan demands of a whole test: its sections `constraints`, `item_sets` and `pretest`.

namespace palier {

/// One entry of constraints.bounds: low <= quantity of the test <= high.
struct BoundRule {
    enum class Quantity { count, sum, mean };
    std::string key;  ///< its place in the plan, e.g. "constraints.bounds[2]"
    Quantity quantity = Quantity::count;
    std::string number;     ///< of sum and mean: the numeric attribute, without "num."
    std::string attribute;  ///< which items: content, key_format, item_set, model, item, num.NAME; "" all
    std::string value;
    double from = 0;  ///< of attribute num.NAME: from <= value <= to
    double to = 0;
    std::optional<double> min;
    std::optional<double> max;
    std::vector<std::string> scales;  ///< items of these scales alone, where there are some: no key of a plan
};

/// constraints.proportions: the share of the test that each content area should have.
struct ProportionRules {
    struct Target {
        std::string value;
        double share;  ///< they sum to 1
    };
    std::string rule = "kingsbury_zara";
    std::string attribute = "content";
    std::vector<Target> targets;
};

/// constraints.refresh: when a shadow test is assembled anew.
struct RefreshRules {
    std::string rule = "always";
    int every = 1;
    double change = 0;  ///< logits
};

/// constraints.order: questions of one class come one after the other.
struct OrderRules {
    std::string by = "scale";         ///< scale, domain, content, key_format or model
    std::vector<std::string> values;  ///< the classes in their order; empty: each next one by the criterion
    std::optional<int> run;           ///< questions of a class before another comes; absent: until it is closed
};

struct ConstraintRules {
    std::string method = "look_ahead";
    std::vector<BoundRule> bounds;
    std::optional<ProportionRules> proportions;
    RefreshRules refresh;
    std::optional<OrderRules> order;
};

struct ItemSetRules {
    std::string order = "bank";
    std::optional<int> max_items;  ///< how many items of one set are asked at most
};

struct PretestRules {
    std::vector<int> positions;  ///< 1 is the first item of the test; empty: drawn
    int count = 0;               ///< with drawn positions: how many
    int first = 1;               ///< and among which
    int last = 1;
};

/// `max_items`: the longest length of the test.
std::optional<ConstraintRules> read_constraints(const Json& plan, std::optional<int> max_items, Json& normalised);
std::optional<ItemSetRules> read_item_sets(const Json& plan, const std::optional<ConstraintRules>& constraints,
                                           Json& normalised);
std::optional<PretestRules> read_pretest(const Json& plan, Json& normalised);

}  // namespace palier
