// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/findings.hpp"

#include <algorithm>
#include <cmath>

namespace palier::host {
namespace {

std::string plain(double x) {
    return x == std::floor(x) && std::fabs(x) < 1e15 ? dump_json(static_cast<std::int64_t>(x)) : dump_json(x);
}

std::string bounds_words(const BoundRule& bound, Language language) {
    if (!bound.max) return words::text("rule_at_least", language, {{"min", plain(*bound.min)}});
    if (!bound.min) return words::text("rule_at_most", language, {{"max", plain(*bound.max)}});
    if (*bound.min == *bound.max) return words::text("rule_exactly", language, {{"min", plain(*bound.min)}});
    return words::text("rule_between", language, {{"min", plain(*bound.min)}, {"max", plain(*bound.max)}});
}

// "content = algebra, 3 to 5": from the outside in, as the sentence nests.
std::string bound_words(const BoundRule& bound, Language language) {
    std::string said = bounds_words(bound, language);
    if (bound.attribute.rfind("num.", 0) == 0) {
        said = words::text("rule_range", language,
                           {{"attribute", bound.attribute},
                            {"from", dump_json(bound.from)},
                            {"to", dump_json(bound.to)},
                            {"bounds", said}});
    } else if (!bound.attribute.empty()) {
        said = words::text("rule_value", language,
                           {{"attribute", bound.attribute}, {"value", bound.value}, {"bounds", said}});
    }
    if (bound.quantity == BoundRule::Quantity::sum)
        said = words::text("rule_sum", language, {{"number", bound.number}, {"bounds", said}});
    if (bound.quantity == BoundRule::Quantity::mean)
        said = words::text("rule_mean", language, {{"number", bound.number}, {"bounds", said}});
    return said;
}

std::string rule_words(const Conflict& rule, const palier::Plan& plan, Language language) {
    if (rule.key == "item_sets") return words::text("rule_item_sets", language);
    if (rule.key == "enemies") return words::text("rule_enemies", language);
    if (plan.constraints) {
        const auto& bounds = plan.constraints->bounds;
        const auto bound = std::find_if(bounds.begin(), bounds.end(), [&](const auto& b) { return b.key == rule.key; });
        if (bound != bounds.end()) return bound_words(*bound, language);
    }
    return rule.words;  // a number: the length of the test
}

}  // namespace

std::string_view finding_code(words::Key key) {
    std::string_view code = key.name();
    code.remove_prefix(std::string_view("check_").size());
    return code.substr(0, code.find('.'));
}

Json finding(words::Key key, std::string message, const Json& more) {
    Json found = {{"code", finding_code(key)}, {"message", std::move(message)}};
    found.update(more);
    return found;
}

std::string conflict_words(const std::vector<Conflict>& conflict, const palier::Plan& plan, Language language) {
    std::string rules;
    for (std::size_t i = 0; i < conflict.size(); ++i) {
        const std::string rule = words::text(
            "rule_named", language, {{"key", conflict[i].key}, {"says", rule_words(conflict[i], plan, language)}});
        rules = i == 0                     ? rule
                : i + 1 == conflict.size() ? words::text("rule_and", language, {{"rules", rules}, {"last", rule}})
                                           : rules + ", " + rule;
    }
    return rules;
}

}  // namespace palier::host
