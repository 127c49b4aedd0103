// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/teller.hpp"

#include <algorithm>
#include <cmath>

#include "engine/classification/classification.hpp"
#include "engine/levels/levels.hpp"

namespace palier::host {
namespace {

struct Sentence {
    const char* name;
    const char* fr;
    const char* en;
};

// One a reason of the engine and of the hosts.
constexpr Sentence stops[] = {
    {"standard_error", "Le test s'est arrêté parce que la marge était assez petite.",
     "The test stopped because the margin was small enough."},
    {"interval_width", "Le test s'est arrêté parce que la marge était assez petite.",
     "The test stopped because the margin was small enough."},
    {"standard_error_plateau", "Le test s'est arrêté parce que d'autres questions n'auraient guère réduit la marge.",
     "The test stopped because more questions would hardly have narrowed the margin."},
    {"theta_change", "Le test s'est arrêté parce que l'estimation ne bougeait plus.",
     "The test stopped because the estimate no longer moved."},
    {"classified", "Le test s'est arrêté parce que la réponse était assez sûre.",
     "The test stopped because the answer was sure enough."},
    {"floor", "Le test s'est arrêté parce que la réponse sur le socle était assez sûre.",
     "The test stopped because the answer about the basic level was sure enough."},
    {"length", "Le test s'est arrêté après le nombre de questions prévu.",
     "The test stopped after the planned number of questions."},
    {"max_items", "Le test s'est arrêté parce qu'il avait atteint sa longueur maximale.",
     "The test stopped because it had reached its greatest length."},
    {"bank_exhausted", "Le test s'est arrêté parce qu'il n'y avait plus de question.",
     "The test stopped because no question was left."},
    {"no_information", "Le test s'est arrêté parce qu'aucune question restante n'aurait appris davantage.",
     "The test stopped because no remaining question could tell more."},
    {"time_limit", "Le test s'est arrêté parce que le temps prévu pour répondre était écoulé.",
     "The test stopped because the time for answers was up."},
    {"learner", "Vous avez choisi d'arrêter le test.", "You chose to stop the test."},
    {"time", "Le temps prévu était écoulé.", "The time was up."},
};

// Why a question is best by a criterion, where that is not how much it tells at the estimate.
constexpr Sentence criteria[] = {
    {"b_match", "Sa difficulté est la plus proche de votre niveau estimé.",
     "Its difficulty is the closest to your estimated level."},
    {"optimal_theta", "C'est à votre niveau estimé qu'elle apprend le plus.",
     "It tells the most at your estimated level."},
    {"a_stratified", "Les questions les plus fines sont gardées pour la suite.",
     "The finest questions are kept for later."},
    {"mepv", "C'est celle qui devait le plus réduire le doute.", "It was expected to shrink the doubt the most."},
    {"mepv_predictive", "C'est celle qui devait le plus réduire le doute.",
     "It was expected to shrink the doubt the most."},
    {"target_information", "Elle complète au mieux ce que le test doit apprendre.",
     "It best completes what the test has to tell."},
};

// What a rule of removal says of the questions that it leaves out: after a number.
constexpr Sentence removals[] = {
    {"asked", "déjà posées", "asked already"},
    {"dropped", "retirées", "withdrawn"},
    {"enemies", "trop proches d'une question posée", "too close to one asked"},
    {"scale", "d'un autre sujet", "about another subject"},
    {"status", "qui ne sont pas prêtes", "not ready"},
    {"pretest", "à l'essai", "on trial"},
    {"excluded", "qui ne conviennent pas ici", "not fit for use here"},
    {"seen", "vues lors d'un test précédent", "seen in an earlier test"},
    {"maximum_rate", "déjà posées à beaucoup de personnes", "asked to many people already"},
    {"eligibility", "gardées pour d'autres personnes", "kept for other people"},
    {"sympson_hetter", "gardées pour d'autres personnes", "kept for other people"},
    {"item_sets", "d'un autre groupe de questions", "of another group of questions"},
    {"kingsbury_zara", "d'un autre thème, pour l'équilibre du test", "on another theme, for the balance of the test"},
    {"multinomial", "d'un autre thème, pour l'équilibre du test", "on another theme, for the balance of the test"},
    {"look_ahead", "mises de côté pour l'équilibre du test", "set aside for the balance of the test"},
    {"shadow", "mises de côté pour l'équilibre du test", "set aside for the balance of the test"},
};

}  // namespace

Json Teller::known(const Estimate& e) const {
    const Told told = told_of(plan(), e);
    const Json level = told.decimal_level ? Json(*told.decimal_level) : Json(nullptr);
    return {{"theta", e.theta}, {"se", e.se}, {"level", level}};
}

// "3 et 4": the levels on either side of the cut nearest to where the item tells most.
std::pair<int, int> Teller::parted_levels(const Item& item) const {
    const Levels& levels = *plan().levels;
    const double at = difficulty(item.parameters);
    int nearest = 0;
    for (int i = 1; i < static_cast<int>(levels.cuts.size()); ++i)
        if (std::fabs(cut(levels, i) - at) < std::fabs(cut(levels, nearest) - at)) nearest = i;
    return {levels.first + nearest, levels.first + nearest + 1};
}

// "Your level seemed close to 3 and this question tells 3 from 4."
std::string Teller::where_it_lies(const palier::Session& then, const Decision& decision, const Item& item,
                                  bool first) const {
    const std::string near = std::to_string(level_at(*plan().levels, decision.target));
    const auto [low, high] = parted_levels(item);
    const std::string parts_fr =
        "cette question départage " + std::to_string(low) + " et " + std::to_string(high) + ".";
    const std::string parts_en = "this question tells " + std::to_string(low) + " from " + std::to_string(high) + ".";
    return first || then.n() == 0 ? say("Parce que le test commence près du niveau " + near + " et que " + parts_fr,
                                        "Because the test begins near level " + near + " and " + parts_en)
                                  : say("Parce que votre niveau semblait proche de " + near + " et que " + parts_fr,
                                        "Because your level seemed close to " + near + " and " + parts_en);
}

// The question beside the one before it.
std::string Teller::compared(const Item& item, const Item* before, bool first) const {
    if (first || !before)
        return say("Pour commencer, une question ni trop facile ni trop difficile.",
                   "To begin with, a question neither too easy nor too hard.");
    const double harder = difficulty(item.parameters) - difficulty(before->parameters);
    if (harder > 0)
        return say("Une question plus difficile que la précédente : c'est celle qui apprenait le plus à ce moment.",
                   "A harder question than the one before: it could tell the most at that moment.");
    if (harder < 0)
        return say("Une question plus facile que la précédente : c'est celle qui apprenait le plus à ce moment.",
                   "An easier question than the one before: it could tell the most at that moment.");
    return say("Une question aussi difficile que la précédente : c'est celle qui apprenait le plus à ce moment.",
               "A question as hard as the one before: it could tell the most at that moment.");
}

std::string Teller::why(const palier::Session& then, const Decision& decision, const Item& item, bool first,
                        const Item* before) const {
    if (decision.rule == "items")
        return say("Cette question ouvre le test : chacun la reçoit.",
                   "This question opens the test: everyone gets it.");
    if (decision.rule == "pretest")
        return say("Cette question est à l'essai : elle ne compte pas.",
                   "This question is being tried out: it does not count.");
    if (decision.rule == "random")
        return say("Cette question a été tirée au hasard.", "This question was drawn at random.");
    std::string text = plan().floor && plan().floor->halfway
                           ? say("Parce qu'elle aide à savoir si le socle est atteint.",
                                 "Because it helps to tell whether the basic level is reached.")
                       : plan().levels ? where_it_lies(then, decision, item, first)
                                       : compared(item, before, first);
    for (const Sentence& criterion : criteria)
        if (decision.rule == criterion.name) text += std::string(" ") + say(criterion.fr, criterion.en);
    if (decision.drawn_among > 1) {
        const std::string n = std::to_string(decision.drawn_among);
        text += say(" Elle a été tirée au hasard parmi les " + n + " plus utiles.",
                    " It was drawn at random among the " + n + " most useful.");
    }
    return text;
}

std::string Teller::changed(const Step& step, const Estimate& before, const Estimate& after) const {
    if (step.dropped)
        return say("Cette question a été retirée : elle ne compte plus.",
                   "This question was withdrawn: it no longer counts.");
    if (step.pretest) return say("Rien : cette question est à l'essai.", "Nothing: this question is being tried out.");
    if (!step.category)
        return say("Rien : une question passée ne compte pas.", "Nothing: a question passed over does not count.");
    const double ratio = after.se / before.se;
    const std::string doubt = !(std::isfinite(before.se)) || ratio < 0.995
                                  ? say("le doute a diminué", "the doubt has shrunk")
                              : ratio > 1.005 ? say("le doute a augmenté", "the doubt has grown")
                                              : say("le doute n'a guère changé", "the doubt has hardly changed");
    if (plan().levels) {
        const auto number = [&](const Estimate& e) { return decimal(*told_of(plan(), e).decimal_level, 1, language); };
        return say("Niveau estimé : ", "Estimated level: ") + number(before) + " → " + number(after) +
               say(", et ", ", and ") + doubt + ".";
    }
    const double move = after.theta - before.theta;
    const std::string direction = move > 0.005 ? say("L'estimation est montée", "The estimate has gone up")
                                  : move < -0.005
                                      ? say("L'estimation est descendue", "The estimate has gone down")
                                      : say("L'estimation n'a guère changé", "The estimate has hardly changed");
    return direction + say(", et ", ", and ") + doubt + ".";
}

std::string stop_sentence(const std::string& reason, Language language) {
    for (const Sentence& stop : stops)
        if (reason == stop.name) return language == Language::fr ? stop.fr : stop.en;
    return language == Language::fr ? "Le test s'est arrêté." : "The test stopped.";
}

std::string Teller::choice(std::size_t candidates, const Json& removed) const {
    std::string text =
        std::to_string(candidates) + (candidates == 1 ? say(" question possible", " possible question")
                                                      : say(" questions possibles", " possible questions"));
    std::string left_out;
    for (const Json& group : removed) {
        const auto rule = group["rule"].get<std::string>();
        const auto words =
            std::find_if(std::begin(removals), std::end(removals), [&](const Sentence& s) { return rule == s.name; });
        if (words == std::end(removals)) continue;
        left_out += (left_out.empty() ? "" : ", ") + std::to_string(group["count"].get<int>()) + " " +
                    say(words->fr, words->en);
    }
    if (!left_out.empty()) text += say(" ; écartées : ", "; left out: ") + left_out;
    return text + ".";
}

// The level with its margin, or on how much the estimate rests.
std::string Teller::level_sentence() const {
    const ScaleResult& scale = found.scales.front();
    if (!plan().levels) {
        const std::string questions = std::to_string(found.n) + (found.n == 1 ? " question" : " questions");
        return say("L'estimation repose sur " + questions + ".", "The estimate rests on " + questions + ".");
    }
    const Levels& levels = *plan().levels;
    const int last = levels.first + static_cast<int>(levels.cuts.size());
    const std::string of = std::to_string(*scale.level) + say(" sur ", " of ") + std::to_string(last);
    const std::string name =
        levels.names.empty() ? ""
                             : text_of(levels.names[static_cast<std::size_t>(*scale.level - levels.first)], language);
    return say("Votre niveau : ", "Your level: ") + (name.empty() ? of : name + " (" + of + ")") + ". " +
           margin(plan().interval, std::to_string(scale.level_interval->first),
                  std::to_string(scale.level_interval->second), language);
}

// "the answers do not tell" is an answer.
std::vector<std::string> Teller::decisions() const {
    const auto& rules = plan().classification;
    std::vector<std::string> sentences;
    const auto threshold = [&](Side side) {
        sentences.push_back(side == Side::above ? say("Le seuil est atteint.", "The threshold is reached.")
                            : side == Side::below
                                ? say("Le seuil n'est pas encore atteint.", "The threshold is not reached yet.")
                                : say("Les réponses ne permettent pas de dire si le seuil est atteint.",
                                      "The answers do not tell whether the threshold is reached."));
    };
    if (found.decisions.threshold) threshold(found.decisions.threshold->side);
    // A classification by the threshold alone has been told.
    if (rules && !(plan().threshold && rules->cuts == std::vector<double>{plan().threshold->theta})) {
        const auto& category = found.decisions.classification->category;
        if (rules->cuts.size() == 1 && (rules->names.empty() || !category)) {
            threshold(!category ? Side::undecided : *category == rules->first + 1 ? Side::above : Side::below);
        } else if (!category) {
            sentences.push_back(say("Les réponses ne permettent pas encore de dire le groupe.",
                                    "The answers do not yet tell the group."));
        } else {
            const std::string name = text_of(found.decisions.classification->name, language);
            sentences.push_back(say("Groupe : ", "Group: ") + (name.empty() ? std::to_string(*category) : name) + ".");
        }
    }
    if (found.decisions.floor) {
        const Side side = found.decisions.floor->side;
        sentences.push_back(side == Side::above ? say("Le socle est atteint.", "The basic level is reached.")
                            : side == Side::below
                                ? say("Le socle n'est pas encore atteint : un accompagnement peut aider.",
                                      "The basic level is not reached yet: some support can help.")
                                : say("Les réponses ne permettent pas de dire si le socle est atteint.",
                                      "The answers do not tell whether the basic level is reached."));
    }
    return sentences;
}

std::string Teller::summary() const {
    if (!found.known)
        return say("Il y a trop peu de réponses pour dire votre niveau.",
                   "There are too few answers to tell your level.");
    std::string text = level_sentence();
    for (const std::string& sentence : decisions()) text += " " + sentence;
    if (found.provisional)
        text += say(" Provisoire : la difficulté des questions n'est pas encore bien connue.",
                    " Provisional: the difficulty of the questions is not yet well known.");
    return text;
}

}  // namespace palier::host
