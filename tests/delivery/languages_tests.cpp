// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>

#include "adapters/delivery/languages.hpp"
#include "adapters/text/markup.hpp"
#include "tests/delivery/support.hpp"

// Names that Moodle holds in several languages at once: whoever takes a test, or reads of it, sees one of them.

using namespace palier;
using delivery::Attempt;

namespace {

/// A name as the filter of Moodle's core takes it.
std::string in_spans(const std::string& fr, const std::string& en) {
    return "<span lang=\"fr\" class=\"multilang\">" + fr + "</span><span lang=\"en\" class=\"multilang\">" + en +
           "</span>";
}

/// And as the plugin filter_multilang2 does.
std::string in_marks(const std::string& fr, const std::string& en) {
    return "{mlang fr}" + fr + "{mlang}{mlang en}" + en + "{mlang}";
}

std::string true_false(const std::string& name, const std::string& idnumber) {
    return "<question type=\"truefalse\"><name><text>" + markup::escaped(name) +
           "</text></name><questiontext format=\"html\"><text>" + markup::escaped(in_marks("Vrai ?", "True?")) +
           "</text></questiontext><defaultgrade>1</defaultgrade><answer fraction=\"100\"><text>true</text></answer>"
           "<answer fraction=\"0\"><text>false</text></answer><idnumber>" +
           idnumber + "</idnumber></question>";
}

delivery::BundleRequest request() {
    delivery::BundleRequest made;
    const std::string cat = in_spans("Le chat", "The cat"), dog = in_marks("Le chien", "The dog");
    const Json items = {{{"item", "q1"}, {"b", -1}, {"label", cat}}, {{"item", "q2"}, {"b", 1}, {"label", dog}}};
    made.bank = std::make_shared<palier::Bank>(palier::Bank::from_json(items));
    made.title = in_spans("Les animaux", "Animals");
    made.plan = {
        {"palier_plan", 1},
        {"title", in_marks("Animaux", "Beasts")},
        {"stop", {{"min_items", 2}, {"max_items", 2}}},
        {"levels",
         {{"cuts", {0}}, {"names", {in_marks("Bas", "Low"), {{"fr", in_spans("Haut", "High")}, {"en", "High"}}}}}},
        {"next_steps", {{{"text", in_spans("Aller au zoo", "Go to the zoo")}}}}};
    const std::string xml = "<quiz>" + true_false(cat, "q1") + true_false(dog, "q2") + "</quiz>";
    made.questions = {{"fr", "questions.xml", xml}, {"en", "questions.xml", xml}};
    return made;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(languages)

BOOST_AUTO_TEST_CASE(what_is_seen_of_a_test_is_in_one_language) {
    const Json bundle = delivery::make_bundle(request()).bundle;
    BOOST_CHECK(!has(bundle.dump(), "mlang"));
    BOOST_CHECK(!has(bundle.dump(), "multilang"));
    const auto test = delivery::Test::open(bundle.dump());
    BOOST_CHECK_EQUAL(test->title("fr"), "Les animaux");
    BOOST_CHECK_EQUAL(test->title("en"), "Animals");
    for (const bool french : {true, false}) {
        Attempt attempt = Attempt::start(test, french ? "fr" : "en", 1, Json::object(), 1764000000000);
        std::string seen;
        while (!attempt.finished())
            seen += attempt.answer(attempt.sequence(), {{"choice", "true"}}, 5000, 1764000000000).dump();
        const Json story = attempt.story()["story"];
        BOOST_CHECK_EQUAL(story["entries"][0]["label"], french ? "Le chat" : "The cat");
        BOOST_CHECK_EQUAL(story["entries"][1]["label"], french ? "Le chien" : "The dog");
        seen += story.dump();
        // Both were right: the upper level, and what the plan proposes.
        BOOST_CHECK(has(seen, french ? "Haut" : "High"));
        BOOST_CHECK(has(seen, french ? "Aller au zoo" : "Go to the zoo"));
        for (const char* other : french ? std::vector{"The cat", "The dog", "True?", "High", "Go to"}
                                        : std::vector{"Le chat", "Le chien", "Vrai", "Haut", "Aller"})
            BOOST_CHECK_MESSAGE(!has(seen, other), other << " in " << seen);
    }
}

BOOST_AUTO_TEST_CASE(questions_are_found_by_names_in_several_languages) {
    delivery::BundleRequest by_name = request();
    for (delivery::Questions& one : by_name.questions)
        for (const char* idnumber : {"<idnumber>q1</idnumber>", "<idnumber>q2</idnumber>"})
            one.xml.erase(one.xml.find(idnumber), std::string(idnumber).size());
    by_name.match_names = true;
    const Json report = delivery::make_bundle(by_name).report;
    for (const char* language : {"fr", "en"}) BOOST_CHECK_EQUAL(report[language]["carried"], 2);
}

BOOST_AUTO_TEST_CASE(a_plan_has_texts_by_language_where_one_text_had_several) {
    const std::vector<std::string> two{"fr", "en"};
    const std::string raw = in_marks("Données", "Data");
    const Json told = {{"fr", "Données"}, {"en", "Data"}};
    const Json plan = {{"scales", {{{"id", raw}, {"name", raw}}, {{"id", "b"}, {"name", "B"}}}},
                       {"map", {{"domains", {{{"id", "d"}, {"name", raw}}}}}},
                       {"levels", {{"names", {"Bas", raw}}, {"descriptions", {raw, "…"}}}},
                       {"classification", {{"names", {raw}}}}};
    // An identifier is nothing that people read.
    const Json expected = {{"scales", {{{"id", raw}, {"name", told}}, {{"id", "b"}, {"name", "B"}}}},
                           {"map", {{"domains", {{{"id", "d"}, {"name", told}}}}}},
                           {"levels", {{"names", {"Bas", told}}, {"descriptions", {told, "…"}}}},
                           {"classification", {{"names", {told}}}}};
    BOOST_CHECK_EQUAL(delivery::plan_in_languages(plan, two), expected);
    const Json demo = Json::parse(test::file_text(test::in_project("adapters/standalone/demo-map-plan.json")));
    BOOST_CHECK_EQUAL(delivery::plan_in_languages(demo, two), demo);
}

BOOST_AUTO_TEST_SUITE_END()
