// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "adapters/host/step.hpp"

// Situations in which there is or is no result; every host is driven through them and has to say the same.

namespace palier::test {

struct KnownCase {
    std::string name;
    bool pretests;                      ///< the first three places are of items on trial
    std::vector<std::string> outcomes;  ///< "right", "wrong", "skipped" or "unknown", in order; then the learner stops
    bool drop;                          ///< then the first of them is dropped on appeal
    int counted;
    bool known;
};

/// At least four answers have to count. By the rule of engine/result/result.hpp.
inline const std::vector<KnownCase>& known_cases() {
    static const std::vector<KnownCase> cases = {
        {"no answer", false, {}, false, 0, false},
        {"one answer", false, {"right"}, false, 1, false},
        {"one answer too few", false, {"right", "wrong", "right"}, false, 3, false},
        {"just enough", false, {"right", "wrong", "right", "right"}, false, 4, true},
        {"not known counts as an answer", false, {"right", "unknown", "unknown", "right"}, false, 4, true},
        {"only pretest answers", true, {"right", "right", "wrong"}, false, 0, false},
        {"pretest answers do not count", true, {"right", "right", "wrong", "right", "right", "wrong"}, false, 3, false},
        {"only skipped", false, {"skipped", "skipped", "skipped", "skipped", "skipped"}, false, 0, false},
        {"skipped ones do not count", false, {"right", "skipped", "right", "skipped", "wrong"}, false, 3, false},
        {"one dropped on appeal", false, {"right", "wrong", "right", "right"}, true, 3, false},
        {"enough after an appeal", false, {"right", "wrong", "right", "right", "wrong"}, true, 4, true},
    };
    return cases;
}

inline Json items_of_known_cases() {
    Json items = Json::array();
    for (int i = 0; i < 12; ++i)
        items.push_back({{"item", "q" + std::to_string(i)}, {"model", "rasch"}, {"b", -1.5 + 0.25 * i}});
    for (int i = 0; i < 4; ++i)
        items.push_back({{"item", "p" + std::to_string(i)},
                         {"model", "rasch"},
                         {"b", -1.0 + 0.5 * i},
                         {"se_b", 0.6},
                         {"status", "pretest"}});
    return items;
}

inline Json plan_of(const KnownCase& given) {
    Json plan = {{"palier_plan", 1},
                 {"stop", {{"min_items", 4}, {"max_items", 10}}},
                 {"levels", {{"cuts", {-1, 0, 1}}, {"names", {"A", "B", "C", "D"}}}},
                 {"threshold", {{"theta", 0}}},
                 {"floor", {{"theta", -1}}}};
    if (given.pretests) plan["pretest"] = {{"positions", {1, 2, 3}}};
    return plan;
}

/// One outcome of the item on screen.
inline Event outcome_event(const std::string& outcome, const std::string& item) {
    Event event;
    event.item = item;
    event.time = 1760000000000;
    if (outcome == "skipped") {
        event.type = EventType::skipped;
    } else if (outcome == "unknown") {
        event.type = EventType::unknown;
    } else {
        event.type = EventType::answered;
        event.fraction = outcome == "right" ? 1 : 0;
    }
    return event;
}

inline Session session_of(const KnownCase& given) {
    const auto bank = std::make_shared<const Bank>(Bank::from_json(items_of_known_cases()));
    const auto plan = std::make_shared<const Plan>(Plan::from_json(plan_of(given)));
    Event started;
    started.time = 1760000000000;
    Session session(bank, plan, 7, started);
    std::string first;
    for (const std::string& outcome : given.outcomes) {
        host::advance(session, 1760000000000);
        const std::string item = (*bank)[session.pending().value()].id;
        if (first.empty()) first = item;
        host::record_event(session, outcome_event(outcome, item));
    }
    host::advance(session, 1760000000000);
    Event stop;
    stop.type = EventType::stopped;
    stop.reason = "learner";
    stop.time = 1760000000000;
    host::record_event(session, stop);
    if (given.drop) {
        Event drop;
        drop.type = EventType::dropped;
        drop.item = first;
        drop.reason = "appeal";
        drop.time = 1760000000000;
        host::record_event(session, drop);
    }
    return session;
}

}  // namespace palier::test
