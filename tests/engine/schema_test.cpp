// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "engine/ability/criteria.hpp"
#include "engine/classification/classification.hpp"
#include "engine/constraints/proportions.hpp"
#include "engine/errors.hpp"
#include "engine/exposure/choice.hpp"
#include "engine/exposure/rates.hpp"
#include "engine/selection/criterion.hpp"
#include "engine/start/start.hpp"
#include "engine/stopping/stopping.hpp"
#include "tests/support/places.hpp"
#include "tests/support/reference.hpp"

// engine/schema/plan.schema.json is composed of the phases' parts (engine/*/schema.json) and of their tables of rules:
//
//   {"$from": PHASE}      what the phase's part says of the same section or definition
//   {"$names": TABLE}     an enum of the names of a table
//   "$options": "criteria"  the options that criteria declare
//   {"$rules": "stop"}    one entry a rule of stop.rules
//
// PALIER_WRITE=1 engine_tests --run_test=schema writes what has changed, in the log's schema and the xAPI profile too.

using namespace palier;

namespace {

using Ordered = nlohmann::ordered_json;

std::string text_of(const std::string& name) {
    std::ifstream in(test::in_project(name), std::ios::binary);
    if (!in) throw std::runtime_error("no file " + name);
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

const std::map<std::string, const std::vector<std::string>& (*)()>& tables() {
    static const std::map<std::string, const std::vector<std::string>& (*)()> all = {
        {"estimators", estimator_names},
        {"standard_errors", standard_error_names},
        {"starts", start_names},
        {"criteria", criterion_names},
        {"map_criteria", map_criterion_names},
        {"stop_rules", stop_rule_names},
        {"classification_methods", classification_method_names},
        {"exposure_rules", exposure_rules},
        {"exposure_controls", exposure_controls},
        {"proportion_rules", proportion_rules}};
    return all;
}

Ordered number(double value) {
    if (value == std::floor(value) && std::fabs(value) < 1e15) return static_cast<std::int64_t>(value);
    return value;
}

Ordered schema_of(const Option& option, const std::string& owners) {
    Ordered json = Ordered::object();
    switch (option.kind) {
        case Option::Kind::choice:
            json["enum"] = option.all_choices();
            if (option.choices[0]) json["default"] = option.choices[0];
            break;
        case Option::Kind::range:
            json = {{"type", "array"}, {"items", {{"type", "number"}}}, {"minItems", 2}, {"maxItems", 2}};
            break;
        case Option::Kind::number:
        case Option::Kind::integer:
            json["type"] = option.kind == Option::Kind::number ? "number" : "integer";
            if (std::isfinite(option.low)) json[option.above_low ? "exclusiveMinimum" : "minimum"] = number(option.low);
            if (std::isfinite(option.high))
                json[option.below_high ? "exclusiveMaximum" : "maximum"] = number(option.high);
            if (option.fallback && !option.required) json["default"] = number(*option.fallback);
            break;
    }
    if (option.description) json["description"] = (owners.empty() ? "" : "Of " + owners + ": ") + option.description;
    return json;
}

std::string listed(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += (i == 0 ? "" : i + 1 == names.size() ? " and " : ", ") + names[i];
    return text;
}

Ordered schema_of(const StopRule& rule) {
    Ordered required = {"rule"};
    Ordered properties = {{"rule", {{"const", rule.name}}}};
    for (const Option& option : rule.options) {
        if (!option.key) continue;
        if (option.required) required.push_back(option.key);
        properties[option.key] = schema_of(option, "");
    }
    Ordered json = {
        {"type", "object"}, {"additionalProperties", false}, {"required", required}, {"properties", properties}};
    if (rule.description) json["description"] = rule.description;
    return json;
}

Ordered composed(const Ordered& part, const std::string& name) {
    if (part.is_array()) {
        Ordered list = Ordered::array();
        for (const Ordered& entry : part) {
            if (entry.is_object() && entry.contains("$rules"))
                for (const std::string& rule : stop_rule_names()) list.push_back(schema_of(stop_rule_named(rule)));
            else
                list.push_back(composed(entry, ""));
        }
        return list;
    }
    if (!part.is_object()) return part;
    if (part.contains("$from")) {
        const auto phase = Ordered::parse(text_of("engine/" + part["$from"].get<std::string>() + "/schema.json"));
        for (const char* kind : {"properties", "$defs"})
            if (phase.contains(kind) && phase[kind].contains(name)) return composed(phase[kind][name], name);
        throw std::runtime_error("engine/" + part["$from"].get<std::string>() + "/schema.json has no " + name);
    }
    Ordered json = Ordered::object();
    for (const auto& [key, value] : part.items()) {
        if (key == "$names") {
            json["enum"] = tables().at(value.get<std::string>())();
        } else if (key == "$options") {
            for (const CriterionOption& option : criterion_options())
                json[option.option->key] = schema_of(*option.option, listed(option.criteria));
        } else {
            json[key] = composed(value, key);
        }
    }
    return json;
}

// On one line where that has 120 columns, else a line a member.
std::string laid_out(const Ordered& json, std::size_t indent, std::size_t before) {
    std::string line = json.dump(-1, ' ', false);
    if (json.is_structured()) {
        line.clear();
        const char* separator = "";
        for (const auto& [key, value] : json.items()) {
            line += separator + (json.is_object() ? Ordered(key).dump() + ": " : "") + laid_out(value, 0, 0);
            separator = ", ";
            if (line.find('\n') != std::string::npos) break;
        }
        line = (json.is_object() ? "{" : "[") + line + (json.is_object() ? "}" : "]");
    }
    if (!json.is_structured() || json.empty()) return line;
    const auto columns = [](const std::string& text) {
        return std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; });
    };
    if (line.find('\n') == std::string::npos && indent + before + static_cast<std::size_t>(columns(line)) < 120)
        return line;
    std::string text = json.is_object() ? "{" : "[";
    const char* separator = "\n";
    for (const auto& [key, value] : json.items()) {
        const std::string opens = json.is_object() ? Ordered(key).dump() + ": " : "";
        text += separator + std::string(indent + 2, ' ') + opens + laid_out(value, indent + 2, opens.size());
        separator = ",\n";
    }
    return text + "\n" + std::string(indent, ' ') + (json.is_object() ? "}" : "]");
}

bool writes() { return std::getenv("PALIER_WRITE") != nullptr; }

void holds(const std::string& name, const std::string& text) {
    if (writes() && text_of(name) != text) std::ofstream(test::in_project(name), std::ios::binary) << text;
    BOOST_TEST((text_of(name) == text), name << " is not what the engine's parts and tables say; "
                                             << "PALIER_WRITE=1 engine_tests --run_test=schema writes it");
}

Ordered plan_schema() { return Ordered::parse(text_of("engine/schema/plan.schema.json")); }

// "…; valid keys: a, b"
std::vector<std::string> keys_that_are_read(const Json& plan) {
    try {
        Plan::from_json(plan);
    } catch (const PlanError& error) {
        const std::string words = error.what();
        const auto from = words.find("valid keys: ");
        BOOST_TEST_REQUIRE(from != std::string::npos, words);
        std::vector<std::string> keys;
        std::istringstream list(words.substr(from + 12));
        for (std::string key; std::getline(list, key, ',');) keys.push_back(key.substr(key.find_first_not_of(' ')));
        return keys;
    }
    return {};
}

std::set<std::string> keys_of(const Ordered& object) {
    std::set<std::string> keys;
    for (const auto& entry : object.items()) keys.insert(entry.key());
    return keys;
}

// The names in the first cells of the tables of a chapter of docs/measurement.md.
std::set<std::string> rows_of(const std::string& chapter) {
    const std::string text = text_of("docs/measurement.md");
    const auto from = text.find("\n## " + chapter);
    BOOST_TEST_REQUIRE(from != std::string::npos, "docs/measurement.md has no chapter " << chapter);
    std::istringstream lines(text.substr(from + 1, text.find("\n## ", from + 1) - from));
    std::set<std::string> names;
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind("| `", 0) != 0) continue;
        const std::string cell = line.substr(0, line.find('|', 1));
        const std::regex name("`([a-z0-9_:]+)");
        for (std::sregex_iterator found(cell.begin(), cell.end(), name), end; found != end; ++found)
            names.insert((*found)[1]);
    }
    return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(the_published_schema_is_what_the_phases_and_their_tables_say) {
    const Ordered frame = Ordered::parse(text_of("engine/plan/schema.json"));
    holds("engine/schema/plan.schema.json", laid_out(composed(frame, ""), 0, 0) + "\n");
}

BOOST_AUTO_TEST_CASE(the_reasons_to_stop_are_those_of_the_log_and_of_the_profile) {
    std::vector<std::string> reasons = stop_names();
    reasons.insert(reasons.end(), {"learner", "time", "unavailable"});
    for (const auto& [name, quote] : {std::pair{"engine/schema/log.schema.json", "\""},
                                      {"adapters/xapi/profile/palier-profile-v1.jsonld", "\\\""}}) {
        std::string list;
        for (const std::string& reason : reasons) list += (list.empty() ? "" : ", ") + (quote + reason) + quote;
        const std::string text = text_of(name);
        const auto from = text.find(std::string("[") + quote + "standard_error" + quote);
        BOOST_TEST_REQUIRE(from != std::string::npos, name << " lists no reasons to stop");
        holds(name, text.substr(0, from + 1) + list + text.substr(text.find(']', from)));
    }
}

BOOST_AUTO_TEST_CASE(every_key_that_is_read_is_in_the_schema_and_the_reverse) {
    const Ordered published = plan_schema();
    const Ordered& sections = published["properties"];
    BOOST_TEST((std::set<std::string>(plan_keys().begin(), plan_keys().end()) == keys_of(sections)));
    for (const auto& [name, section] : sections.items()) {
        const bool list = section.contains("items");
        const Ordered& object = list ? section["items"] : section;
        if (!object.contains("properties")) continue;
        const Json entry = {{"no such key", 0}};
        const auto keys = keys_that_are_read({{"palier_plan", 1}, {name, list ? Json::array({entry}) : entry}});
        BOOST_TEST_CONTEXT(name)
        BOOST_TEST((std::set<std::string>(keys.begin(), keys.end()) == keys_of(object["properties"])));
    }
    for (const std::string& rule : stop_rule_names()) {
        const Json node = {{"rule", rule}, {"no such key", 0}};
        const auto keys = keys_that_are_read({{"palier_plan", 1}, {"stop", {{"rules", node}}}});
        for (const Ordered& entry : published["$defs"]["stop_node"]["oneOf"])
            if (entry["properties"].contains("rule") && entry["properties"]["rule"]["const"] == rule)
                BOOST_TEST_CONTEXT(rule)
        BOOST_TEST((std::set<std::string>(keys.begin(), keys.end()) == keys_of(entry["properties"])));
    }
}

BOOST_AUTO_TEST_CASE(rules_that_share_an_option_declare_the_same) {
    for (const CriterionOption& option : criterion_options())
        for (const std::string& name : option.criteria)
            for (const Option& own : criterion_named(name).options)
                if (own.key && std::string(own.key) == option.option->key)
                    BOOST_TEST((schema_of(own, "") == schema_of(*option.option, "")), name << "." << own.key);
}

BOOST_AUTO_TEST_CASE(every_name_of_a_table_has_its_row_in_the_book_and_the_reverse) {
    const std::pair<const char*, std::vector<const char*>> chapters[] = {
        {"Estimators (", {"estimators"}},
        {"Choosing questions (", {"criteria"}},
        {"Keeping questions from becoming known (", {"exposure_rules", "exposure_controls"}},
        {"Stopping (", {"stop_rules"}},
        {"Classification (", {"classification_methods"}}};
    for (const auto& [chapter, names] : chapters) {
        std::set<std::string> rows = rows_of(chapter);
        for (const char* other : {"user:", "rule", "control"}) rows.erase(other);  // a host's rules; heads of tables
        std::set<std::string> wanted;
        for (const char* table : names) wanted.insert(tables().at(table)().begin(), tables().at(table)().end());
        wanted.erase("none");
        rows.erase("none");
        for (const std::string& name : wanted)
            BOOST_TEST(rows.count(name) == 1, "docs/measurement.md, " << chapter << "…): no row for " << name);
        for (const std::string& name : rows)
            BOOST_TEST(wanted.count(name) == 1, "docs/measurement.md, " << chapter << "…): " << name << " is no rule");
    }
    const std::string book = text_of("docs/measurement.md");
    for (const char* table : {"starts", "proportion_rules", "standard_errors"})
        for (const std::string& name : tables().at(table)())
            BOOST_TEST(
                (book.find("`" + name + "`") != std::string::npos || book.find(": " + name + "`") != std::string::npos),
                "docs/measurement.md does not name " << name);
    for (const CriterionOption& option : criterion_options())
        BOOST_TEST((book.find(std::string("`") + option.option->key) != std::string::npos ||
                    book.find(std::string("`selection.") + option.option->key) != std::string::npos),
                   "docs/measurement.md does not name " << option.option->key);
}

// tests/reference/plan_hashes.json: what version 0.1.0 made of these plans before phases read their own sections.
BOOST_AUTO_TEST_CASE(plans_of_the_first_version_keep_their_hashes) {
    const Json known = test::reference("plan_hashes.json");
    BOOST_TEST(known.size() > 200u);
    for (const Json& entry : known) {
        const Plan plan = Plan::from_json(entry["plan"]);
        BOOST_TEST(plan.hash == entry["hash"].get<std::string>(), entry["plan"].dump());
        BOOST_TEST(Plan::from_json(plan.normalised).hash == plan.hash, entry["plan"].dump());
    }
}

BOOST_AUTO_TEST_SUITE_END()
