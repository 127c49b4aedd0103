// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "adapters/delivery/bundle.hpp"
#include "adapters/delivery/handles.hpp"
#include "adapters/formats/bank_csv.hpp"
#include "adapters/formats/content_json.hpp"
#include "tests/support/places.hpp"

namespace palier::test {

inline std::string file_text(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error(path + " cannot be read");
    return {std::istreambuf_iterator<char>(in), {}};
}

/// How many questions the demonstration bank has in a language, counted in its file.
inline int demo_questions(const std::string& language) {
    const std::string xml = file_text(in_project("adapters/moodle/mod_palier/demo/palier-demo-") + language + ".xml");
    int count = 0;
    for (auto at = xml.find("<idnumber>"); at != std::string::npos; at = xml.find("<idnumber>", at + 1)) ++count;
    return count;
}

/// The demonstration bank in French and English.
inline delivery::BundleRequest demo_request() {
    delivery::BundleRequest request;
    request.id = "demo";
    request.title = {{"fr", "Démonstration"}, {"en", "Demonstration"}};
    const std::string demo = in_project("adapters/moodle/mod_palier/demo");
    request.bank = std::make_shared<palier::Bank>(
        formats::read_bank_csv(file_text(demo + "/palier-demo-parameters.csv"), "palier-demo-parameters.csv"));
    request.plan = Json::parse(file_text(in_project("adapters/standalone/demo-plan.json")));
    for (const char* language : {"fr", "en"}) {
        const std::string file = std::string("palier-demo-") + language + ".xml";
        request.questions.push_back({language, file, file_text(demo + "/" + file)});
    }
    return request;
}

/// Made once, as it simulates: with changes to the plan, what is expected of the test is still that of the plan itself.
/// With other limits or levels the rules that stop early are gone.
inline Json demo_bundle(const Json& plan_changes = Json::object()) {
    static const Json made = delivery::make_bundle(demo_request()).bundle;
    Json bundle = made;
    if (plan_changes.contains("stop") || plan_changes.contains("levels")) bundle["plan"]["stop"].erase("rules");
    bundle["plan"].merge_patch(plan_changes);
    return bundle;
}

inline std::shared_ptr<const delivery::Test> demo(const Json& plan_changes = Json::object()) {
    return delivery::Test::open(dump_json(demo_bundle(plan_changes)));
}

/// The item that waits for an answer, with its key, as its author wrote it.
inline const formats::Item& pending(const delivery::Test& test, const delivery::Attempt& attempt) {
    const Json events = attempt.record().at("log").at("events");
    const auto& variant = test.content().variant(attempt.language());
    for (std::size_t i = events.size(); i-- > 0;)
        if (events[i].at("type") == "asked")
            return variant.items.at(static_cast<std::size_t>(variant.bank->find(events[i].at("item"))));
    throw std::logic_error("no question");
}

/// A response that the key gives full marks.
inline Json right_response(const formats::Item& item) {
    struct Right {
        Json operator()(const formats::ChoiceKey& key) const {
            Json list = Json::array();
            for (const auto& score : key.scores)
                if (score.fraction > 0) list.push_back(score.id);
            return {{"choices", list}};
        }
        Json operator()(const formats::TrueFalseKey& key) const { return {{"choice", key.right ? "true" : "false"}}; }
        Json operator()(const formats::MatchKey& key) const { return {{"pairs", key.right}}; }
        Json operator()(const formats::OrderKey& key) const { return {{"order", key.order}}; }
        Json operator()(const formats::GapSelectKey& key) const { return {{"pairs", key.right}}; }
        Json operator()(const formats::NumericalKey& key) const {
            return {{"text", std::to_string(static_cast<long>(*key.answers.at(0).value))}};
        }
        Json operator()(const formats::ShortAnswerKey& key) const {
            std::string text;
            for (const char c : key.answers.at(0).pattern)
                if (c != '*' && c != '\\') text += c;
            return {{"text", text}};
        }
        Json operator()(const formats::ClozeKey& key) const {
            Json pairs = Json::object();
            for (const auto& part : key.parts) {
                const Json response = std::visit(*this, part.answers);
                pairs[part.field] = response.contains("text") ? response["text"] : response["choices"][0];
            }
            return {{"pairs", pairs}};
        }
    };
    return std::visit(Right{}, item.key->answers);
}

/// One that it gives none.
inline Json wrong_response(const formats::Item& item) {
    struct Wrong {
        const formats::Item& item;
        Json operator()(const formats::ChoiceKey& key) const {
            for (const auto& score : key.scores)
                if (score.fraction <= 0) return {{"choices", {score.id}}};
            throw std::logic_error("every choice is right");
        }
        Json operator()(const formats::TrueFalseKey& key) const { return {{"choice", key.right ? "false" : "true"}}; }
        Json operator()(const formats::MatchKey& key) const { return {{"pairs", moved(key.right)}}; }
        Json operator()(const formats::OrderKey& key) const {
            auto order = key.order;
            std::rotate(order.begin(), order.begin() + 1, order.end());
            return {{"order", order}};
        }
        Json operator()(const formats::GapSelectKey& key) const {
            const auto& shown = std::get<formats::GapSelectInteraction>(item.interaction);
            Json pairs = Json::object();
            for (const auto& gap : shown.gaps)
                for (const auto& choice : shown.groups.at(gap.group))
                    if (choice.id != key.right.at(gap.id)) pairs[gap.id] = choice.id;
            return {{"pairs", pairs}};
        }
        Json operator()(const formats::NumericalKey&) const { return {{"text", "-987654"}}; }
        Json operator()(const formats::ShortAnswerKey&) const { return {{"text", "zzz é; 50 %, fin"}}; }
        Json operator()(const formats::ClozeKey& key) const {
            Json pairs = Json::object();
            for (const auto& part : key.parts) {
                const Json response = std::visit(*this, part.answers);
                pairs[part.field] = response.contains("text") ? response["text"] : response["choices"][0];
            }
            return {{"pairs", pairs}};
        }
        static Json moved(const std::map<std::string, std::string>& right) {
            Json pairs = Json::object();
            std::string other = right.rbegin()->second;
            for (const auto& [stem, choice] : right) {
                pairs[stem] = other;
                other = choice;
            }
            return pairs;
        }
    };
    return std::visit(Wrong{item}, item.key->answers);
}

}  // namespace palier::test
