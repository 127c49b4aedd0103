// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/returned.hpp"

#include <cmath>
#include <cstdio>

#include "adapters/delivery/handles.hpp"
#include "adapters/delivery/response_words.hpp"
#include "adapters/formats/grader.hpp"
#include "adapters/host/handles.hpp"
#include "adapters/host/step.hpp"

namespace palier::delivery {
namespace {

std::string decimal(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.6g", value);
    return text;
}

/// The mark of a response as the test's key has it; nothing where there is no response to look at.
std::optional<double> mark(const formats::Item& item, const Event& event) {
    if (!event.response) return std::nullopt;
    const formats::Grade grade = formats::grade(
        item, formats::response_from_json(parse_json(*event.response, ErrorKind::argument, "response", 1 << 16)));
    // What cannot be graded was never taken by a player.
    return grade.state == formats::State::graded ? grade.fraction : 0;
}

Difference other_mark(const std::string& item, double claimed, double found) {
    return {{{"code", "mark"}, {"item", item}, {"claimed", claimed}, {"found", found}},
            item + ": marked " + decimal(claimed) + ", by the key " + decimal(found)};
}

Difference other_way(const Json& verified) {
    const auto said = [](const Json& event) {
        return event["type"] == "asked"     ? "asks " + event["item"].get<std::string>()
               : event["type"] == "stopped" ? "stops (" + event.value("reason", std::string()) + ")"
                                            : "has " + event["type"].get<std::string>();
    };
    Json data = verified["first_difference"];
    const std::string english = "event " + std::to_string(data["event"].get<int>()) + ": the record " +
                                said(data["found"]) + " where the engine " + said(data["expected"]);
    data["code"] = "way";
    return {data, english};
}

Difference other_score(double claimed, const Json& score) {
    const std::string platform = "score: " + decimal(claimed) + " in the platform, ";
    if (!score.is_object())
        return {{{"code", "no_score"}, {"claimed", claimed}}, platform + "no result by the answers"};
    return {{{"code", "score"}, {"claimed", claimed}, {"found", score["value"]}},
            platform + decimal(score["value"].get<double>()) + " by the answers"};
}

/// "In the search bar" of {"choices":["a2"]}.
std::string in_words(const Variant& variant, const Json& event) {
    const int position = variant.bank->find(event.at("item").get<std::string>());
    return interaction_json(variant.items[static_cast<std::size_t>(position)], event["response"].get<std::string>(),
                            nearest_words(variant.language))
        .value("answer", std::string());
}

}  // namespace

Returned check_saved(const std::shared_ptr<const Test>& test, std::string_view saved, std::optional<double> claimed) {
    Saved read = read_saved(test->content(), saved);
    const Variant& variant = test->content().variant(read.language);
    Returned returned;
    returned.language = read.language;
    for (Event& event : read.log.events) {
        if (event.type != EventType::answered) continue;
        const int position = variant.bank->find(event.item);
        const std::optional<double> right = mark(variant.items[static_cast<std::size_t>(position)], event);
        if (!right) {
            ++returned.unchecked;
        } else if (std::abs(*right - event.fraction.value_or(0)) > 1e-6) {
            returned.differences.push_back(other_mark(event.item, event.fraction.value_or(0), *right));
            event.fraction = right;
        }
    }
    host::StepRequest request{variant.bank, test->content().plan, std::move(read.log)};
    request.advance = false;
    const host::StepAnswer answer = host::step(std::move(request));
    returned.finished = !answer.session.stop().empty();
    returned.items = variant.bank->to_json();
    returned.log = to_json(answer.session.log());
    for (Json& event : returned.log["events"])
        if (event.contains("response")) event["response"] = in_words(variant, event);
    returned.record = record_json(answer.session);
    const Json verified = host::verify_json(answer.session);
    if (!verified["same"].get<bool>()) returned.differences.push_back(other_way(verified));
    const Json& score = returned.record["score"];
    if (claimed && !(score.is_object() && std::abs(score["value"].get<double>() - *claimed) <= 0.0051))
        returned.differences.push_back(other_score(*claimed, score));
    return returned;
}

}  // namespace palier::delivery
