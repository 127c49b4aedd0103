// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/returned.hpp"

#include <cmath>
#include <cstdio>

#include "adapters/delivery/handles.hpp"
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

std::string first_difference(const Json& verified) {
    const auto said = [](const Json& event) {
        return event["type"] == "asked"     ? "asks " + event["item"].get<std::string>()
               : event["type"] == "stopped" ? "stops (" + event.value("reason", std::string()) + ")"
                                            : "has " + event["type"].get<std::string>();
    };
    const Json& first = verified["first_difference"];
    return "event " + std::to_string(first["event"].get<int>()) + ": the record " + said(first["found"]) +
           " where the engine " + said(first["expected"]);
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
            returned.differences.push_back(event.item + ": marked " + decimal(event.fraction.value_or(0)) +
                                           ", by the key " + decimal(*right));
            event.fraction = right;
        }
    }
    host::StepRequest request{variant.bank, test->content().plan, std::move(read.log)};
    request.advance = false;
    const host::StepAnswer answer = host::step(std::move(request));
    returned.finished = !answer.session.stop().empty();
    returned.log = to_json(answer.session.log());
    returned.record = record_json(answer.session);
    const Json verified = host::verify_json(answer.session);
    if (!verified["same"].get<bool>()) returned.differences.push_back(first_difference(verified));
    const Json& score = returned.record["score"];
    if (claimed && score.is_object() && std::abs(score["value"].get<double>() - *claimed) > 0.0051)
        returned.differences.push_back("score: " + decimal(*claimed) + " in the platform, " +
                                       decimal(score["value"].get<double>()) + " by the answers");
    if (claimed && !score.is_object())
        returned.differences.push_back("score: " + decimal(*claimed) + " in the platform, no result by the answers");
    return returned;
}

}  // namespace palier::delivery
