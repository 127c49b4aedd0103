// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/words.hpp"

#include <map>

namespace palier::delivery {
namespace {

struct Pair {
    std::string fr, en;
};

// Words for buttons and headings go to the page; those of `sentences` are used here.
const std::map<std::string, Pair>& buttons() {
    static const std::map<std::string, Pair> words = {
        {"begin", {"Commencer", "Begin"}},
        {"submit", {"Valider", "Submit my answer"}},
        {"unknown", {"Je ne sais pas", "I don’t know"}},
        {"pause", {"Faire une pause", "Pause"}},
        {"paused", {"En pause", "Paused"}},
        {"paused_text",
         {"Vos réponses sont gardées. Vous pouvez revenir plus tard.",
          "Your answers are kept. You can come back later."}},
        {"resume", {"Reprendre le test", "Take up the test again"}},
        {"stop", {"M’arrêter ici", "Stop here"}},
        {"stop_text",
         {"Votre résultat est établi avec les réponses données.", "Your result is made from the answers you gave."}},
        {"calm", {"Vous choisissez la suite", "You choose what comes next"}},
        {"calm_text",
         {"L’écran ne convient pas à tout le monde, et vos réponses sont utiles. Comment voulez-vous continuer ?",
          "Screens do not suit everybody, and you have given useful answers. How would you like to go on?"}},
        {"calm_continue", {"Continuer", "Go on"}},
        {"calm_continue_text", {"D’autres questions vous attendent.", "Other questions are waiting for you."}},
        {"calm_together", {"Continuer avec quelqu’un", "Go on with someone"}},
        {"calm_together_text",
         {"Le test se met en pause. Revenez avec une personne à vos côtés.",
          "The test pauses. Come back with a person beside you."}},
        {"calm_paper", {"Continuer sur papier", "Go on, on paper"}},
        {"calm_paper_text",
         {"Le test se met en pause. Demandez les questions sur papier à votre formateur.",
          "The test pauses. Ask your trainer for the questions on paper."}},
        {"understand", {"Comprendre ce résultat", "Understand this result"}},
        {"back_to_result", {"Retour au résultat", "Back to the result"}},
        {"again", {"Refaire le test", "Take the test again"}},
        {"loading", {"Un instant…", "One moment…"}},
        {"progress", {"Avancement", "Progress"}},
        {"question", {"Question {n}", "Question {n}"}},
        {"answer", {"Votre réponse", "Your answer"}},
        {"choose", {"Choisir…", "Choose…"}},
        {"position", {"Place {n}", "Place {n}"}},
        {"unit", {"Unité", "Unit"}},
        {"saving", {"Enregistrement…", "Saving…"}},
        {"saved", {"Réponse enregistrée", "Answer saved"}},
        {"not_saved",
         {"Pas encore enregistré. Gardez cette page ouverte : un nouvel essai suit.",
          "Not saved yet. Keep this page open: it will be tried again."}},
        {"retry", {"Réessayer", "Try again"}},
        {"result", {"Résultat", "Result"}},
        {"story", {"Parcours du test", "Story of the test"}},
        {"story_question", {"De quoi elle parlait", "What it was about"}},
        {"story_outcome", {"Votre réponse", "Your answer"}},
        {"story_why", {"Pourquoi elle est venue", "Why it came"}},
        {"story_change", {"Ce que la réponse a changé", "What the answer changed"}},
        {"you_can", {"Vous avez réussi", "You succeeded in"}},
        {"chart", {"À quel point chaque niveau est probable", "How likely each level is"}},
        {"level", {"Niveau", "Level"}},
        {"curve", {"Votre niveau après chaque question", "Your level after each question"}},
        {"in_words", {"En mots", "In words"}}};
    return words;
}

const std::map<std::string, Pair>& sentences() {
    static const std::map<std::string, Pair> words = {
        {"stale",
         {"Cette réponse était déjà enregistrée. Voici la question en cours.",
          "This answer was already saved. Here is the current question."}},
        {"stale_finished",
         {"Ce test est déjà terminé. Voici le résultat.", "This test is already finished. Here is the result."}},
        {"welcome_back",
         {"Bon retour. Voici la question où vous vous étiez arrêté.",
          "Welcome back. Here is the question where you stopped."}},
        {"remaining", {"À peu près {n} questions encore", "About {n} more questions"}},
        {"remaining_one", {"À peu près une question encore", "About one more question"}},
        {"purpose", {"À quoi cela sert", "What it is for"}},
        {"purpose_positioning",
         {"Ce test situe votre niveau, pour que la suite vous convienne.",
          "This test finds your level, so that what comes next suits you."}},
        {"purpose_practice",
         {"Ceci est un entraînement. Il montre où vous en êtes, et ne change rien d’autre.",
          "This is practice. It shows where you are, and changes nothing else."}},
        {"purpose_threshold",
         {"Ce test dit si votre niveau dépasse un seuil. Quand il ne peut pas le dire, il l’écrit.",
          "This test says whether your level is above a threshold. When it cannot tell, it says so."}},
        {"one_at_a_time",
         {"Les questions viennent une par une. Chacune dépend de vos réponses précédentes.",
          "The questions come one at a time. Each one depends on your answers before it."}},
        {"how_long", {"Combien de temps", "How long"}},
        {"duration",
         {"Environ {low} à {high} questions, {minutes} minutes. Vous pouvez vous arrêter et reprendre plus tard.",
          "About {low} to {high} questions, {minutes} minutes. You can stop and come back later."}},
        {"duration_one",
         {"Environ {high} questions, {minutes} minutes. Vous pouvez vous arrêter et reprendre plus tard.",
          "About {high} questions, {minutes} minutes. You can stop and come back later."}},
        {"up_to",
         {"Au plus {high} questions, {minutes} minutes. Vous pouvez vous arrêter et reprendre plus tard.",
          "At most {high} questions, {minutes} minutes. You can stop and come back later."}},
        {"if_unknown", {"Si vous ne savez pas", "If you do not know"}},
        {"if_unknown_text",
         {"« Je ne sais pas » est une vraie réponse. Elle aide à situer votre niveau.",
          "“I don’t know” is a real answer. It helps to find your level."}},
        {"who_sees", {"Qui voit quoi", "Who sees what"}},
        {"who_sees_course",
         {"Vous et vos formateurs voyez votre résultat et vos réponses.",
          "You and your trainers see your result and your answers."}},
        {"who_sees_sharing",
         {"Vous seul voyez votre résultat, tant que vous ne le partagez pas.",
          "You alone see your result, until you share it."}},
        {"too_few",
         {"Il y a trop peu de réponses pour dire votre niveau.", "There are too few answers to tell your level."}},
        {"my_level", {"Votre niveau : {level}", "Your level: {level}"}},
        {"level_of", {"{name} ({number} sur {last})", "{name} ({number} out of {last})"}},
        {"number_of", {"{number} sur {last}", "{number} out of {last}"}},
        {"my_measure",
         {"Votre résultat : {value} sur l’échelle du test", "Your result: {value} on the scale of the test"}},
        {"provisional",
         {"Provisoire : la difficulté des questions vient d’experts, pas encore de nombreuses réponses.",
          "Provisional: experts set how hard the questions are, not yet the answers of many people."}},
        {"stop_standard_error",
         {"Le test s’est arrêté parce que le résultat était assez sûr.",
          "The test stopped because the result was sure enough."}},
        {"stop_max_items",
         {"Le test s’est arrêté à son nombre maximal de questions.",
          "The test stopped at its greatest number of questions."}},
        {"stop_bank_exhausted",
         {"Le test s’est arrêté car il n’avait plus d’autre question pour vous.",
          "The test stopped because it had no other question for you."}},
        {"stop_no_information",
         {"Le test s’est arrêté car ses autres questions n’auraient rien appris de plus.",
          "The test stopped because its other questions would not have told more."}},
        {"stop_classified",
         {"Le test s’est arrêté parce que sa réponse était assez sûre.",
          "The test stopped because its answer was sure enough."}},
        {"stop_floor",
         {"Le test s’est arrêté parce que la réponse sur le socle était assez sûre.",
          "The test stopped because the answer about the basic level was sure enough."}},
        {"stop_interval_width",
         {"Le test s’est arrêté parce que le résultat était assez sûr.",
          "The test stopped because the result was sure enough."}},
        {"stop_length",
         {"Le test s’est arrêté après son nombre prévu de questions.",
          "The test stopped after its planned number of questions."}},
        {"stop_standard_error_plateau",
         {"Le test s’est arrêté car d’autres questions n’auraient guère rendu le résultat plus sûr.",
          "The test stopped because more questions would hardly have made the result surer."}},
        {"stop_theta_change",
         {"Le test s’est arrêté parce que le résultat ne changeait plus.",
          "The test stopped because the result no longer changed."}},
        {"stop_time_limit",
         {"Le test s’est arrêté parce que le temps pour répondre était écoulé.",
          "The test stopped because the time for answers was up."}},
        {"stop_learner",
         {"Le test s’est arrêté parce que vous l’avez choisi.", "The test stopped because you chose to."}},
        {"stop_time", {"Le test s’est arrêté à sa fermeture.", "The test stopped because it closed."}},
        {"chart_level", {"Niveau {number} : {percent}\u00A0%", "Level {number}: {percent}%"}},
        {"story_intro",
         {"Une ligne par question : de quoi elle parlait, pourquoi elle est venue, ce que votre réponse a changé.",
          "One line for each question: what it was about, why it came, what your answer changed."}},
        {"outcome_answered", {"Répondu", "Answered"}},
        {"outcome_unknown", {"« Je ne sais pas »", "“I don’t know”"}},
        {"outcome_skipped", {"Passée", "Skipped"}},
        {"outcome_timed_out", {"Temps écoulé", "Out of time"}},
        {"outcome_dropped", {"Retirée, ne compte pas", "Withdrawn, does not count"}},
        {"curve_point",
         {"Après la question {n} : niveau {level}, entre {low} et {high}.",
          "After question {n}: level {level}, between {low} and {high}."}},
        {"invalid_no_answer",
         {"Choisissez ou écrivez une réponse. « Je ne sais pas » est aussi une réponse.",
          "Choose or write an answer. “I don’t know” is an answer too."}},
        {"invalid_incomplete", {"Cette réponse n’est pas encore complète.", "This answer is not complete yet."}},
        {"invalid_not_a_number", {"Écrivez un nombre, comme 12 ou 3,5.", "Write a number, such as 12 or 3.5."}},
        {"invalid_unit_not_expected",
         {"Écrivez le nombre seul, sans unité.", "Write the number alone, without a unit."}},
        {"invalid_unit_missing", {"Choisissez aussi une unité.", "Choose a unit too."}},
        {"invalid_thousands",
         {"Écrivez le nombre sans séparer les milliers.", "Write the number without a thousands separator."}},
        {"invalid_too_many", {"Choisissez une seule réponse.", "Choose one answer only."}},
        {"invalid_other",
         {"Cette réponse n’a pas pu être lue. Répondez de nouveau.",
          "This answer could not be read. Please answer again."}},
        {"invalid_too_long",
         {"Cette réponse est trop longue : au plus {most} caractères.",
          "This answer is too long: at most {most} characters."}}};
    return words;
}

}  // namespace

const std::string& word(const std::string& name, host::Language language) {
    const auto found = sentences().find(name);
    const Pair& pair = found == sentences().end() ? buttons().at(name) : found->second;
    return language == host::Language::fr ? pair.fr : pair.en;
}

std::string word(const std::string& name, host::Language language,
                 const std::vector<std::pair<std::string, std::string>>& values) {
    // One pass, so that a value is never read as a place.
    const std::string& from = word(name, language);
    std::string text;
    for (std::size_t i = 0; i < from.size();) {
        bool replaced = false;
        for (const auto& [key, value] : values) {
            if (from.compare(i, key.size() + 2, "{" + key + "}") != 0) continue;
            text += value;
            i += key.size() + 2;
            replaced = true;
            break;
        }
        if (!replaced) text += from[i++];
    }
    return text;
}

Json strings(host::Language language) {
    Json json = Json::object();
    for (const auto& [name, pair] : buttons()) json[name] = language == host::Language::fr ? pair.fr : pair.en;
    return json;
}

std::string invalid_sentence(formats::Reason reason, host::Language language) {
    switch (reason) {
        case formats::Reason::no_answer:
            return word("invalid_no_answer", language);
        case formats::Reason::incomplete:
            return word("invalid_incomplete", language);
        case formats::Reason::not_a_number:
            return word("invalid_not_a_number", language);
        case formats::Reason::unit_not_expected:
            return word("invalid_unit_not_expected", language);
        case formats::Reason::unit_missing:
            return word("invalid_unit_missing", language);
        case formats::Reason::thousands_separator:
            return word("invalid_thousands", language);
        case formats::Reason::too_many_choices:
            return word("invalid_too_many", language);
        default:
            return word("invalid_other", language);
    }
}

std::string too_long_sentence(std::size_t most, host::Language language) {
    return word("invalid_too_long", language, {{"most", std::to_string(most)}});
}

}  // namespace palier::delivery
