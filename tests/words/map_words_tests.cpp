// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/host/map_words.hpp"
#include "adapters/host/result_words.hpp"

// A result of several competences in words: the states are written here as docs/host-calls.md shows them.

namespace {

using namespace palier;
using host::Language;
using host::map_words;
using host::Reader;

Json level(int number) {
    const char* names[] = {"Novice", "Novice", "Independent", "Independent", "Advanced"};
    return {{"number", number}, {"first", 0}, {"last", 4}, {"name", {{"fr", "N"}, {"en", names[number]}}}};
}

/// Levels 0 to 4. Of the first domain one competence is clear, one wide; of the second one is told by its domain;
/// nothing of the third was asked.
Json state() {
    const auto scale = [](const char* id, const char* domain, const char* state, int n, const Json& more) {
        Json json = {{"id", id},           {"name", {{"fr", std::string("C") + id}, {"en", std::string("C") + id}}},
                     {"state", state},     {"n", n},
                     {"domain", domain},   {"theta", 0.5},
                     {"interval", {0, 1}}, {"level", nullptr},
                     {"band", nullptr},    {"level_interval", nullptr},
                     {"required", nullptr}};
        json.update(more);
        return json;
    };
    const Json none = {{"theta", nullptr}, {"interval", nullptr}};
    const auto domain = [&](const char* id, const char* state, int n, const Json& more) {
        Json json = scale(id, "", state, n, more);
        json.erase("domain");
        json["kind"] = "domain";
        return json;
    };
    Json overall = domain("overall", "measured", 6, {{"level", level(2)}, {"level_interval", {2, 3}}});
    overall["kind"] = "overall";
    return {{"known", true},
            {"n", 6},
            {"theta", 0.5},
            {"se", 0.4},
            {"level", level(2)},
            {"level_interval", {2, 3}},
            {"levels", {{"first", 0}, {"last", 4}}},
            {"p_level_at_least", {1, 1, 0.95, 0.45, 0.1}},
            {"interval", {{"probability", 0.8}, {"theta", {0, 1}}}},
            {"scales",
             {scale("1.1", "1", "measured", 3,
                    {{"level", level(4)},
                     {"level_interval", {4, 4}},
                     {"required", {{"theta", 0}, {"p_reached", 0.9}, {"decision", "reached"}}}}),
              scale("1.2", "1", "measured", 1,
                    {{"level_interval", {1, 4}},
                     {"required", {{"theta", 0.4}, {"p_reached", 0.625}, {"decision", "undecided"}}}}),
              scale("2.1", "2", "measured", 2,
                    {{"band", {{"first", 0}, {"last", 1}, {"name", {{"fr", "Novice"}, {"en", "Novice"}}}}},
                     {"level_interval", {0, 1}}}),
              scale("2.2", "2", "reported_as_domain", 0, {{"level", level(1)}, {"level_interval", {1, 2}}}),
              scale("3.1", "3", "not_assessed", 0, none)}},
            {"composites",
             {domain("1", "measured", 4, {{"level", level(3)}, {"level_interval", {3, 4}}}),
              domain("2", "measured", 2, {{"level", level(1)}, {"level_interval", {1, 2}}}),
              domain("3", "not_assessed", 0, none), overall}}};
}

host::MapWords map_in(Language language, Reader reader = Reader::learner) {
    return map_words(state(), language, reader).value();
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_competence_is_told_by_its_level_its_band_or_between_levels) {
    const auto en = map_in(Language::en);
    BOOST_REQUIRE_EQUAL(en.domains.size(), 3);
    const auto& first = en.domains[0].scales;
    BOOST_TEST(first[0].text == "Advanced (4 out of 4), and that is sure enough");
    BOOST_TEST(first[0].questions == "3 questions");
    BOOST_TEST(first[0].required == "what is asked for is reached");
    BOOST_TEST(first[1].required ==
               "the answers do not tell whether what is asked for is reached (63 chances in a hundred)");
    BOOST_TEST(first[1].text == "between levels 1 and 4 out of 4");
    BOOST_TEST(first[1].questions == "1 question");
    BOOST_TEST(en.domains[1].scales[0].text == "Novice, level 1 at most");
    BOOST_TEST(en.domains[0].row->text == "Independent (3 out of 4), between 3 and 4");
    const auto fr = map_in(Language::fr);
    BOOST_TEST(fr.domains[0].scales[1].text == "entre les niveaux 1 et 4 sur 4");
    BOOST_TEST(fr.overall.text == "N (2 sur 4), entre 2 et 3");
}

BOOST_AUTO_TEST_CASE(what_was_not_assessed_is_written_so_and_has_no_bar) {
    const auto fr = map_in(Language::fr);
    for (const host::MapWords::Row& row : {*fr.domains[2].row, fr.domains[2].scales[0]}) {
        BOOST_TEST(row.state == "not_assessed");
        BOOST_TEST(row.text == "non évalué");
        BOOST_TEST(!row.bar);
        BOOST_TEST(row.questions == "");
    }
    BOOST_TEST(fr.reading.back() ==
               "«\u00A0Non évalué\u00A0»\u00A0: aucune question n’est venue sur ce domaine. Ce n’est pas un zéro.");
}

BOOST_AUTO_TEST_CASE(what_its_domain_tells_is_said_so_and_explained) {
    const auto en = map_in(Language::en);
    const auto& row = en.domains[1].scales[1];
    BOOST_TEST(row.text == "told by its domain: Novice (1 out of 4), between 1 and 2");
    BOOST_REQUIRE(row.bar.has_value());
    BOOST_TEST(row.bar->borrowed);
    const auto explains = [](const std::string& text) { return text.find("Told by its domain") != std::string::npos; };
    BOOST_TEST(std::any_of(en.reading.begin(), en.reading.end(), explains));
    Json all = state();
    all["scales"].erase(3);
    const auto without = map_words(all, Language::en, Reader::learner)->reading;
    BOOST_TEST(std::none_of(without.begin(), without.end(), explains));
}

// Five levels: a fifth of the axis each.
BOOST_AUTO_TEST_CASE(bars_are_the_levels_that_the_words_name) {
    const auto en = map_in(Language::en);
    const auto& sure = *en.domains[0].scales[0].bar;
    BOOST_TEST(sure.margin.from == 80);
    BOOST_TEST(sure.margin.to == 100);
    BOOST_TEST(sure.mark->from == 80);
    BOOST_TEST(sure.mark->to == 100);
    const auto& wide = *en.domains[0].scales[1].bar;
    BOOST_TEST(wide.margin.from == 20);
    BOOST_TEST(wide.margin.to == 100);
    BOOST_TEST(!wide.mark);
    BOOST_REQUIRE_EQUAL(en.ticks.size(), 5);
    BOOST_TEST(en.ticks[0].at == 10);
    BOOST_TEST(en.ticks[4].text == "4");
}

BOOST_AUTO_TEST_CASE(headline_margin_and_what_stands_apart_are_those_of_the_map) {
    const auto told = host::result_words(state(), Language::en);
    BOOST_TEST(told.headline == "Your overall level: Independent (2 out of 4)");
    // 0.95 - 0.10.
    BOOST_TEST(told.margin == "Eight chances in ten that it is between 2 and 3.");
    BOOST_TEST(told.you_can.at(0) == "Clearly above the whole: “C1.1”.");
    BOOST_TEST(told.you_can.at(1) == "To go further, begin here, clearly below the whole: “C2.1”.");
    BOOST_TEST(told.shares.empty());
    const auto other = host::result_words(state(), Language::fr, Reader::other);
    BOOST_TEST(other.headline == "Niveau d’ensemble\u00A0: N (2 sur 4)");
    Json wide = state();
    wide["level"] = nullptr;
    wide["level_interval"] = {0, 3};
    wide["composites"][3]["level"] = nullptr;
    wide["composites"][3]["level_interval"] = {0, 3};
    const auto unsure = host::result_words(wide, Language::fr);
    BOOST_TEST(unsure.headline == "Votre niveau d’ensemble\u00A0: au plus le niveau 3 sur 4");
    BOOST_TEST(unsure.margin == "Neuf chances sur dix qu’il soit au plus 3.");
}

BOOST_AUTO_TEST_CASE(without_levels_bars_and_words_are_of_the_measure) {
    Json json = state();
    json["levels"] = nullptr;
    for (const char* kind : {"scales", "composites"})
        for (Json& entry : json[kind]) entry["level"] = entry["level_interval"] = entry["band"] = nullptr;
    json["scales"][0]["interval"] = {-1, 3};
    const auto en = map_words(json, Language::en, Reader::learner).value();
    BOOST_TEST(en.ticks.empty());
    BOOST_TEST(en.domains[0].scales[1].text == "0.5 on the scale of the test, between 0.0 and 1.0");
    BOOST_TEST(en.domains[0].scales[1].bar->margin.from == 25);
    BOOST_TEST(en.domains[0].scales[1].bar->margin.to == 50);
    BOOST_TEST(en.domains[2].scales[0].text == "not assessed");
}

BOOST_AUTO_TEST_CASE(a_result_of_one_scale_or_none_has_no_map) {
    Json json = state();
    json["known"] = false;
    BOOST_TEST(!map_words(json, Language::en, Reader::learner));
    json = state();
    json.erase("composites");
    BOOST_TEST(!map_words(json, Language::en, Reader::learner));
    BOOST_TEST(host::to_json(host::result_words(json, Language::en))["map"].is_null());
}

BOOST_AUTO_TEST_CASE(what_is_the_same_of_all_is_said_once) {
    Json json = state();
    const Json low = {{"state", "measured"}, {"n", 2}, {"level", level(2)}, {"level_interval", {2, 2}}};
    for (const char* kind : {"scales", "composites"})
        for (Json& entry : json[kind]) {
            entry.update(low);
            entry["theta"] = -1;
            entry["interval"] = {-2, 0};
            entry["required"] = nullptr;
        }
    const auto en = map_words(json, Language::en, Reader::learner).value();
    // A number alone could be read as marks.
    BOOST_TEST(en.overall.result == "Independent (2 out of 4)");
    for (const auto& domain : en.domains)
        for (const auto& row : domain.scales) BOOST_TEST(row.result == "Independent (2 out of 4)");
    BOOST_TEST(en.text == "All domains and all competences: Independent (2 out of 4), and that is sure enough.");
    // One domain apart from the others: each is told, and once.
    for (std::size_t s : {0u, 1u}) json["scales"][s].update({{"level", level(3)}, {"level_interval", {3, 4}}});
    json["composites"][0].update({{"level", level(3)}, {"level_interval", {3, 4}}});
    const auto text = map_words(json, Language::en, Reader::learner)->text;
    BOOST_TEST(text.find("C1, all its competences: Independent (3 out of 4), between 3 and 4.") == 0u);
    BOOST_TEST(text.find("C2, all its competences: Independent (2 out of 4)") != std::string::npos);
    BOOST_TEST(text.find("C1.1") == std::string::npos);
    // One competence of it apart: its domain and each of its competences.
    json["scales"][0]["level_interval"] = {2, 4};
    const auto apart = map_words(json, Language::en, Reader::learner)->text;
    BOOST_TEST(apart.find("C1.1: Independent (3 out of 4), between 2 and 4.") != std::string::npos);
    BOOST_TEST(apart.find("C1.2: ") != std::string::npos);
}

// Of a beginner whose competences differ slightly no row has a 0, with or without names of levels.
BOOST_AUTO_TEST_CASE(a_beginner_reads_no_row_of_zeros) {
    for (const bool names : {true, false}) {
        Json json = state();
        int number = 0;
        for (const char* kind : {"scales", "composites"})
            for (Json& entry : json[kind]) {
                const int high = ++number % 3;  // 0, 0 or 1, 0 to 2
                entry.update({{"state", "measured"}, {"n", 2}, {"band", nullptr}, {"level_interval", {0, high}}});
                entry["level"] = high == 2 ? Json(nullptr) : level(0);
                if (!names && high != 2) entry["level"]["name"] = nullptr;
            }
        for (const auto language : {Language::fr, Language::en}) {
            const auto map = map_words(json, language, Reader::learner).value();
            for (const auto& domain : map.domains)
                for (const auto& row : domain.scales) BOOST_TEST(row.text.find('0') == std::string::npos, row.text);
            BOOST_TEST(map.text.find('0') == std::string::npos, map.text);
        }
        const auto rows = map_words(json, Language::fr, Reader::learner)->domains[0].scales;
        BOOST_TEST(rows[0].text == (names ? "N, au plus le niveau 1" : "pas encore le niveau 1, au plus le niveau 1"));
        BOOST_TEST(rows[1].text == "au plus le niveau 2 sur 4");
    }
    Json json = state();
    json["scales"][0]["level"]["name"] = nullptr;
    BOOST_TEST(map_words(json, Language::fr, Reader::learner)->domains[0].scales[0].result == "niveau 4 sur 4");
}

BOOST_AUTO_TEST_CASE(next_steps_and_the_profile_are_told) {
    Json json = state();
    json["next_steps"] = {{{"number", 3},
                           {"scale", "1.2"},
                           {"kind", "text"},
                           {"target", nullptr},
                           {"text", {{"fr", "Lire"}, {"en", "Read"}}}},
                          {{"number", 1}, {"scale", "2.1"}, {"kind", "course"}, {"target", "7"}, {"text", nullptr}},
                          {{"number", 0}, {"scale", nullptr}, {"kind", "text"}, {"target", nullptr}, {"text", "Ask"}},
                          {{"number", 2}, {"scale", "2.2"}, {"kind", "text"}, {"target", nullptr}, {"text", "Fourth"}}};
    const auto told = host::result_words(json, Language::fr);
    BOOST_REQUIRE_EQUAL(told.next_steps.size(), 3u);
    BOOST_TEST(told.next_steps[0].sentence == "«\u00A0C1.2\u00A0»\u00A0: Lire");
    BOOST_TEST(told.next_steps[1].sentence == "");
    BOOST_TEST(told.next_steps[1].target == "7");
    BOOST_TEST(told.next_steps[1].competence == "C2.1");
    BOOST_TEST(told.next_steps[2].sentence == "Ask");
    json["profile"] = {
        {"reached", 2}, {"not_reached", 1}, {"undecided", 1}, {"p_reached", 0.3}, {"decision", "undecided"}};
    const auto decisions = host::result_words(json, Language::en).decisions;
    BOOST_REQUIRE_EQUAL(decisions.size(), 2u);
    BOOST_TEST(decisions[0] ==
               "The answers do not tell yet whether all that is asked for is reached (30 chances in a hundred).");
    BOOST_TEST(decisions[1] == "2 competences out of 4 are at the level asked for.");
    json["profile"]["reached"] = 1;
    BOOST_TEST(host::result_words(json, Language::fr).decisions[1] == "1 compétence sur 3 est au niveau demandé.");
    json["profile"]["reached"] = 0;
    BOOST_TEST(host::result_words(json, Language::fr).decisions[1] ==
               "Aucune compétence n’est encore sûrement au niveau demandé.");
    for (const Json& value : {Json(nullptr), Json(7), Json("x"), Json::array({7}), Json{{"decision", 3}}}) {
        json["profile"] = json["next_steps"] = value;
        BOOST_CHECK_NO_THROW(host::to_json(host::result_words(json, Language::fr)));
    }
}

// A state may come out of a database: another type than the shape's is as if it were absent.
BOOST_AUTO_TEST_CASE(members_of_another_type_are_taken_as_absent) {
    for (const char* key :
         {"id", "name", "state", "n", "level", "level_interval", "interval", "theta", "band", "required", "domain"})
        for (const Json& value : {Json(nullptr), Json(7), Json("x"), Json::array({"x"}), Json{{"fr", 3}}}) {
            Json json = state();
            json["scales"][0][key] = value;
            json["composites"][3][key] = value;
            BOOST_CHECK_NO_THROW(host::to_json(*map_words(json, Language::fr, Reader::other)));
        }
    for (const Json& value : {Json(nullptr), Json(7), Json::array({7, "x"})}) {
        Json json = state();
        json["scales"] = Json::array({value});
        BOOST_CHECK_NO_THROW(map_words(json, Language::fr, Reader::other));
        json["composites"] = Json::array({value});
        json["levels"] = value;
        BOOST_CHECK_NO_THROW(map_words(json, Language::fr, Reader::other));
    }
}
