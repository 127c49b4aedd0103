// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "adapters/formats/qti_processing.hpp"
#include "adapters/formats/xml.hpp"

// The rules of response processing as they are written.

namespace palier::formats::qti {
namespace {

using Op = Rule::Op;
constexpr int deepest_rule = 60;

struct Named {
    std::string_view name;
    Op op;
    std::size_t least, most;  // parts
};
constexpr std::size_t any = 1000;
constexpr std::array expressions{Named{"match", Op::match, 2, 2},
                                 Named{"isNull", Op::is_null, 1, 1},
                                 Named{"and", Op::is_and, 1, any},
                                 Named{"or", Op::is_or, 1, any},
                                 Named{"not", Op::is_not, 1, 1},
                                 Named{"anyN", Op::any_n, 1, any},
                                 Named{"sum", Op::sum, 1, any},
                                 Named{"subtract", Op::subtract, 2, 2},
                                 Named{"product", Op::product, 1, any},
                                 Named{"divide", Op::divide, 2, 2},
                                 Named{"max", Op::most, 1, any},
                                 Named{"min", Op::least, 1, any},
                                 Named{"round", Op::round, 1, 1},
                                 Named{"truncate", Op::truncate, 1, 1},
                                 Named{"integerToFloat", Op::as_float, 1, 1},
                                 Named{"equal", Op::equal, 2, 2},
                                 Named{"equalRounded", Op::equal_rounded, 2, 2},
                                 Named{"lt", Op::lt, 2, 2},
                                 Named{"lte", Op::lte, 2, 2},
                                 Named{"gt", Op::gt, 2, 2},
                                 Named{"gte", Op::gte, 2, 2},
                                 Named{"stringMatch", Op::string_match, 2, 2},
                                 Named{"substring", Op::substring, 2, 2},
                                 Named{"member", Op::member, 2, 2},
                                 Named{"contains", Op::contains, 2, 2},
                                 Named{"delete", Op::remove, 2, 2},
                                 Named{"index", Op::index, 1, 1},
                                 Named{"multiple", Op::make_multiple, 0, any},
                                 Named{"ordered", Op::make_ordered, 0, any},
                                 Named{"containerSize", Op::container_size, 1, 1}};

class RuleReader {
public:
    Rule block(const xmlNode* node, Op op, int depth, bool begins_with_condition) {
        Rule rule;
        rule.op = op;
        for (const xmlNode* one : xml::children(node)) {
            const bool condition = begins_with_condition && rule.parts.empty();
            rule.parts.push_back(condition ? expression(one, depth + 1) : read(one, depth + 1));
        }
        if (begins_with_condition && rule.parts.empty()) refuse(node, shown_name(node) + " has no condition");
        return rule;
    }

private:
    void look(const xmlNode* node, int depth) {
        if (depth > deepest_rule) refuse(node, "its response processing is nested more than 60 levels deep");
        if (++rules_ > 5000) refuse(node, "its response processing has more than 5,000 parts");
    }

    Rule read(const xmlNode* node, int depth) {
        look(node, depth);
        const std::string name = kind(node);
        if (name == "responseCondition") return condition(node, depth);
        if (name == "responseProcessingFragment") return block(node, Op::block, depth, false);
        Rule rule;
        if (name == "exitResponse") {
            rule.op = Op::exit;
            return rule;
        }
        if (name != "setOutcomeValue")
            refuse(node, "its response processing has the rule " + shown_name(node) + ", which is not understood");
        rule.op = Op::set_outcome;
        rule.identifier = needed(node, "identifier");
        const auto parts = xml::children(node);
        if (parts.size() != 1) refuse(node, shown_name(node) + " should have one expression");
        rule.parts.push_back(expression(parts.front(), depth + 1));
        return rule;
    }

    Rule condition(const xmlNode* node, int depth) {
        Rule rule;
        rule.op = Op::condition;
        for (const xmlNode* one : xml::children(node)) {
            const std::string name = kind(one);
            look(one, depth);
            if (name == "responseIf" || name == "responseElseIf")
                rule.parts.push_back(block(one, Op::branch, depth + 1, true));
            else if (name == "responseElse")
                rule.parts.push_back(block(one, Op::otherwise, depth + 1, false));
            else
                refuse(one, shown_name(one) + " does not belong into a condition");
        }
        return rule;
    }

    Rule expression(const xmlNode* node, int depth) {
        look(node, depth);
        const std::string name = kind(node);
        Rule rule;
        if (name == "baseValue") {
            const Base base = base_of(node);
            if (base == Base::other)
                refuse(node, "a value of the type '" + xml::shortened(attribute(node, "baseType"), 30) +
                                 "' is not understood");
            rule.op = Op::constant;
            rule.value = read_value(node, xml::text(node), base);
            return rule;
        }
        if (name == "null") {
            rule.op = Op::constant;
            return rule;
        }
        if (name == "variable" || name == "correct" || name == "default" || name == "mapResponse") {
            rule.op = name == "variable"  ? Op::variable
                      : name == "correct" ? Op::correct
                      : name == "default" ? Op::standard
                                          : Op::map_response;
            rule.identifier = needed(node, "identifier");
            return rule;
        }
        const auto known =
            std::find_if(expressions.begin(), expressions.end(), [&](const Named& one) { return one.name == name; });
        if (known == expressions.end()) refuse(node, not_understood(node, name));
        rule.op = known->op;
        for (const xmlNode* one : xml::children(node)) rule.parts.push_back(expression(one, depth + 1));
        if (rule.parts.size() < known->least || rule.parts.size() > known->most)
            refuse(node, shown_name(node) + " has " + std::to_string(rule.parts.size()) + " parts");
        settings(node, name, rule);
        return rule;
    }

    static std::string not_understood(const xmlNode* node, const std::string& name) {
        std::string why;
        if (name == "mapResponsePoint" || name == "inside") why = ": places in a picture are not carried";
        if (name == "patternMatch")
            why = ": regular expressions are not carried; name the right answers in a mapping, or by <stringMatch>";
        if (name.starts_with("random")) why = ": it draws at random";
        if (name == "customOperator") why = ": another program computes it";
        return "its response processing has the expression " + shown_name(node) + ", which is not understood" + why;
    }

    static void settings(const xmlNode* node, const std::string& name, Rule& rule) {
        const auto flag = [&](const char* attribute_name, bool standard) {
            const std::string text = attribute(node, attribute_name);
            return text.empty() ? standard : text == "true" || text == "1";
        };
        rule.case_sensitive = flag("caseSensitive", true);
        rule.part_of = name == "substring" || flag("substring", false);
        if (name == "anyN" || name == "index") {
            rule.first = read_double(node, needed(node, name == "index" ? "n" : "min"));
            if (name == "anyN") rule.second = read_double(node, needed(node, "max"));
        }
        if (name == "equalRounded") {
            rule.significant = attribute(node, "roundingMode", "significantFigures") != "decimalPlaces";
            rule.first = read_double(node, needed(node, "figures"));
            if (rule.first < 0 || rule.first > 15) refuse(node, shown_name(node) + " should have 0 to 15 figures");
        }
        if (name != "equal") return;
        const std::string mode = attribute(node, "toleranceMode", "exact");
        if (mode == "exact") return;
        rule.relative = mode == "relative";
        const std::string text = xml::trimmed(attribute(node, "tolerance"));
        const std::size_t blank = text.find_first_of(" \t\r\n");
        rule.first = read_double(node, text.substr(0, blank));
        rule.second = blank == std::string::npos ? rule.first : read_double(node, text.substr(blank + 1));
        rule.with_lower = flag("includeLowerBound", true);
        rule.with_upper = flag("includeUpperBound", true);
    }

    int rules_ = 0;
};

}  // namespace

Rule read_rules(const xmlNode* processing) { return RuleReader().block(processing, Op::block, 0, false); }

}  // namespace palier::formats::qti
