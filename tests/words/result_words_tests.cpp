// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/calls/call.hpp"
#include "adapters/host/result_words.hpp"
#include "engine/errors.hpp"

namespace {

using namespace palier;
using host::Language;
using host::result_words;

/// A state as docs/host-calls.md shows it, with other members in the place of some.
Json state(const Json& other = Json::object()) {
    Json json = Json::parse(R"({
        "status": "stopped", "stop": "standard_error", "n": 12, "counted": 12, "least": 6, "known": true,
        "theta": 0.41, "se": 0.62, "provisional": false, "interval": {"probability": 0.8, "theta": [-0.38, 1.2]},
        "level": {"number": 3, "first": 0, "last": 8, "name": {"fr": "Indépendant", "en": "Independent"}},
        "level_interval": [2, 4], "p_level_at_least": [1, 1, 0.93, 0.66, 0.2, 0.05, 0, 0, 0],
        "threshold": null, "classification": null, "floor": null})");
    json.update(other);
    return json;
}

std::vector<std::string> decisions(const Json& other) { return result_words(state(other), Language::en).decisions; }

using Sentences = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_CASE(a_level_is_told_with_its_margin_and_why_the_test_stopped) {
    const auto fr = result_words(state(), Language::fr);
    BOOST_TEST(fr.known);
    BOOST_TEST(fr.headline == "Votre niveau\u00A0: Indépendant (3 sur 8)");
    BOOST_TEST(fr.level == "Indépendant (3 sur 8)");
    BOOST_TEST(fr.margin == "Huit chances sur dix qu’il soit entre 2 et 4.");
    BOOST_TEST(fr.stop == "Le test s’est arrêté parce que le résultat était assez sûr.");
    BOOST_TEST(fr.provisional == "");
    BOOST_TEST(fr.why_unknown == "");
    const auto en = result_words(state({{"provisional", true}}), Language::en);
    BOOST_TEST(en.summary() ==
               "Your level: Independent (3 out of 8). Eight chances in ten that it is between 2 and 4. Provisional: "
               "experts set how hard the questions are, not yet the answers of many people.");
    // 0.93 - 0.66, 0.66 - 0.2, 0.2 - 0.05, 0.05.
    BOOST_TEST(en.shares_text == "Level 1: 7%. Level 2: 27%. Level 3: 46%. Level 4: 15%. Level 5: 5%.");
    BOOST_TEST(en.shares.at(3).mine);
    BOOST_TEST(!en.shares.at(2).mine);
}

// "0 out of 8" would be read as a mark.
BOOST_AUTO_TEST_CASE(of_who_is_at_no_level_yet_no_number_is_told) {
    Json level = state()["level"];
    level["number"] = 0;
    level["name"] = {{"fr", "Premiers pas"}, {"en", "First steps"}};
    BOOST_TEST(result_words(state({{"level", level}}), Language::fr).headline == "Votre niveau : Premiers pas");
    level["name"] = nullptr;
    BOOST_TEST(result_words(state({{"level", level}}), Language::en).headline == "Your level: not level 1 yet");
    BOOST_TEST(result_words(state({{"level", level}}), Language::fr).headline ==
               "Votre niveau : pas encore le niveau 1");
}

// Levels that begin before 0: "not level 1 yet" would be all that six of them are told.
BOOST_AUTO_TEST_CASE(levels_below_0_have_their_numbers) {
    Json level = state()["level"];
    level["number"] = -1;
    level["first"] = -3;
    level["name"] = nullptr;
    const auto told = [&](Json interval) {
        return result_words(state({{"level", level}, {"level_interval", std::move(interval)}}), Language::en);
    };
    BOOST_TEST(told({-2, 0}).headline == "Your level: -1 out of 8");
    BOOST_TEST(told({-2, 0}).margin.ends_with("that it is between -2 and 0."), told({-2, 0}).margin);
    BOOST_TEST(told({-3, 0}).margin.ends_with("that it is at most 0."), told({-3, 0}).margin);
}

// The state's levels 3 and 4 have 0.66 - 0.05 = 0.61; 1 to 5 have all, 2 to 5 0.93, 2 to 4 0.88.
BOOST_AUTO_TEST_CASE(the_chances_said_are_those_of_the_bars) {
    const auto margin = [](int low, int high, Language language) {
        return result_words(state({{"level_interval", {low, high}}}), language).margin;
    };
    BOOST_TEST(margin(3, 4, Language::fr) == "Six chances sur dix qu’il soit entre 3 et 4.");
    BOOST_TEST(margin(2, 4, Language::fr) == "Huit chances sur dix qu’il soit entre 2 et 4.");
    BOOST_TEST(margin(2, 5, Language::en) == "Nine chances in ten that it is between 2 and 5.");
    BOOST_TEST(margin(1, 5, Language::fr) == "Plus de neuf chances sur dix qu’il soit entre 1 et 5.");
    BOOST_TEST(margin(0, 3, Language::fr).ends_with("chances sur dix qu’il soit au plus 3."));
    BOOST_TEST(margin(3, 3, Language::en) == "Four chances in ten that it is this level.");
    const Json sure = {{"level_interval", {3, 3}}, {"p_level_at_least", {1, 1, 1, 0.99, 0.02, 0, 0, 0, 0}}};
    BOOST_TEST(result_words(state(sure), Language::fr).margin == "Plus de neuf chances sur dix que ce soit ce niveau.");
    // Without bars the plan's probability is all that is known.
    const Json none = {{"p_level_at_least", nullptr}};
    BOOST_TEST(result_words(state(none), Language::fr).margin == "Huit chances sur dix qu’il soit entre 2 et 4.");
}

BOOST_AUTO_TEST_CASE(what_one_can_do_is_the_level_s_description_the_answers_and_what_is_next) {
    BOOST_TEST((result_words(state(), Language::fr).you_can == Sentences{}));
    Json level = state()["level"];
    level["description"] = {{"fr", "On sait ranger ses fichiers."}, {"en", "People sort their files."}};
    level["next"] = "On sait aider les autres.";
    const Json told = {{"level", level}, {"achieved", {"Trier", "Chercher"}}};
    BOOST_TEST((result_words(state(told), Language::fr).you_can ==
                Sentences{"On sait ranger ses fichiers.",
                          "Parmi les réussites les plus difficiles\u00A0: «\u00A0Trier\u00A0», «\u00A0Chercher\u00A0».",
                          "Au niveau 4\u00A0: On sait aider les autres."}));
    BOOST_TEST((result_words(state({{"achieved", {"Sort"}}}), Language::en).you_can ==
                Sentences{"Among the hardest successes: “Sort”."}));
    BOOST_TEST(
        (result_words(state({{"achieved", Json::array()}, {"begin_with", {"Click", "Sort"}}}), Language::en).you_can ==
         Sentences{"The answers show where to begin: “Click”, “Sort”."}));
}

BOOST_AUTO_TEST_CASE(somebody_else_is_told_of_the_learner) {
    const auto of = [](const Json& other) { return result_words(state(other), Language::fr, host::Reader::other); };
    BOOST_TEST(of(Json::object()).headline == "Niveau\u00A0: Indépendant (3 sur 8)");
    BOOST_TEST(of({{"level", nullptr}, {"level_interval", nullptr}}).headline ==
               "Résultat\u00A0: 0,4 sur l’échelle du test");
    BOOST_TEST(of({{"known", false}}).headline == "Il y a trop peu de réponses pour dire le niveau.");
    BOOST_TEST(of({{"stop", "learner"}}).stop == "Le test s’est arrêté parce que la personne a choisi d’arrêter.");
    const Json asked = {{"call", "words"}, {"lang", "fr"}, {"reader", "other"}, {"states", {state()}}};
    BOOST_TEST(Json::parse(calls::call(asked.dump()))["words"][0]["headline"] == of(Json::object()).headline);
}

BOOST_AUTO_TEST_CASE(a_threshold_that_begins_a_level_is_named) {
    const auto told = [](const char* side) {
        return decisions(
            {{"threshold", {{"theta", 0}, {"p_above", 0.664}, {"decision", side}, {"level", state()["level"]}}}});
    };
    BOOST_TEST((told("above") == Sentences{"The threshold, Independent (3 out of 8), is reached."}));
    BOOST_TEST((told("below") == Sentences{"The threshold, Independent (3 out of 8), is not reached yet."}));
    BOOST_TEST(
        (told("undecided") == Sentences{"The answers do not tell whether the threshold, Independent (3 out of 8), "
                                        "is reached: a 66% chance that it is."}));
}

BOOST_AUTO_TEST_CASE(without_levels_the_measure_is_told_in_the_readers_decimals) {
    const Json none = {{"level", nullptr}, {"level_interval", nullptr}, {"p_level_at_least", nullptr}};
    const auto fr = result_words(state(none), Language::fr);
    BOOST_TEST(fr.headline == "Votre résultat\u00A0: 0,4 sur l’échelle du test");
    BOOST_TEST(fr.margin == "Huit chances sur dix qu’il soit entre -0,4 et 1,2.");
    BOOST_TEST(fr.shares.empty());
}

BOOST_AUTO_TEST_CASE(too_few_answers_are_no_result_and_say_how_many_there_would_have_to_be) {
    const Json few = {{"known", false}, {"counted", 1}, {"level", nullptr}, {"level_interval", nullptr}};
    const auto en = result_words(state(few), Language::en);
    BOOST_TEST(!en.known);
    BOOST_TEST(en.headline == "There are too few answers to tell your level.");
    BOOST_TEST(en.why_unknown == "It takes at least 6 answers that count; there is 1.");
    BOOST_TEST(en.summary() == en.headline);
    BOOST_TEST(en.margin == "");
    BOOST_TEST(en.level == "");
    BOOST_TEST(en.stop == "The test stopped because the result was sure enough.");
    const Json none = {{"known", false}, {"counted", 0}, {"least", 1}};
    BOOST_TEST(result_words(state(none), Language::fr).why_unknown == "Aucune réponse ne compte.");
}

BOOST_AUTO_TEST_CASE(a_stored_state_of_version_0_1_0_has_no_known) {
    Json old = state();
    for (const char* key : {"known", "counted", "least"}) old.erase(key);
    BOOST_TEST(result_words(old, Language::en).known);
    old["n"] = 0;
    BOOST_TEST(!result_words(old, Language::en).known);
}

BOOST_AUTO_TEST_CASE(decisions_say_also_that_the_answers_do_not_tell) {
    const auto cut = [](double theta, const char* side) { return Json{{"theta", theta}, {"decision", side}}; };
    BOOST_TEST((decisions(Json::object()) == Sentences{}));
    BOOST_TEST((decisions({{"threshold", cut(0, "above")}}) == Sentences{"The threshold is reached."}));
    BOOST_TEST(decisions({{"floor", cut(-1, "below")}}) ==
               Sentences{"The basic level is not reached yet: some support can help."});
    // One cut at the threshold has been told; without a threshold it is one.
    const Json one = {{"cuts", {cut(0, "undecided")}}, {"category", nullptr}};
    const Sentences undecided{"The answers do not tell whether the threshold is reached."};
    BOOST_TEST(decisions({{"classification", one}}) == undecided);
    BOOST_TEST(decisions({{"classification", one}, {"threshold", cut(0, "undecided")}}) == undecided);
    Json two = {{"cuts", {cut(-1, "above"), cut(1, "undecided")}}, {"category", nullptr}};
    BOOST_TEST((decisions({{"classification", two}}) == Sentences{"The answers do not yet tell the group."}));
    two["category"] = {{"number", 1}, {"name", {{"fr", "À l’aise"}, {"en", "At ease"}}}};
    BOOST_TEST((decisions({{"classification", two}}) == Sentences{"Group: At ease."}));
    two["category"]["name"] = nullptr;
    BOOST_TEST((decisions({{"classification", two}}) == Sentences{"Group: 1."}));
}

BOOST_AUTO_TEST_CASE(no_margin_is_told_of_an_estimate_without_one) {
    BOOST_TEST(result_words(state({{"se", nullptr}}), Language::en).margin == "");
    BOOST_TEST(result_words(state({{"stop", nullptr}}), Language::en).stop == "");
}

BOOST_AUTO_TEST_CASE(a_state_from_anywhere_is_taken_as_far_as_it_is_one) {
    for (const char* key :
         {"theta", "se", "interval", "level", "level_interval", "p_level_at_least", "threshold", "classification",
          "floor", "stop", "known", "n", "counted", "least", "achieved", "begin_with"})
        for (const Json& wrong :
             {Json("x"), Json(1e300), Json({1, "x"}), Json({{"number", "x"}, {"name", {{"fr", 1}}}}), Json(true)})
            BOOST_CHECK_NO_THROW(result_words(state({{key, wrong}}), Language::fr).summary());
}

BOOST_AUTO_TEST_CASE(the_call_words_tells_each_state_in_its_order) {
    const Json asked = {{"call", "words"}, {"lang", "fr"}, {"states", {state(), state({{"known", false}})}}};
    const Json told = Json::parse(calls::call(asked.dump()))["words"];
    BOOST_REQUIRE_EQUAL(told.size(), 2U);
    BOOST_TEST(told[0] == host::to_json(result_words(state(), Language::fr)));
    BOOST_TEST(told[1]["known"] == false);
    BOOST_TEST(told[1]["margin"] == nullptr);
    BOOST_TEST(Json::parse(host::result_in_words(asked["states"].dump(), "fr"))["words"] == told);
    BOOST_CHECK_THROW(host::result_in_words("{}", "fr"), ArgumentError);
    BOOST_CHECK_THROW(host::result_in_words("[1]", "fr"), ArgumentError);
    BOOST_CHECK_THROW(host::result_in_words("[]", "de"), ArgumentError);
}
