// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>

#include "adapters/host/handles.hpp"
#include "adapters/host/result_words.hpp"
#include "adapters/host/story_sentences.hpp"

// The test as a story, one entry a question: what was known, why this question came, what the answer
// changed. Data for programs, sentences for the learner: levels and doubt, never theta.

namespace palier::host {
namespace {

constexpr std::size_t told_candidates = 10;

// What was taken out for good, then what each stage of this decision took out.
Json removed_json(const palier::Session& then, const std::vector<StageTrace>& stages) {
    std::map<std::string, Json> groups;
    for (int i = 0; i < then.bank().size(); ++i) {
        if (then.removal(i) == Removal::none) continue;
        Json& list = groups[name(then.removal(i))];
        list.push_back(then.bank()[i].id);
    }
    Json removed = Json::array();
    for (auto& [rule, items] : groups) {
        const std::size_t count = items.size();
        removed.push_back({{"rule", rule}, {"count", count}, {"items", std::move(items)}});
    }
    for (const StageTrace& stage : stages) {
        if (stage.removed.empty()) continue;
        Json items = Json::array();
        for (const int item : stage.removed) items.push_back(then.bank()[item].id);
        removed.push_back({{"rule", stage.rule}, {"count", stage.removed.size()}, {"items", std::move(items)}});
    }
    return removed;
}

// By how much the chosen item is better than the next best (worse than the best, where it was drawn), whatever
// way round the criterion counts.
double better_by(const Decision& decision, double value, const std::string& item, const palier::Bank& bank) {
    const auto& list = decision.candidates;
    const double other = list[bank[list[0].item].id == item ? 1 : 0].value;
    return list.front().value < list.back().value ? other - value : value - other;
}

// How many items no rule has removed.
std::size_t candidates_of(const palier::Session& then) {
    std::size_t count = 0;
    for (int i = 0; i < then.bank().size(); ++i) count += then.removal(i) == Removal::none ? 1 : 0;
    return count;
}

}  // namespace

Json story_json(const palier::Session& session, const std::string& language_name, Reader reader) {
    const StorySentences sentences{session, language_named(language_name)};
    const auto bank = std::shared_ptr<const palier::Bank>(&session.bank(), [](const palier::Bank*) {});
    const auto plan = std::shared_ptr<const palier::Plan>(&session.plan(), [](const palier::Plan*) {});
    const auto& events = session.log().events;
    palier::Session then(bank, plan, session.log().seed, events[0]);
    Json steps = Json::array();
    Json entry;
    Estimate before{};
    const Item* previous = nullptr;
    std::optional<AbilityEstimate> scales_before;
    std::vector<int> asked_before;
    Decision decided;
    // Of several scales: what is known of each before and after.
    const auto tell_scales = [&](const Step& step, const palier::Session& now) {
        const AbilityEstimate& after = step.dropped ? *scales_before : now.map()->estimate();
        entry["changed"] = sentences.changed_map(step, *scales_before, after);
        const auto own = static_cast<std::size_t>(now.map()->own_scale(step.item));
        entry["told"] = sentences.told_map(now, step, decided, asked_before[own], *scales_before, after);
        entry["scale"] = plan->scales[own].id;
        entry["scales"] = Json::array();
        for (int s = 0; s < now.map()->scales(); ++s) {
            const auto k = static_cast<std::size_t>(s);
            entry["scales"].push_back({{"id", plan->scales[k].id},
                                       {"before", {{"theta", scales_before->theta[k]}, {"se", scales_before->se(s)}}},
                                       {"after", {{"theta", after.theta[k]}, {"se", after.se(s)}}}});
        }
    };
    std::string reason;
    bool first = true;
    for (std::size_t i = 1; i < events.size(); ++i) {
        const Event& event = events[i];
        if (event.type == EventType::asked) {
            const Decision decision = then.decide(std::max<std::size_t>(told_candidates, 2));
            const Item& item = session.bank()[session.bank().find(event.item)];
            const bool as_decided = decision.next && session.bank()[*decision.next].id == event.item;
            before = then.estimate();
            if (then.map()) {
                scales_before = then.map()->estimate();
                asked_before.clear();
                for (int s = 0; s < then.map()->scales(); ++s) asked_before.push_back(then.map()->asked(s));
            }
            Json candidates = Json::array();
            Json value = nullptr;
            for (const Candidate& c : decision.candidates) {
                candidates.push_back({{"item", session.bank()[c.item].id}, {"value", c.value}});
                if (session.bank()[c.item].id == event.item) value = c.value;
            }
            Json margin = nullptr;
            if (as_decided && decision.candidates.size() > 1 && value.is_number())
                margin = better_by(decision, value.get<double>(), event.item, session.bank());
            const std::size_t possible = candidates_of(then);
            Json removed = removed_json(then, decision.stages);
            std::string choice = sentences.choice(possible, removed);
            entry = {{"n", steps.size() + 1},
                     {"item", event.item},
                     {"label", item.label},
                     {"before", sentences.known(before)},
                     {"candidates", std::move(candidates)},
                     {"possible", possible},
                     {"removed", std::move(removed)},
                     {"choice", std::move(choice)},
                     {"chosen",
                      {{"rule", as_decided ? decision.rule : std::string_view("recorded")},
                       {"value", value},
                       {"margin", margin},
                       {"drawn_among", as_decided ? decision.drawn_among : 1}}},
                     {"why", sentences.why(then, decision, item, steps.empty(), previous)}};
            reason = sentences.reason(then, decision, item, steps.empty(), previous);
            first = then.evidence().observations().empty();
            previous = &item;
            decided = decision;
        }
        then.append(event);
        if (is_outcome(event.type)) {
            const auto& final_steps = session.outcomes();
            const std::size_t place = then.outcomes().size() - 1;
            // What an answer changed is told by the mark it had then.
            Step step = then.outcomes()[place];
            step.dropped = final_steps[place].dropped;
            const Estimate& after = step.dropped ? before : then.estimate();
            entry["after"] = sentences.known(after);
            entry["outcome"] = sentences.outcome(final_steps[place]);
            entry["changed"] = sentences.changed(step, before, after);
            entry["told"] = sentences.told(reason, step, before, after, first);
            if (then.map()) tell_scales(step, then);
            if (!step.dropped && step.category != final_steps[place].category)
                entry["told"] = entry["told"].get<std::string>() + " " + sentences.told_rescored(final_steps[place]);
            steps.push_back(std::move(entry));
        }
    }
    const ResultWords told = result_words(state_json(session), sentences.language, reader);
    Json stop = nullptr;
    if (!session.stop().empty())
        stop = {{"reason", session.stop()},
                {"why", words::stop_sentence(session.stop(), sentences.language, reader == Reader::other)}};
    return {{"language", code_of(sentences.language)},
            {"steps", std::move(steps)},
            {"stop", std::move(stop)},
            {"known", told.known},
            {"summary", told.summary()}};
}

}  // namespace palier::host
