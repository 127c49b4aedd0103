// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "adapters/calls/call.hpp"
#include "tests/xapi/support.hpp"

namespace palier::test {

/// A session that the engine itself ran, as `palier call` runs it; step by step a request to the
/// builder with what was new.
class EngineSession {
public:
    explicit EngineSession(nlohmann::json more_of_plan) : plan_(std::move(more_of_plan)) {
        plan_.update(
            {{"palier_plan", 1},
             {"levels", {{"scheme", "crcn"}, {"cuts", {-1.5, -0.5, 0.5, 1.5}}, {"names", {"A", "B", "C", "D", "E"}}}}});
        // Of a map, items of each scale in turn.
        const auto scales = plan_.value("scales", nlohmann::json::array({{{"id", "main"}}}));
        for (std::size_t i = 0; i < 24; ++i)
            items_.push_back({{"item", "q" + std::to_string(i)},
                              {"scale", scales[i % scales.size()]["id"]},
                              {"model", "rasch"},
                              {"b", -2.3 + 0.2 * static_cast<double>(i)},
                              {"se_b", 0.3}});
        const auto answer = call({{"call", "step"}, {"plan", plan_}, {"seed", 7}, {"time", clock_}});
        log_ = answer.at("log");
        log_["events"] = nlohmann::json::array();
        take(answer);
        tell(0);
    }

    /// Plays outcomes in turn until the engine or the learner stops.
    void play(const std::vector<std::string>& outcomes, std::size_t at_most) {
        for (std::size_t i = 0; i < at_most && !stopped(); ++i) {
            const std::string& outcome = outcomes[i % outcomes.size()];
            nlohmann::json event{{"item", asked()}, {"ms", 4000 + 10 * i}};
            if (outcome == "right" || outcome == "wrong")
                event.update({{"type", "answered"}, {"fraction", outcome == "right" ? 1 : 0}, {"response", outcome}});
            else
                event["type"] = outcome;
            step({event}, true);
        }
    }
    void step(nlohmann::json events, bool advance) {
        const std::size_t before = log_["events"].size();
        clock_ += 6000;
        for (auto& event : events) event["time"] = clock_;
        const auto answer = call({{"call", "step"},
                                  {"plan", plan_},
                                  {"log", log_},
                                  {"events", events},
                                  {"time", clock_},
                                  {"advance", advance}});
        take(answer);
        tell(before);
    }

    bool stopped() const { return log_["events"].back()["type"] == "stopped"; }
    const nlohmann::json& record() const { return record_; }
    const nlohmann::json& events() const { return log_["events"]; }
    /// Statements told step by step.
    const nlohmann::json& told() const { return told_; }
    /// The request that tells all from the beginning.
    nlohmann::json request(std::size_t from = 0) const {
        nlohmann::json request = session();
        request["log"] = log_;
        request["record"] = record_;
        request["context"]["plan"] = plan_;
        request["context"]["bank"] = log_["bank"];
        if (plan_.contains("map"))
            request["context"]["framework"] = {{"id", "https://example.org/crcn"}, {"name", "CRCN"}};
        request["from_event"] = from;
        return request;
    }

private:
    std::string asked() const {
        for (auto event = log_["events"].rbegin();; ++event)
            if ((*event)["type"] == "asked") return (*event)["item"];
    }
    nlohmann::json call(nlohmann::json request) const {
        if (request["call"] != "statements") request["items"] = items_;
        return nlohmann::json::parse(palier::calls::call(request.dump()));
    }
    void take(const nlohmann::json& answer) {
        for (const auto& event : answer.at("events"))
            log_["events"].push_back(nlohmann::json::parse(event.at("data").get<std::string>()));
        record_ = call({{"call", "replay"}, {"plan", plan_}, {"log", log_}});
    }
    void tell(std::size_t from) {
        nlohmann::json asked = request(from);
        asked["call"] = "statements";
        const auto answer = call(asked);
        for (const auto& one : answer.at("statements")) told_.push_back(one);
    }

    nlohmann::json plan_;
    nlohmann::json items_ = nlohmann::json::array();
    nlohmann::json log_;
    nlohmann::json record_ = nlohmann::json::object();
    nlohmann::json told_ = nlohmann::json::array();
    std::int64_t clock_ = 1760000000000;
};

/// A map of three competences in two domains, of which a profile asks something of one.
inline EngineSession map_session() {
    EngineSession map(nlohmann::json{
        {"scales",
         {{{"id", "crcn:1.1"}, {"name", {{"fr", "1.1 Chercher"}, {"en", "1.1 Search"}}}, {"domain", "1"}},
          {{"id", "crcn:1.2"}, {"domain", "1"}, {"required_theta", -3.0}},
          {{"id", "crcn:4.1"}, {"domain", "4"}}}},
        {"map", {{"domains", {{{"id", "1"}}, {{"id", "4"}}}}}},
        {"stop", {{"max_items", 18}}}});
    map.play({"right", "wrong", "right"}, 40);
    return map;
}

/// Sessions of several plans and endings, and one with an appeal.
inline std::vector<EngineSession> engine_sessions() {
    std::vector<EngineSession> all;
    const nlohmann::json threshold{{"theta", 0}, {"confidence", 0.8}};
    EngineSession precise(nlohmann::json{{"stop", {{"standard_error", 0.6}}}});
    precise.play({"right", "wrong", "unknown", "right", "skipped", "timed_out"}, 40);
    all.push_back(precise);
    EngineSession above(nlohmann::json{{"stop", {{"max_items", 8}}}, {"threshold", threshold}});
    above.play({"right"}, 40);
    all.push_back(above);
    above.step({{{"type", "dropped"}, {"item", "q0"}, {"reason", "deleted"}}},
               false);  // never asked
    above.step({{{"type", "dropped"}, {"item", above.events()[3]["item"]}, {"reason", "appeal"}}}, false);
    above.step({{{"type", "dropped"}, {"item", above.events()[1]["item"]}, {"reason", "faulty"}}}, false);
    all.push_back(above);
    EngineSession below(nlohmann::json{{"stop", {{"max_items", 8}}}, {"threshold", threshold}});
    below.play({"wrong", "unknown"}, 40);
    all.push_back(below);
    EngineSession mended(nlohmann::json{{"stop", {{"max_items", 6}}}});
    mended.play({"right", "wrong"}, 3);
    mended.step({{{"type", "dropped"}, {"item", mended.events()[1]["item"]}, {"reason", "faulty"}}}, true);
    mended.play({"right"}, 40);
    all.push_back(mended);
    EngineSession left(nlohmann::json{{"stop", {{"max_items", 20}}}, {"estimation", {{"estimator", "ml"}}}});
    left.play({"right", "wrong"}, 3);
    left.step({{{"type", "paused"}}}, false);
    left.step({{{"type", "resumed"}}}, false);
    left.step({{{"type", "stopped"}, {"reason", "learner"}}}, false);
    all.push_back(left);
    EngineSession nothing(nlohmann::json{{"stop", {{"max_items", 20}}}});
    nothing.play({"skipped"}, 2);
    nothing.step({{{"type", "stopped"}, {"reason", "time"}}}, false);
    all.push_back(nothing);
    all.push_back(map_session());
    EngineSession corrected = map_session();
    corrected.step({{{"type", "dropped"}, {"item", corrected.events()[1]["item"]}, {"reason", "appeal"}}}, false);
    all.push_back(corrected);
    return all;
}

}  // namespace palier::test
