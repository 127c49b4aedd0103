// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti_processing.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string_view>
#include <utility>

#include "adapters/formats/number_text.hpp"
#include "adapters/formats/unicode.hpp"
#include "adapters/formats/xml.hpp"
#include "adapters/text/markup.hpp"

namespace palier::formats::qti {
namespace {

using Op = Rule::Op;
constexpr long most_steps = 20'000'000;

std::u32string folded_text(const std::string& text, bool case_sensitive) {
    std::u32string all = unicode::decode(text);
    if (!case_sensitive)
        for (char32_t& c : all) c = unicode::fold(c);
    return all;
}

/// A number rounded to decimal places or significant figures, as text, so that equal ones are the same.
std::string rounded_text(double number, bool significant, int figures) {
    char text[400];
    std::snprintf(text, sizeof text, significant ? "%.*e" : "%.*f", significant ? std::max(0, figures - 1) : figures,
                  number);
    const bool zero = std::string_view(text).find_first_of("123456789") == std::string_view::npos;
    return zero ? "0" : text;  // -0.00 is 0.00
}

/// One run of the rules.
class Run {
public:
    Run(const Declarations& responses, const Declarations& outcomes, const Variables& given, long& steps)
        : responses_(responses), given_(given), steps_(steps) {
        for (const auto& [name, one] : outcomes) {
            Value value = one.standard;
            if (value.is_null() && one.base == Base::number && one.shape == Shape::single) value = number_value(0);
            outcomes_.emplace(name, std::move(value));
        }
    }

    Variables take() { return std::move(outcomes_); }

    /// False once the rules say that it is over.
    bool rule(const Rule& rule) {
        step();
        switch (rule.op) {
            case Op::exit:
                return false;
            case Op::set_outcome:
                outcomes_[rule.identifier] = of(rule.parts.front());
                return true;
            case Op::condition:
                for (const Rule& branch : rule.parts)
                    if (branch.op == Op::otherwise)
                        return all(branch.parts, 0);
                    else if (of(branch.parts.front()).is_true())
                        return all(branch.parts, 1);
                return true;
            default:
                return all(rule.parts, 0);
        }
    }

private:
    void step() {
        if (++steps_ > most_steps) throw Refusal{0, "its response processing takes too many steps"};
    }
    bool all(const std::vector<Rule>& rules, std::size_t from) {
        for (std::size_t i = from; i < rules.size(); ++i)
            if (!rule(rules[i])) return false;
        return true;
    }

    Value variable(const std::string& name) const {
        if (const auto given = given_.find(name); given != given_.end()) return given->second;
        if (const auto outcome = outcomes_.find(name); outcome != outcomes_.end()) return outcome->second;
        return {};
    }
    const Declaration* response(const std::string& name) const {
        const auto found = responses_.find(name);
        return found == responses_.end() ? nullptr : &found->second;
    }

    /// The numbers of all parts, or nothing if one is NULL or no number.
    std::optional<std::vector<double>> numbers(const Rule& rule) {
        std::vector<double> list;
        for (const Rule& part : rule.parts) {
            const Value value = of(part);
            if (value.numbers.empty()) return std::nullopt;
            list.insert(list.end(), value.numbers.begin(), value.numbers.end());
        }
        return list;
    }
    std::optional<std::pair<double, double>> two(const Rule& rule) {
        const auto list = numbers(rule);
        if (!list || list->size() != 2) return std::nullopt;
        return std::pair((*list)[0], (*list)[1]);
    }
    template <typename Compare>
    Value compared(const Rule& rule, Compare compare) {
        const auto pair = two(rule);
        return pair ? boolean_value(compare(pair->first, pair->second)) : Value{};
    }
    template <typename Combine>
    Value combined(const Rule& rule, Combine combine) {
        const auto list = numbers(rule);
        if (!list || list->empty()) return {};
        double result = list->front();
        for (std::size_t i = 1; i < list->size(); ++i) result = combine(result, (*list)[i]);
        return std::isfinite(result) ? number_value(result) : Value{};
    }

    static bool same(const Value& a, const Value& b) {
        if (a.size() != b.size() || a.numbers.empty() != b.numbers.empty()) return false;
        const bool in_order = a.shape == Shape::ordered || b.shape == Shape::ordered;
        std::vector<bool> taken(b.size());
        for (std::size_t i = 0; i < a.size(); ++i) {
            bool found = false;
            for (std::size_t j = in_order ? i : 0; j < (in_order ? i + 1 : b.size()) && !found; ++j)
                if (!taken[j] && same_content(a, i, b, j)) taken[j] = found = true;
            if (!found) return false;
        }
        return true;
    }
    static bool holds(const Value& container, const Value& one, std::size_t at) {
        if (one.numbers.empty() != container.numbers.empty()) return false;
        for (std::size_t i = 0; i < container.size(); ++i)
            if (same_content(container, i, one, at)) return true;
        return false;
    }

    Value logic(const Rule& rule) {
        double known_true = 0, unknown = 0;
        for (const Rule& part : rule.parts) {
            const Value value = of(part);
            known_true += value.is_true() ? 1 : 0;
            unknown += value.is_null() ? 1 : 0;
        }
        const auto all_parts = static_cast<double>(rule.parts.size());
        const double least = rule.op == Op::is_and  ? all_parts
                             : rule.op == Op::is_or ? 1
                                                    : rule.first,
                     most = rule.op == Op::any_n ? rule.second : all_parts;
        if (known_true >= least && known_true + unknown <= most) return boolean_value(true);
        if (known_true + unknown < least || known_true > most) return boolean_value(false);
        return {};
    }

    Value texts_compared(const Rule& rule) {
        const Value a = of(rule.parts[0]), b = of(rule.parts[1]);
        if (a.texts.size() != 1 || b.texts.size() != 1) return {};
        const std::u32string first = folded_text(a.texts.front(), rule.case_sensitive),
                             second = folded_text(b.texts.front(), rule.case_sensitive);
        if (!rule.part_of) return boolean_value(first == second);
        // <substring>: the first is part of the second; <stringMatch substring>: the second is part of the first.
        return boolean_value(rule.op == Op::substring ? second.find(first) != std::u32string::npos
                                                      : first.find(second) != std::u32string::npos);
    }

    Value equal(const Rule& rule) {
        return compared(rule, [&](double a, double b) {
            const double low = a - (rule.relative ? std::fabs(a) * rule.first / 100 : rule.first),
                         high = a + (rule.relative ? std::fabs(a) * rule.second / 100 : rule.second);
            if (low == high) return a == b;
            return (rule.with_lower ? b >= low : b > low) && (rule.with_upper ? b <= high : b < high);
        });
    }

    Value containers(const Rule& rule) {
        if (rule.op == Op::make_multiple || rule.op == Op::make_ordered) {
            Value result;
            result.shape = rule.op == Op::make_multiple ? Shape::multiple : Shape::ordered;
            for (const Rule& part : rule.parts) {
                const Value value = of(part);
                if (value.is_null()) continue;
                result.base = value.base;
                result.texts.insert(result.texts.end(), value.texts.begin(), value.texts.end());
                result.numbers.insert(result.numbers.end(), value.numbers.begin(), value.numbers.end());
            }
            return result;
        }
        const Value a = of(rule.parts[0]);
        if (rule.op == Op::container_size) return number_value(static_cast<double>(a.size()));
        if (rule.op == Op::index) {
            const auto at = static_cast<std::size_t>(std::max(0.0, rule.first));
            if (at < 1 || at > a.size()) return {};
            if (!a.numbers.empty()) return number_value(a.numbers[at - 1]);
            return {Shape::single, a.base, {a.texts[at - 1]}, {}};
        }
        const Value b = of(rule.parts[1]);
        if (a.is_null() || b.is_null()) return {};
        if (rule.op == Op::member) return boolean_value(holds(b, a, 0));
        if (rule.op == Op::remove) {
            Value left = b;
            left.texts.clear();
            for (std::size_t i = 0; i < b.texts.size(); ++i)
                if (!same_content(a, 0, b, i)) left.texts.push_back(b.texts[i]);
            return left;
        }
        bool all_held = true;
        for (std::size_t i = 0; i < b.size(); ++i) all_held = all_held && holds(a, b, i);
        return boolean_value(all_held);
    }

    Value of(const Rule& rule) {
        step();
        switch (rule.op) {
            case Op::constant:
                return rule.value;
            case Op::variable:
                return variable(rule.identifier);
            case Op::correct:
                return response(rule.identifier) ? response(rule.identifier)->correct : Value{};
            case Op::standard:
                return response(rule.identifier) ? response(rule.identifier)->standard : Value{};
            case Op::map_response: {
                const Declaration* declared = response(rule.identifier);
                if (declared == nullptr || !declared->mapping) return {};
                return number_value(declared->mapping->of(variable(rule.identifier)));
            }
            case Op::match: {
                const Value a = of(rule.parts[0]), b = of(rule.parts[1]);
                return a.is_null() || b.is_null() ? Value{} : boolean_value(same(a, b));
            }
            case Op::is_null:
                return boolean_value(of(rule.parts[0]).is_null());
            case Op::is_not: {
                const Value value = of(rule.parts[0]);
                return value.is_null() ? Value{} : boolean_value(!value.is_true());
            }
            case Op::is_and:
            case Op::is_or:
            case Op::any_n:
                return logic(rule);
            case Op::sum:
                return combined(rule, [](double a, double b) { return a + b; });
            case Op::subtract:
                return combined(rule, [](double a, double b) { return a - b; });
            case Op::product:
                return combined(rule, [](double a, double b) { return a * b; });
            case Op::divide:
                return combined(rule, [](double a, double b) { return a / b; });
            case Op::most:
                return combined(rule, [](double a, double b) { return std::max(a, b); });
            case Op::least:
                return combined(rule, [](double a, double b) { return std::min(a, b); });
            case Op::round:
                return combined(rule, [](double a, double) { return a; }).is_null()
                           ? Value{}
                           : number_value(std::floor(numbers(rule)->front() + 0.5));
            case Op::truncate:
                return combined(rule, [](double a, double) { return a; }).is_null()
                           ? Value{}
                           : number_value(std::trunc(numbers(rule)->front()));
            case Op::as_float:
                return of(rule.parts[0]);
            case Op::equal:
                return equal(rule);
            case Op::equal_rounded:
                return compared(rule, [&](double a, double b) {
                    const int figures = static_cast<int>(rule.first);
                    return rounded_text(a, rule.significant, figures) == rounded_text(b, rule.significant, figures);
                });
            case Op::lt:
                return compared(rule, [](double a, double b) { return a < b; });
            case Op::lte:
                return compared(rule, [](double a, double b) { return a <= b; });
            case Op::gt:
                return compared(rule, [](double a, double b) { return a > b; });
            case Op::gte:
                return compared(rule, [](double a, double b) { return a >= b; });
            case Op::string_match:
            case Op::substring:
                return texts_compared(rule);
            default:
                return containers(rule);
        }
    }

    const Declarations& responses_;
    const Variables& given_;
    Variables outcomes_;
    long& steps_;
};

/// What one of the standard templates says, by the last part of its address.
std::string template_rules(std::string_view name) {
    const std::string branch_match =
        "<q><responseCondition><responseIf><match><variable identifier=\"RESPONSE\"/><correct "
        "identifier=\"RESPONSE\"/></match><setOutcomeValue identifier=\"SCORE\">";
    const std::string ends = "</setOutcomeValue></responseIf>";
    const std::string zero =
        "<responseElse><setOutcomeValue identifier=\"SCORE\"><baseValue baseType=\"float\">0</baseValue>"
        "</setOutcomeValue></responseElse></responseCondition></q>";
    if (name == "match_correct" || name == "CC2_match")
        return branch_match + "<baseValue baseType=\"float\">1</baseValue>" + ends + zero;
    if (name == "CC2_match_basic") return branch_match + "<variable identifier=\"MAXSCORE\"/>" + ends + zero;
    if (name == "map_response" || name == "CC2_map_response")
        return "<q><setOutcomeValue identifier=\"SCORE\"><mapResponse identifier=\"RESPONSE\"/></setOutcomeValue></q>";
    return {};
}

/// The sum of what each response is worth by its declaration.
std::string declared_rules(const xmlNode* item, const Declarations& responses) {
    std::string sum;
    for (const auto& [name, one] : responses) {
        if (!one.mapping && one.correct.is_null())
            refuse(item, "it has no <responseProcessing>, and its response '" + xml::shortened(name, 60) +
                             "' declares no correct response: nothing says what an answer is worth");
        const std::string id = "identifier=\"" + markup::escaped(name) + "\"/>";
        const std::string add = "<setOutcomeValue identifier=\"SCORE\"><sum><variable identifier=\"SCORE\"/>";
        sum += one.mapping
                   ? add + "<mapResponse " + id + "</sum></setOutcomeValue>"
                   : "<responseCondition><responseIf><match><variable " + id + "<correct " + id + "</match>" + add +
                         "<baseValue baseType=\"float\">1</baseValue></sum></setOutcomeValue></responseIf>"
                         "</responseCondition>";
    }
    if (sum.empty())
        refuse(item, "it has no <responseProcessing> and no response: nothing says what an answer is worth");
    return "<q>" + sum + "</q>";
}

void visit_rules(const Rule& rule, const auto& see) {
    see(rule);
    for (const Rule& part : rule.parts) visit_rules(part, see);
}

}  // namespace

Processing::Processing(const xmlNode* item)
    : node_(child(item, "responseProcessing")),
      responses_(declarations(item, "responseDeclaration")),
      outcomes_(declarations(item, "outcomeDeclaration")) {
    if (node_ == nullptr) {
        const xml::Document document = xml::parse(declared_rules(item, responses_), "declarations");
        rules_ = read_rules(xmlDocGetRootElement(document.get()));
        Declaration& score = outcomes_["SCORE"];
        score.identifier = "SCORE";
        score.base = Base::number;
        score.standard = number_value(0);
        return;
    }
    if (outcomes_.find("SCORE") == outcomes_.end())
        refuse(node_, "it declares no outcome SCORE: nothing says what an answer is worth");
    if (!xml::children(node_).empty()) {
        rules_ = read_rules(node_);
        return;
    }
    const std::string address = attribute(node_, "template");
    if (address.empty()) refuse(node_, "its " + shown_name(node_) + " is empty: a person has to mark it");
    std::string name = address.substr(address.find_last_of("/\\") + 1);
    if (name.ends_with(".xml")) name.resize(name.size() - 4);
    const std::string text = template_rules(name);
    if (text.empty())
        refuse(node_, "its response processing is the template '" + xml::shortened(name, 60) +
                          "', which is not carried" +
                          (name == "map_response_point" ? ": places in a picture are not carried" : ""));
    if (responses_.find("RESPONSE") == responses_.end())
        refuse(node_, "the template '" + name + "' is for a response RESPONSE, which is not declared");
    const xml::Document document = xml::parse(text, "template");
    rules_ = read_rules(xmlDocGetRootElement(document.get()));
}

Variables Processing::run(const Variables& given) const {
    Run run(responses_, outcomes_, given, steps_);
    try {
        run.rule(rules_);
    } catch (const Refusal& refusal) {
        refuse(node_, refusal.reason);
    }
    return run.take();
}

double Processing::score(const Variables& given) const {
    const Variables outcomes = run(given);
    const auto found = outcomes.find("SCORE");
    return found == outcomes.end() || found->second.numbers.size() != 1 ? 0 : found->second.numbers.front();
}

/// Each value that the rules and declarations of an item write.
template <typename Rules, typename Outcomes, typename Responses, typename Visit>
static void visit_values(const Rules& rules, const Outcomes& outcomes, const Responses& responses, const Visit& visit) {
    visit_rules(rules, [&](const Rule& rule) { visit(rule.value); });
    for (const auto& [name, one] : outcomes) visit(one.standard);
    for (const auto& [name, one] : responses) {
        visit(one.correct);
        if (one.mapping)
            for (const MapEntry& entry : one.mapping->entries) visit(entry.key);
    }
}

std::set<std::string> Processing::texts() const {
    std::set<std::string> all;
    const auto add = [&](const Value& value) {
        if (value.base == Base::text) all.insert(value.texts.begin(), value.texts.end());
    };
    visit_values(rules_, outcomes_, responses_, add);
    return all;
}

std::set<std::vector<std::string>> Processing::lists() const {
    std::set<std::vector<std::string>> all;
    visit_rules(rules_, [&](const Rule& rule) {
        if (rule.op != Op::make_multiple && rule.op != Op::make_ordered) return;
        std::vector<std::string> list;
        for (const Rule& part : rule.parts) list.insert(list.end(), part.value.texts.begin(), part.value.texts.end());
        if (list.size() == rule.parts.size() && !list.empty()) all.insert(std::move(list));
    });
    for (const auto& [name, one] : responses_)
        if (!one.correct.texts.empty()) all.insert(one.correct.texts);
    return all;
}

std::set<double> Processing::breakpoints() const {
    std::set<double> values, all;
    const auto add = [&](const Value& value) { values.insert(value.numbers.begin(), value.numbers.end()); };
    visit_values(rules_, outcomes_, responses_, add);
    all = values;
    visit_rules(rules_, [&](const Rule& rule) {
        const bool whole = rule.op == Op::round || rule.op == Op::truncate;
        if (!whole && rule.op != Op::equal && rule.op != Op::equal_rounded) return;
        for (const double value : values) {
            if (whole) {
                const double away = rule.op == Op::round ? 0.5 : 1;
                all.insert({value - away, value + away});
                continue;
            }
            if (rule.op == Op::equal) {
                all.insert(value - (rule.relative ? std::fabs(value) * rule.first / 100 : rule.first));
                all.insert(value + (rule.relative ? std::fabs(value) * rule.second / 100 : rule.second));
                continue;
            }
            const double unit = rule.significant && value != 0
                                    ? std::pow(10, std::floor(std::log10(std::fabs(value))) - rule.first + 1)
                                    : std::pow(10, -rule.first);
            const double nearest = std::round(value / unit) * unit;
            all.insert(nearest - unit / 2);
            all.insert(nearest + unit / 2);
        }
    });
    return all;
}

}  // namespace palier::formats::qti
