// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "adapters/formats/qti3.hpp"
#include "adapters/formats/qti3_parts.hpp"
#include "adapters/text/markup.hpp"

namespace palier::formats::qti3 {
namespace {

const std::string templates = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/";

std::string by_template(const std::string& name) {
    return tag("qti-response-processing", {{"template", templates + name + ".xml"}}, true) + "\n";
}
std::string processing(const std::string& rules) { return element("qti-response-processing", {}, "\n" + rules) + "\n"; }

std::string variable(const std::string& name) { return tag("qti-variable", {{"identifier", name}}, true); }
std::string constant(const std::string& type, const std::string& value) {
    return element("qti-base-value", {{"base-type", type}}, markup::escaped(value));
}
std::string set_score(const std::string& expression) {
    return element("qti-set-outcome-value", {{"identifier", "SCORE"}}, expression);
}
std::string add_to_score(double value) {
    return set_score(element("qti-sum", {}, variable("SCORE") + constant("float", number(value))));
}

struct Rule {
    std::string condition;
    double fraction;
};
/// The first rule that holds gives the score.
std::string first_of(const std::vector<Rule>& rules) {
    std::string branches;
    for (const Rule& rule : rules)
        branches += element(branches.empty() ? "qti-response-if" : "qti-response-else-if", {},
                            rule.condition + set_score(constant("float", number(rule.fraction)))) +
                    "\n";
    return processing(element("qti-response-condition", {}, "\n" + branches) + "\n");
}

struct Declaration {
    explicit Declaration(std::string how_many = "single", std::string of_type = "identifier",
                         std::string name = "RESPONSE")
        : identifier(std::move(name)), cardinality(std::move(how_many)), type(std::move(of_type)) {}
    std::string identifier, cardinality, type;
    std::vector<std::string> correct;
    std::vector<std::pair<std::string, double>> mapping;
    Attributes mapping_bounds;
    bool case_sensitive = true;
};

std::string write(const Declaration& from) {
    std::string content;
    for (const std::string& value : from.correct) content += element("qti-value", {}, markup::escaped(value));
    if (!content.empty()) content = element("qti-correct-response", {}, content);
    if (!from.mapping.empty()) {
        Attributes bounds{{"default-value", "0"}};
        bounds.insert(bounds.end(), from.mapping_bounds.begin(), from.mapping_bounds.end());
        std::string entries;
        for (const auto& [key, value] : from.mapping) {
            Attributes entry{{"map-key", key}, {"mapped-value", number(value)}};
            if (from.type == "string") entry.emplace_back("case-sensitive", from.case_sensitive ? "true" : "false");
            entries += tag("qti-map-entry", entry, true);
        }
        content += element("qti-mapping", bounds, entries);
    }
    const Attributes attributes{
        {"identifier", from.identifier}, {"cardinality", from.cardinality}, {"base-type", from.type}};
    return (content.empty() ? tag("qti-response-declaration", attributes, true)
                            : element("qti-response-declaration", attributes, content)) +
           "\n";
}

/// A pattern as a regular expression; case by [Aa] for the letters of ASCII.
std::string expression(const std::string& pattern, bool case_sensitive) {
    std::string result;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const char c = pattern[i];
        const bool escaped = i > 0 && pattern[i - 1] == '\\';
        if (c == '\\' && i + 1 < pattern.size() && pattern[i + 1] == '*') continue;
        if (c == '*' && !escaped) {
            if (!result.ends_with(".*")) result += ".*";
            continue;
        }
        const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c,
                   lower = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        if (!case_sensitive && upper != lower)
            result += std::string("[") + upper + lower + "]";
        else if (std::string("\\.[]{}()|?*+^$").find(c) != std::string::npos)
            result += std::string("\\") + c;
        else
            result += c;
    }
    return result;
}

bool has_wildcard(const std::string& pattern) { return pattern.find('*') != std::string::npos; }

class Writer {
public:
    Writer(const Item& item, bool with_key) : key_(with_key && item.key ? &item.key->answers : nullptr) {}

    Scoring operator()(const ChoiceInteraction& shown) const {
        Declaration response(shown.multiple ? "multiple" : "single");
        if (key_ == nullptr) return {write(response), {}, {}};
        for (const ChoiceScore& score : std::get<ChoiceKey>(*key_).scores) {
            response.mapping.emplace_back(to_ncname(score.id), score.fraction);
            if (shown.multiple ? score.fraction > 1e-6 : score.fraction > 1 - 1e-6)
                response.correct.push_back(to_ncname(score.id));
        }
        if (shown.multiple) response.mapping_bounds = {{"lower-bound", "0"}, {"upper-bound", "1"}};
        return {write(response), by_template("map_response"), {}};
    }
    Scoring operator()(const TrueFalseInteraction&) const {
        Declaration response;
        if (key_ == nullptr) return {write(response), {}, {}};
        response.correct = {std::get<TrueFalseKey>(*key_).right ? "true" : "false"};
        return {write(response), by_template("match_correct"), {}};
    }
    Scoring operator()(const MatchInteraction&) const {
        Declaration response("multiple", "directedPair");
        if (key_ == nullptr) return {write(response), {}, {}};
        const auto& right = std::get<MatchKey>(*key_).right;
        for (const auto& [stem, choice] : right) {
            response.correct.push_back(to_ncname(stem) + " " + to_ncname(choice));
            response.mapping.emplace_back(response.correct.back(), 1.0 / static_cast<double>(right.size()));
        }
        return {write(response), by_template("map_response"), {}};
    }
    Scoring operator()(const OrderInteraction&) const {
        Declaration response("ordered");
        if (key_ == nullptr) return {write(response), {}, {}};
        const auto& key = std::get<OrderKey>(*key_);
        for (const std::string& id : key.order) response.correct.push_back(to_ncname(id));
        if (key.grading == OrderGrading::absolute_position && key.select == OrderSelect::all)
            return {write(response), by_place(response.correct), {}};
        Scoring result{write(response), by_template("match_correct"), {}};
        if (key.grading != OrderGrading::all_or_nothing)
            result.notes.push_back("other systems score this order all or nothing");
        if (key.select != OrderSelect::all) result.notes.push_back("other systems show every item of this ordering");
        return result;
    }
    Scoring operator()(const GapSelectInteraction& shown) const {
        Scoring result;
        std::string sum;
        for (const Gap& gap : shown.gaps) {
            Declaration response("single", "identifier", "RESPONSE_" + to_ncname(gap.id));
            if (key_ != nullptr) {
                const std::string right = to_ncname(std::get<GapSelectKey>(*key_).right.at(gap.id));
                response.correct = {right};
                response.mapping = {{right, 1.0 / static_cast<double>(shown.gaps.size())}};
                sum += tag("qti-map-response", {{"identifier", response.identifier}}, true);
            }
            result.declarations += write(response);
        }
        if (key_ != nullptr) result.processing = processing(set_score(element("qti-sum", {}, sum)) + "\n");
        return result;
    }
    Scoring operator()(const ClozeInteraction& shown) const {
        Scoring result;
        for (const ClozeField& field : shown.fields) {
            const bool several = field.entry == ClozeEntry::boxes_column || field.entry == ClozeEntry::boxes_row;
            result.declarations +=
                write(Declaration(several ? "multiple" : "single", field.choices.empty() ? "string" : "identifier",
                                  "RESPONSE_" + to_ncname(field.id)));
        }
        if (key_ != nullptr) result.notes.emplace_back("other systems cannot score a text with gaps of several kinds");
        return result;
    }
    Scoring operator()(const NumericalInteraction& shown) const;
    Scoring operator()(const ShortAnswerInteraction&) const;

private:
    static std::string by_place(const std::vector<std::string>& order) {
        std::string rules;
        for (std::size_t i = 0; i < order.size(); ++i) {
            const std::string place = element("qti-index", {{"n", std::to_string(i + 1)}}, variable("RESPONSE"));
            const std::string same = element("qti-match", {}, place + constant("identifier", order[i]));
            rules +=
                element("qti-response-condition", {},
                        element("qti-response-if", {}, same + add_to_score(1.0 / static_cast<double>(order.size())))) +
                "\n";
        }
        return processing(rules);
    }

    const AnswerKey* key_;
};

std::pair<double, double> interval(const NumericalAnswer& answer) {
    const double a = *answer.value, t = answer.tolerance;
    if (answer.tolerance_type == ToleranceType::geometric) {
        const double low = a / (1 + t), high = a * (1 + t);
        return {std::min(low, high), std::max(low, high)};
    }
    const double range = answer.tolerance_type == ToleranceType::relative ? std::fabs(a) * t : t;
    return {a - range, a + range};
}

Scoring Writer::operator()(const NumericalInteraction& shown) const {
    Declaration response("single", "string");
    const Declaration unit("single", "identifier", "UNIT");
    const std::string unit_declaration = shown.units.empty() ? "" : write(unit);
    if (key_ == nullptr) return {write(response) + unit_declaration, {}, {}};
    const auto& key = std::get<NumericalKey>(*key_);
    if (shown.unit_entry != UnitEntry::none) {
        return {write(response) + unit_declaration, {}, {"other systems cannot score this number with its unit"}};
    }
    response.type = "float";
    std::vector<Rule> rules;
    for (const NumericalAnswer& answer : key.answers) {
        if (!answer.value) {
            rules.push_back(
                {element("qti-not", {}, element("qti-is-null", {}, variable("RESPONSE"))), answer.fraction});
            continue;
        }
        if (response.correct.empty() && answer.fraction > 1 - 1e-6) response.correct = {number(*answer.value)};
        const auto [low, high] = interval(answer);
        rules.push_back({element("qti-and", {},
                                 element("qti-gte", {}, variable("RESPONSE") + constant("float", number(low))) +
                                     element("qti-lte", {}, variable("RESPONSE") + constant("float", number(high)))),
                         answer.fraction});
    }
    return {write(response), first_of(rules), {"other systems may not read a decimal comma"}};
}

Scoring Writer::operator()(const ShortAnswerInteraction&) const {
    Declaration response("single", "string");
    if (key_ == nullptr) return {write(response), {}, {}};
    const auto& key = std::get<ShortAnswerKey>(*key_);
    const bool rules_needed = std::any_of(key.answers.begin(), key.answers.end(), [](const ShortAnswer& answer) {
        return has_wildcard(answer.pattern) || answer.any_case;
    });
    for (const ShortAnswer& answer : key.answers)
        if (response.correct.empty() && answer.fraction > 1 - 1e-6 && !has_wildcard(answer.pattern))
            response.correct = {answer.pattern};
    if (!rules_needed) {
        response.case_sensitive = key.case_sensitive;
        for (const ShortAnswer& answer : key.answers) {
            const bool known = std::any_of(response.mapping.begin(), response.mapping.end(),
                                           [&](const auto& entry) { return entry.first == answer.pattern; });
            if (!known) response.mapping.emplace_back(answer.pattern, answer.fraction);
        }
        return {write(response), by_template("map_response"), {"other systems may not trim blanks"}};
    }
    std::vector<Rule> rules;
    for (const ShortAnswer& answer : key.answers)
        rules.push_back({element("qti-pattern-match",
                                 {{"pattern", expression(answer.pattern, key.case_sensitive && !answer.any_case)}},
                                 variable("RESPONSE")),
                         answer.fraction});
    return {write(response),
            first_of(rules),
            {"other systems may not trim blanks, and tell case apart in letters beyond a to z"}};
}

}  // namespace

Scoring scoring(const Item& item, bool with_key) {
    Scoring result = std::visit(Writer(item, with_key), item.interaction);
    if (with_key && item.key && item.key->all_or_nothing)
        result.notes.emplace_back("other systems give a part of the mark to what is not wholly right");
    if (with_key && item.key && !item.key->whole_answers.empty())
        result.notes.emplace_back("other systems do not know what some answers are worth as a whole");
    return result;
}

}  // namespace palier::formats::qti3
