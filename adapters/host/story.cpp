// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <map>

#include "adapters/host/content.hpp"
#include "adapters/host/words.hpp"
#include "engine/levels/levels.hpp"

// The test as a story, one entry a question: what was known, why this question came, what the answer
// changed. Data for programs, sentences for the learner: levels and doubt, never theta.

namespace palier::host {
namespace {

constexpr std::size_t told_candidates = 10;

struct Teller {
    const palier::Session& session;
    Language language;

    const palier::Plan& plan() const { return session.plan(); }
    const palier::Bank& bank() const { return session.bank(); }
    std::string say(const std::string& fr, const std::string& en) const { return language == Language::fr ? fr : en; }

    Json level(double theta) const {
        return plan().levels ? Json(decimal_level(*plan().levels, theta)) : Json(nullptr);
    }

    Json known(const Estimate& e) const { return {{"theta", e.theta}, {"se", e.se}, {"level", level(e.theta)}}; }

    // "3 et 4": the levels on either side of the cut nearest to where the item tells most.
    std::pair<int, int> parted_levels(const Item& item) const {
        const Levels& levels = *plan().levels;
        int nearest = 0;
        for (int i = 1; i < static_cast<int>(levels.cuts.size()); ++i)
            if (std::fabs(cut(levels, i) - difficulty(item.parameters)) < std::fabs(cut(levels, nearest) - difficulty(item.parameters)))
                nearest = i;
        return {levels.first + nearest, levels.first + nearest + 1};
    }

    std::string why(const palier::Session& then, const Decision& decision, const Item& item, bool first,
                    const Item* before) const {
        if (decision.rule == "items")
            return say("Cette question ouvre le test : chacun la reçoit.", "This question opens the test: everyone gets it.");
        if (decision.rule == "pretest")
            return say("Cette question est à l'essai : elle ne compte pas.", "This question is being tried out: it does not count.");
        if (decision.rule == "random")
            return say("Cette question a été tirée au hasard.", "This question was drawn at random.");
        std::string text;
        if (plan().levels) {
            const std::string near = std::to_string(level_at(*plan().levels, decision.target));
            const auto [low, high] = parted_levels(item);
            const std::string parts_fr = "cette question départage " + std::to_string(low) + " et " + std::to_string(high) + ".";
            const std::string parts_en = "this question tells " + std::to_string(low) + " from " + std::to_string(high) + ".";
            text = first || then.n() == 0
                       ? say("Parce que le test commence près du niveau " + near + " et que " + parts_fr,
                             "Because the test begins near level " + near + " and " + parts_en)
                       : say("Parce que votre niveau semblait proche de " + near + " et que " + parts_fr,
                             "Because your level seemed close to " + near + " and " + parts_en);
        } else if (first || !before) {
            text = say("Pour commencer, une question ni trop facile ni trop difficile.",
                       "To begin with, a question neither too easy nor too hard.");
        } else if (difficulty(item.parameters) > difficulty(before->parameters)) {
            text = say("Une question plus difficile que la précédente : c'est celle qui apprenait le plus à ce moment.",
                       "A harder question than the one before: it could tell the most at that moment.");
        } else if (difficulty(item.parameters) < difficulty(before->parameters)) {
            text = say("Une question plus facile que la précédente : c'est celle qui apprenait le plus à ce moment.",
                       "An easier question than the one before: it could tell the most at that moment.");
        } else {
            text = say("Une question aussi difficile que la précédente : c'est celle qui apprenait le plus à ce moment.",
                       "A question as hard as the one before: it could tell the most at that moment.");
        }
        if (decision.drawn_among > 1) {
            const std::string n = std::to_string(decision.drawn_among);
            text += say(" Elle a été tirée au hasard parmi les " + n + " plus utiles.",
                        " It was drawn at random among the " + n + " most useful.");
        }
        return text;
    }

    std::string changed(const Step& step, const Estimate& before, const Estimate& after) const {
        if (step.dropped)
            return say("Cette question a été retirée : elle ne compte plus.", "This question was withdrawn: it no longer counts.");
        if (step.pretest)
            return say("Rien : cette question est à l'essai.", "Nothing: this question is being tried out.");
        if (!step.category)
            return say("Rien : une question passée ne compte pas.", "Nothing: a question passed over does not count.");
        const double ratio = after.se / before.se;
        const std::string doubt = !(std::isfinite(before.se)) || ratio < 0.995
                                      ? say("le doute a diminué", "the doubt has shrunk")
                                  : ratio > 1.005 ? say("le doute a augmenté", "the doubt has grown")
                                                  : say("le doute n'a guère changé", "the doubt has hardly changed");
        if (plan().levels) {
            const auto number = [&](const Estimate& e) { return decimal(decimal_level(*plan().levels, e.theta), 1, language); };
            return say("Niveau estimé : ", "Estimated level: ") + number(before) + " → " + number(after) +
                   say(", et ", ", and ") + doubt + ".";
        }
        const double move = after.theta - before.theta;
        const std::string direction = move > 0.005   ? say("L'estimation est montée", "The estimate has gone up")
                                      : move < -0.005 ? say("L'estimation est descendue", "The estimate has gone down")
                                                      : say("L'estimation n'a guère changé", "The estimate has hardly changed");
        return direction + say(", et ", ", and ") + doubt + ".";
    }

    std::string stop_reason(const std::string& reason) const {
        if (reason == "standard_error")
            return say("Le test s'est arrêté parce que la marge était assez petite.", "The test stopped because the margin was small enough.");
        if (reason == "max_items")
            return say("Le test s'est arrêté parce qu'il avait atteint sa longueur maximale.", "The test stopped because it had reached its greatest length.");
        if (reason == "bank_exhausted")
            return say("Le test s'est arrêté parce qu'il n'y avait plus de question.", "The test stopped because no question was left.");
        if (reason == "no_information")
            return say("Le test s'est arrêté parce qu'aucune question restante n'aurait appris davantage.", "The test stopped because no remaining question could tell more.");
        if (reason == "learner") return say("Vous avez choisi d'arrêter le test.", "You chose to stop the test.");
        return say("Le temps prévu était écoulé.", "The time was up.");
    }

    std::string summary() const {
        const Estimate& e = session.estimate();
        const std::string n = std::to_string(session.n());
        const std::string questions = session.n() == 1 ? "1 question" : n + " questions";
        if (std::none_of(session.steps().begin(), session.steps().end(), [](const Step& s) { return !s.dropped && s.category; }))
            return say("Pas encore de niveau : aucune réponse ne compte.", "No level yet: no answer counts.");
        std::string text;
        if (plan().levels) {
            const Levels& levels = *plan().levels;
            const int number = level_at(levels, e.theta);
            const int last = levels.first + static_cast<int>(levels.cuts.size());
            const Interval range = interval(plan().estimation, e.theta, e.se, plan().interval);
            const std::string low = std::to_string(level_at(levels, range.low));
            const std::string high = std::to_string(level_at(levels, range.high));
            const std::string of = std::to_string(number) + say(" sur ", " of ") + std::to_string(last);
            const std::string name =
                levels.names.empty() ? "" : text_of(levels.names[static_cast<std::size_t>(number - levels.first)], language);
            text = say("Votre niveau : ", "Your level: ") + (name.empty() ? of : name + " (" + of + ")") + ". " +
                   chances(plan().interval, language) +
                   (low == high ? say(" qu'il soit ", " that it is ") + low + "."
                                : say(" qu'il soit entre ", " that it is between ") + low + say(" et ", " and ") + high + ".");
        } else {
            text = say("L'estimation repose sur " + questions + ".", "The estimate rests on " + questions + ".");
        }
        if (session.provisional())
            text += say(" Provisoire : la difficulté des questions n'est pas encore bien connue.",
                        " Provisional: the difficulty of the questions is not yet well known.");
        return text;
    }
};

// What was taken out for good, then what each stage of this decision took out.
Json removed_json(const palier::Session& then, const std::vector<StageTrace>& stages) {
    std::map<std::string, Json> groups;
    for (int i = 0; i < then.bank().size(); ++i) {
        if (then.removal(i) == Removal::none) continue;
        Json& list = groups[name(then.removal(i))];
        list.push_back(then.bank()[i].id);
    }
    Json removed = Json::array();
    for (auto& [rule, items] : groups) removed.push_back({{"rule", rule}, {"items", std::move(items)}});
    for (const StageTrace& stage : stages) {
        if (stage.removed.empty()) continue;
        Json items = Json::array();
        for (const int item : stage.removed) items.push_back(then.bank()[item].id);
        removed.push_back({{"rule", stage.rule}, {"items", std::move(items)}});
    }
    return removed;
}

}  // namespace

Json story_json(const palier::Session& session, const std::string& language_name) {
    const Teller teller{session, language_named(language_name)};
    const auto bank = std::shared_ptr<const palier::Bank>(&session.bank(), [](const palier::Bank*) {});
    const auto plan = std::shared_ptr<const palier::Plan>(&session.plan(), [](const palier::Plan*) {});
    const auto& events = session.log().events;
    palier::Session then(bank, plan, session.log().seed, events[0]);
    Json steps = Json::array();
    Json entry;
    Estimate before{};
    const Item* previous = nullptr;
    for (std::size_t i = 1; i < events.size(); ++i) {
        const Event& event = events[i];
        if (event.type == EventType::asked) {
            const Decision decision = then.decide(std::max<std::size_t>(told_candidates, 2));
            const Item& item = session.bank()[session.bank().find(event.item)];
            const bool as_decided = decision.next && session.bank()[*decision.next].id == event.item;
            before = then.estimate();
            Json candidates = Json::array();
            Json value = nullptr;
            for (const Candidate& c : decision.candidates) {
                candidates.push_back({{"item", session.bank()[c.item].id}, {"value", c.value}});
                if (session.bank()[c.item].id == event.item) value = c.value;
            }
            Json margin = nullptr;
            if (as_decided && decision.candidates.size() > 1 && value.is_number())
                margin = std::fabs(value.get<double>() - decision.candidates[session.bank()[decision.candidates[0].item].id == event.item ? 1 : 0].value);
            entry = {{"n", steps.size() + 1},
                     {"item", event.item},
                     {"label", item.label},
                     {"before", teller.known(before)},
                     {"candidates", std::move(candidates)},
                     {"removed", removed_json(then, decision.stages)},
                     {"chosen",
                      {{"rule", as_decided ? decision.rule : std::string_view("recorded")},
                       {"value", value},
                       {"margin", margin},
                       {"drawn_among", as_decided ? decision.drawn_among : 1}}},
                     {"why", teller.why(then, decision, item, steps.empty(), previous)}};
            previous = &item;
        }
        then.append(event);
        if (is_outcome(event.type)) {
            const auto& final_steps = session.steps();
            const Step& step = final_steps[then.steps().size() - 1];
            const Estimate& after = step.dropped ? before : then.estimate();
            entry["after"] = teller.known(after);
            entry["changed"] = teller.changed(step, before, after);
            steps.push_back(std::move(entry));
        }
    }
    Json stop = nullptr;
    if (!session.stop().empty()) stop = {{"reason", session.stop()}, {"why", teller.stop_reason(session.stop())}};
    return {{"language", teller.language == Language::fr ? "fr" : "en"},
            {"steps", std::move(steps)},
            {"stop", std::move(stop)},
            {"summary", teller.summary()}};
}

}  // namespace palier::host
