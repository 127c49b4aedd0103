// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <map>
#include <random>
#include <set>

#include "adapters/calls/call.hpp"
#include "adapters/formats/grader.hpp"
#include "engine/errors.hpp"
#include "engine/simulation/posthoc.hpp"
#include "tests/delivery/support.hpp"

using namespace palier;
using delivery::Attempt;
using test::demo;
using test::pending;
using test::right_response;
using test::wrong_response;

namespace {

constexpr std::int64_t begun = 1764000000000;

// Whether a person of this number knows an item: an arbitrary but fixed table.
bool knows(int person, int item) { return (item * 7 + person * 13 + item * item * person) % 5 < 2 + person % 3; }

std::string rest(const Json& view) {
    Json copy = view;
    for (const char* key : {"saved", "saved_text", "notice"}) copy.erase(key);
    return copy.dump();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(attempts)

BOOST_AUTO_TEST_CASE(same_plan_bank_seed_and_answers_give_the_same_items_and_theta_as_posthoc) {
    const auto test = demo();
    for (const char* language : {"fr", "en"}) {
        const auto& variant = test->content().variant(language);
        for (int person = 0; person < 12; ++person) {
            const std::uint64_t seed = 1000 + static_cast<std::uint64_t>(person);
            std::vector<KnownResponse> known;
            for (int i = 0; i < variant.bank->size(); ++i) known.push_back({i, knows(person, i) ? 1 : 0});
            const palier::Session expected = posthoc_person(variant.bank, test->content().plan, known, seed);

            Attempt attempt = Attempt::start(test, language, seed, Json::object(), begun);
            while (!attempt.finished()) {
                const formats::Item& item = pending(*test, attempt);
                const bool right = knows(person, variant.bank->find(item.id));
                const Json view = attempt.answer(attempt.sequence(),
                                                 right ? right_response(item) : wrong_response(item), 5000, begun);
                BOOST_REQUIRE_MESSAGE(view["invalid"].is_null(), item.id << ": " << view["invalid"]);
            }
            const Json record = attempt.record();
            const Json& steps = record["record"]["steps"];
            BOOST_REQUIRE_EQUAL(steps.size(), expected.steps().size());
            BOOST_CHECK_EQUAL(record["record"]["stop"].get<std::string>(), expected.stop());
            for (std::size_t i = 0; i < steps.size(); ++i) {
                BOOST_CHECK_EQUAL(steps[i]["item"].get<std::string>(), (*variant.bank)[expected.steps()[i].item].id);
                BOOST_CHECK(steps[i]["theta"].get<double>() == expected.steps()[i].after.theta);
                BOOST_CHECK(steps[i]["se"].get<double>() == expected.steps()[i].after.se);
            }
        }
    }
}

BOOST_AUTO_TEST_CASE(the_demonstration_test_asks_about_each_of_the_sixteen_competences_before_it_asks_twice) {
    const auto test = demo({{"stop", {{"min_items", 16}}}});
    for (const std::string language : {"fr", "en"}) {
        std::set<std::string> competences;
        Attempt attempt = Attempt::start(test, language, 11, Json::object(), begun);
        for (int i = 0; i < 16; ++i) {
            const formats::Item& item = pending(*test, attempt);
            const auto& bank = *test->content().variant(language).bank;
            competences.insert(bank[bank.find(item.id)].content.at(0));
            attempt.answer(attempt.sequence(), i % 2 == 0 ? right_response(item) : wrong_response(item), 5000, begun);
        }
        BOOST_CHECK_EQUAL(competences.size(), 16U);
    }
}

BOOST_AUTO_TEST_CASE(misses_down_to_the_easiest_questions_offer_a_calm_choice_once) {
    const auto test = demo({{"stop", {{"max_items", 25}}}});
    Attempt attempt = Attempt::start(test, "fr", 5, Json::object(), begun);
    int offers = 0;
    for (int i = 0; i < 12; ++i) {
        Json view = attempt.unknown(attempt.sequence(), 1000, begun);
        if (view["screen"] != "calm") continue;
        ++offers;
        BOOST_CHECK(i >= 2);
        BOOST_CHECK(view["item"].is_null());
        BOOST_CHECK(view["saved"] == true);
        // Whoever comes back meets the question: the choice is offered once.
        BOOST_CHECK(Attempt::resume(test, attempt.save()).view()["screen"] == "question");
        view = attempt.go_on(attempt.sequence(), begun);
        BOOST_CHECK(view["screen"] == "question");
        BOOST_CHECK(view["notice"].is_null());
    }
    BOOST_CHECK_EQUAL(offers, 1);

    Attempt other = Attempt::start(test, "en", 5, Json::object(), begun);
    for (int i = 0; i < 3; ++i) other.answer(other.sequence(), right_response(pending(*test, other)), 1000, begun);
    for (int i = 0; i < 2; ++i) BOOST_CHECK(other.unknown(other.sequence(), 1000, begun)["screen"] == "question");
    BOOST_CHECK_MESSAGE(other.unknown(other.sequence(), 1000, begun)["screen"] == "question",
                        "not on the easiest questions");
}

BOOST_AUTO_TEST_CASE(a_practice_tells_what_was_right_after_each_answer_and_no_other_test_does) {
    const auto test = demo({{"purpose", "practice"}});
    // What a right answer is in words, by what is said of it where it was given; of pairs in any order.
    const auto pairs = [](const std::string& answer) {
        std::multiset<std::string> all;
        std::size_t from = 0;
        for (std::size_t to; (to = answer.find("; ", from)) != std::string::npos; from = to + 2)
            all.insert(answer.substr(from, to - from));
        all.insert(answer.substr(from));
        return all;
    };
    std::map<std::string, std::string> right;
    int told = 0;
    for (const bool knowing : {true, false})
        for (std::uint64_t seed = 1; seed <= 6; ++seed) {
            Attempt attempt = Attempt::start(test, seed % 2 == 0 ? "fr" : "en", seed, Json::object(), begun);
            while (!attempt.finished()) {
                const formats::Item item = pending(*test, attempt);
                const Json view =
                    attempt.answer(attempt.sequence(), knowing ? right_response(item) : wrong_response(item), 1, begun);
                const Json& feedback = view.at("feedback");
                BOOST_REQUIRE_EQUAL(feedback.at("n"), attempt.record()["record"]["steps"].size());
                if (knowing) {
                    BOOST_CHECK(feedback.at("verdict") == "right");
                    BOOST_CHECK(feedback.at("right").is_null());
                    right[item.id] = feedback.at("answer").get<std::string>();
                    continue;
                }
                const double fraction =
                    formats::grade(item, formats::response_from_json(wrong_response(item))).fraction;
                BOOST_CHECK(feedback.at("verdict") ==
                            (formats::verdict(fraction) == formats::Verdict::wrong ? "wrong" : "partly_right"));
                BOOST_CHECK(feedback.at("answer") != feedback.at("right"));
                BOOST_CHECK(attempt.view().at("feedback") == feedback);
                if (!right.contains(item.id)) continue;
                ++told;
                BOOST_TEST(pairs(feedback.at("right")) == pairs(right.at(item.id)), boost::test_tools::per_element());
            }
        }
    BOOST_CHECK_GT(told, 5);

    Attempt attempt = Attempt::start(test, "en", 1, Json::object(), begun);
    const Json view = attempt.unknown(attempt.sequence(), 1, begun);
    BOOST_CHECK(view.at("feedback").at("verdict") == "unknown");
    BOOST_CHECK(view.at("feedback").at("right").is_string());
    BOOST_CHECK(attempt.pause(attempt.sequence(), begun).at("feedback").is_null());
    Attempt measured = Attempt::start(demo(), "en", 1, Json::object(), begun);
    BOOST_CHECK(measured.unknown(measured.sequence(), 1, begun).at("feedback").is_null());
}

BOOST_AUTO_TEST_CASE(a_stale_sequence_gives_the_question_on_screen_and_no_step) {
    const auto test = demo();
    Attempt attempt = Attempt::start(test, "fr", 5, Json::object(), begun);
    const std::int64_t first = attempt.sequence();
    const Json second = attempt.answer(first, right_response(pending(*test, attempt)), 1000, begun + 1);
    BOOST_CHECK(second["saved"] == true);
    BOOST_CHECK_EQUAL(second["item"]["n"].get<int>(), 2);
    const std::int64_t now = attempt.sequence();
    for (const std::int64_t stale : {first, now + 1, std::int64_t{-1}}) {
        const Json again = attempt.answer(stale, right_response(pending(*test, attempt)), 1000, begun + 2);
        BOOST_CHECK_EQUAL(attempt.sequence(), now);
        BOOST_CHECK(again["saved"] == false);
        BOOST_CHECK(again["notice"].is_string());
        BOOST_CHECK(rest(again) == rest(second));
        attempt.unknown(stale, 1, begun + 3);
        attempt.pause(stale, begun + 3);
        attempt.stop(stale, begun + 3);
        BOOST_CHECK_EQUAL(attempt.sequence(), now);
    }
}

BOOST_AUTO_TEST_CASE(a_response_that_cannot_be_graded_is_shown_again_and_is_no_step) {
    const auto test = demo();
    Attempt attempt = Attempt::start(test, "fr", 5, Json::object(), begun);
    std::set<std::string> types;
    while (!attempt.finished()) {
        const formats::Item item = pending(*test, attempt);
        const std::int64_t now = attempt.sequence();
        const Json before = attempt.view();
        types.insert(before["item"]["type"]);
        for (const Json& bad : {Json(nullptr), Json::object(), Json{{"choices", Json::array()}}, Json(7),
                                Json{{"nonsense", 1}}, Json{{"choices", {"no-such-choice"}}},
                                Json{{"text", std::string(300, 'x')}}, Json{{"order", {"o1", "o1"}}}}) {
            const Json view = attempt.answer(now, bad, 1000, begun);
            BOOST_CHECK_EQUAL(attempt.sequence(), now);
            BOOST_CHECK(view["screen"] == "question");
            BOOST_CHECK(view["invalid"].is_string());
            BOOST_CHECK_EQUAL(view["response"].dump(), bad.dump());
            BOOST_CHECK_EQUAL(view["item"].dump(), before["item"].dump());
        }
        attempt.answer(now, right_response(item), 1000, begun);
        BOOST_CHECK(attempt.sequence() > now);
    }
    BOOST_CHECK(types.size() >= 4);
}

BOOST_AUTO_TEST_CASE(an_attempt_that_is_saved_and_taken_up_at_every_step_is_the_same) {
    const auto test = demo();
    for (const char* language : {"fr", "en"}) {
        Attempt whole =
            Attempt::start(test, language, 77, {{"seen", {std::string("palier-1.1-L3-") + language}}}, begun);
        Attempt broken =
            Attempt::start(test, language, 77, {{"seen", {std::string("palier-1.1-L3-") + language}}}, begun);
        std::int64_t time = begun;
        for (int step = 0; !whole.finished(); ++step) {
            time += 7300 + 11 * step;
            broken = Attempt::resume(test, broken.save());
            if (whole.view()["screen"] == "calm") whole.go_on(whole.sequence(), time);
            BOOST_REQUIRE(rest(broken.view()) == rest(whole.view()));
            BOOST_REQUIRE(broken.record() == whole.record());
            BOOST_REQUIRE_EQUAL(broken.save(), whole.save());
            const formats::Item& item = pending(*test, whole);
            for (Attempt* one : {&whole, &broken}) {
                if (step == 2) {
                    one->pause(one->sequence(), time);
                    *one = Attempt::resume(test, one->save());
                    BOOST_CHECK(one->view()["screen"] == "pause");
                    one->go_on(one->sequence(), time + 60000);
                    BOOST_CHECK(one->view()["screen"] == "question");
                }
                if (step % 4 == 3)
                    one->unknown(one->sequence(), 2500, time);
                else
                    one->answer(one->sequence(), step % 3 == 0 ? right_response(item) : wrong_response(item), 4321,
                                time);
            }
        }
        broken = Attempt::resume(test, broken.save());
        BOOST_CHECK(rest(broken.story()) == rest(whole.story()));
        BOOST_CHECK(broken.view()["screen"] == "result");
    }
}

// Saved texts of earlier versions hold the place of a reason in a list; one that came later goes by its name.
BOOST_AUTO_TEST_CASE(a_saved_text_knows_every_reason_to_stop) {
    const auto saved_after = [](Json stop) {
        stop["min_items"] = 1;
        const auto test = demo({{"stop", stop}});
        Attempt attempt = Attempt::start(test, "fr", 3, Json::object(), begun);
        while (!attempt.finished()) attempt.unknown(attempt.sequence(), 1000, begun);
        const std::string text = attempt.save();
        BOOST_CHECK(Attempt::resume(test, text).record() == attempt.record());
        return text;
    };
    BOOST_CHECK(saved_after({{"max_items", 3}}).find(";x1,") != std::string::npos);
    BOOST_CHECK(saved_after({{"rules", {{"rule", "length"}, {"items", 3}}}}).find(";x11,") != std::string::npos);
    BOOST_CHECK(saved_after({{"rules", {{"rule", "level_decided"}, {"probability", 0.1}}}}).find(";xlevel_decided,") !=
                std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_saved_text_of_thirty_answers_is_under_4096_bytes) {
    const auto test = demo({{"stop", {{"standard_error", 0.01}, {"max_items", 30}}}});
    Attempt attempt = Attempt::start(test, "fr", 3, Json::object(), begun);
    std::int64_t time = begun;
    int answers = 0;
    for (; !attempt.finished(); ++answers) {
        time += 61234;
        attempt.answer(attempt.sequence(), wrong_response(pending(*test, attempt)), 59999, time);
    }
    BOOST_CHECK_EQUAL(answers, 30);
    BOOST_TEST_MESSAGE("30 answers: " << attempt.save().size() << " bytes");
    BOOST_CHECK_LT(attempt.save().size(), 4096U);
    BOOST_CHECK(attempt.save().find('\n') == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_saved_text_is_under_16000_bytes_whatever_was_typed) {
    // 400 questions that take a line of text, each answered with 200 letters that need escapes.
    Json items = Json::array(), contents = Json::array();
    for (int i = 0; i < 400; ++i) {
        const std::string id = "q" + std::to_string(i);
        items.push_back({{"item", id}, {"b", 0.01 * i - 2}});
        contents.push_back({{"presentation",
                             {{"format", "palier-presentation/1"},
                              {"id", id},
                              {"prompt", "<p>?</p>"},
                              {"interaction", {{"type", "short_answer"}}}}},
                            {"key",
                             {{"format", "palier-key/1"},
                              {"id", id},
                              {"answers",
                               {{"type", "short_answer"},
                                {"case_sensitive", false},
                                {"answers", {{{"pattern", "a"}, {"fraction", 1}}}}}}}}});
    }
    const Json bundle = {{"palier_bundle", 1},
                         {"plan", {{"palier_plan", 1}}},
                         {"variants", {{"fr", {{"items", items}, {"contents", contents}}}}}};
    const auto test = delivery::Test::open(bundle.dump());
    Attempt attempt = Attempt::start(test, "fr", 3, Json::object(), begun);
    std::int64_t time = begun;
    std::string long_text;
    for (int i = 0; i < 100; ++i) long_text += "é;";
    for (int i = 0; !attempt.finished(); ++i) {
        time += 100000000;
        attempt.answer(attempt.sequence(), {{"text", i % 2 ? "a" : long_text}}, 99999999, time);
        for (int k = 0; k < 3; ++k) {
            attempt.pause(attempt.sequence(), time);
            attempt.go_on(attempt.sequence(), time + 50000);
        }
    }
    BOOST_TEST_MESSAGE("400 answers: " << attempt.save().size() << " bytes");
    BOOST_CHECK_LT(attempt.save().size(), 16001U);
    const Attempt again = Attempt::resume(test, attempt.save());
    BOOST_CHECK_EQUAL(again.record()["record"]["steps"].size(), 400U);
    // Marks stay where the typed text was left out.
    const Json steps = again.record()["record"]["steps"], whole = attempt.record()["record"]["steps"];
    for (std::size_t i = 0; i < steps.size(); ++i) {
        BOOST_CHECK(steps[i]["fraction"] == whole[i]["fraction"]);
        BOOST_CHECK(steps[i]["theta"] == whole[i]["theta"]);
    }
}

BOOST_AUTO_TEST_CASE(a_saved_text_that_was_cut_altered_or_is_of_another_test_is_refused) {
    const auto test = demo();
    Attempt attempt = Attempt::start(test, "fr", 9, Json::object(), begun);
    for (int i = 0; i < 3; ++i)
        attempt.answer(attempt.sequence(), wrong_response(pending(*test, attempt)), 10, begun + i);
    const std::string saved = attempt.save();
    for (std::size_t i = 0; i < saved.size(); ++i) {
        BOOST_CHECK_THROW(Attempt::resume(test, saved.substr(0, i)), ArgumentError);
        std::string altered = saved;
        altered[i] = altered[i] == '1' ? '2' : '1';
        BOOST_CHECK_THROW(Attempt::resume(test, altered), Error);
    }
    const auto other = demo({{"stop", {{"max_items", 12}}}});
    BOOST_CHECK_THROW(Attempt::resume(other, saved), ArgumentError);
    BOOST_CHECK_NO_THROW(Attempt::resume(test, saved));
}

// With the checksum put right, so that the reader behind it is reached: an Error, or an attempt that saves itself
// again.
BOOST_AUTO_TEST_CASE(a_forged_saved_text_is_an_error_or_an_attempt) {
    const auto test = demo();
    Attempt attempt = Attempt::start(test, "fr", 9, Json::object(), begun);
    for (int i = 0; i < 8; ++i)
        attempt.answer(attempt.sequence(), wrong_response(pending(*test, attempt)), 10, begun + i);
    const std::string whole = attempt.save();
    const std::string body = whole.substr(0, whole.rfind(';'));
    const auto sealed = [](const std::string& text) {
        std::uint32_t hash = 0x811c9dc5U;
        for (const unsigned char c : text) hash = (hash ^ c) * 0x01000193U;
        char digits[16];
        std::snprintf(digits, sizeof digits, ";%08x", static_cast<unsigned>(hash));
        return text + digits;
    };
    BOOST_REQUIRE_EQUAL(sealed(body), whole);
    std::mt19937 random(1);
    const std::string letters = "0123456789abcdefghijklmnopqrstuvwxyz;,-.%AFPZe\xc3";
    int accepted = 0, refused = 0;
    for (int round = 0; round < 3000; ++round) {
        std::string forged = body;
        for (std::uint32_t k = random() % 4 + 1; k > 0; --k) {
            const std::size_t at = 24 + random() % (forged.size() - 24);
            const char letter = letters[random() % letters.size()];
            if (random() % 3 == 0)
                forged.erase(at, random() % 9 + 1);
            else if (random() % 2 == 0)
                forged.insert(at, 1, letter);
            else
                forged[at] = letter;
        }
        try {
            const Attempt again = Attempt::resume(test, sealed(forged));
            BOOST_CHECK(Attempt::resume(test, again.save()).record() == again.record());
            ++accepted;
        } catch (const Error&) {
            ++refused;
        }
    }
    BOOST_CHECK_GT(accepted, 10);
    BOOST_CHECK_GT(refused, 1000);
}

BOOST_AUTO_TEST_CASE(options_are_shuffled_by_seed_and_item_and_stay_so) {
    const auto test = demo();
    std::set<std::string> orders;
    for (std::uint64_t seed = 1; seed <= 8; ++seed) {
        Attempt attempt = Attempt::start(test, "fr", seed, Json::object(), begun);
        const Json first = attempt.view();
        orders.insert(first["item"]["qti"].get<std::string>());
        BOOST_CHECK_EQUAL(Attempt::resume(test, attempt.save()).view()["item"].dump(), first["item"].dump());
        BOOST_CHECK_EQUAL(Attempt::start(test, "fr", seed, Json::object(), begun).view()["item"].dump(),
                          first["item"].dump());
    }
    BOOST_CHECK_GT(orders.size(), 3U);
}

BOOST_AUTO_TEST_CASE(no_view_holds_anything_of_the_key) {
    const auto test = demo();
    std::size_t views = 0;
    for (const char* language : {"fr", "en"}) {
        std::vector<std::string> secrets{"qti-correct-response",
                                         "qti-mapping",
                                         "qti-map-entry",
                                         "palier-key",
                                         "\"fraction\"",
                                         "-L1-",
                                         "-L2-",
                                         "-L3-",
                                         "-L4-",
                                         "-L5-",
                                         "-L6-"};
        for (const formats::Item& item : test->content().variant(language).items) {
            secrets.push_back(item.id);
            if (!item.key->feedback.general.empty()) secrets.push_back(Json(item.key->feedback.general).dump());
        }
        Attempt attempt = Attempt::start(test, language, 12, Json::object(), begun);
        const auto check = [&](const Json& view) {
            ++views;
            const std::string text = view.dump();
            for (const std::string& secret : secrets)
                BOOST_CHECK_MESSAGE(text.find(secret) == std::string::npos, secret << " is in a view");
        };
        check(test->before(language));
        for (int i = 0; !attempt.finished(); ++i) {
            check(attempt.view());
            check(attempt.answer(attempt.sequence(), nullptr, 1, begun));
            check(i % 3 == 2 ? attempt.unknown(attempt.sequence(), 1, begun)
                             : attempt.answer(attempt.sequence(),
                                              i % 2 ? wrong_response(pending(*test, attempt))
                                                    : right_response(pending(*test, attempt)),
                                              1, begun));
        }
        check(attempt.result());
        check(attempt.story());
    }
    BOOST_CHECK_GT(views, 40U);
}

BOOST_AUTO_TEST_CASE(the_result_says_level_margin_and_why_in_both_languages) {
    const auto test = demo();
    for (const std::string language : {"fr", "en"}) {
        const bool french = language == "fr";
        Attempt attempt = Attempt::start(test, language, 21, Json::object(), begun);
        double progress = 0;
        for (int i = 0; !attempt.finished(); ++i) {
            const Json view = attempt.view();
            BOOST_CHECK_GE(view["progress"].get<double>(), progress);
            progress = view["progress"];
            BOOST_CHECK_GE(view["remaining"].get<int>(), 1);
            attempt.answer(attempt.sequence(),
                           i % 2 ? wrong_response(pending(*test, attempt)) : right_response(pending(*test, attempt)),
                           10, begun);
        }
        const Json view = attempt.view();
        const Json& result = view["result"];
        BOOST_CHECK(view["screen"] == "result");
        BOOST_CHECK(view["lang"] == language);
        BOOST_CHECK(
            result["headline"].get<std::string>().starts_with(french ? "Votre niveau\u00A0: " : "Your level: "));
        BOOST_CHECK(result["margin"].get<std::string>().find(french ? "chances sur dix" : "chances in ten") !=
                    std::string::npos);
        BOOST_CHECK(result["provisional"] == true);
        BOOST_CHECK(result["provisional_text"].get<std::string>().starts_with(french ? "Provisoire" : "Provisional"));
        int percents = 0, mine = 0;
        for (const Json& level : result["distribution"]["levels"]) {
            percents += level["percent"].get<int>();
            mine += level["mine"] == true ? 1 : 0;
        }
        BOOST_CHECK_EQUAL(mine, 1);
        BOOST_CHECK_MESSAGE(std::abs(percents - 100) <= 4, "percents sum to " << percents);
        const Json story = attempt.story();
        BOOST_CHECK_EQUAL(story["story"]["entries"].size(), attempt.record()["record"]["steps"].size());
        for (const Json& entry : story["story"]["entries"]) {
            BOOST_CHECK(!entry["told"].get<std::string>().empty());
            BOOST_CHECK(!entry["label"].get<std::string>().empty());
            BOOST_CHECK(entry["low"] <= entry["level"] && entry["level"] <= entry["high"]);
        }
        const std::string all = view.dump() + story.dump();
        for (const char* word : {"theta", "échec", "faible", "failed", "illettr"})
            BOOST_CHECK_MESSAGE(all.find(word) == std::string::npos, word);
    }
}

BOOST_AUTO_TEST_CASE(a_test_left_at_once_has_no_result_to_tell) {
    const auto test = demo();
    Attempt attempt = Attempt::start(test, "en", 1, Json::object(), begun);
    const Json view = attempt.stop(attempt.sequence(), begun + 5);
    BOOST_CHECK(view["screen"] == "result");
    BOOST_CHECK(view["result"]["level"].is_null());
    BOOST_CHECK(view["result"]["distribution"].is_null());
    BOOST_CHECK_EQUAL(view["result"]["headline"].get<std::string>(), "There are too few answers to tell your level.");
    BOOST_CHECK(attempt.answer(attempt.sequence(), nullptr, 1, begun)["notice"].is_string());
}

// A bar far below every answer is reached, one far above is not, and a classification by the threshold alone is not
// told twice.
BOOST_AUTO_TEST_CASE(a_result_tells_each_decision_of_the_plan_once) {
    const auto told = [](const Json& change) {
        const auto test = demo(change);
        Attempt attempt = Attempt::start(test, "en", 4, Json::object(), begun);
        for (int i = 0; !attempt.finished(); ++i)
            attempt.answer(
                attempt.sequence(),
                i % 2 == 0 ? right_response(pending(*test, attempt)) : wrong_response(pending(*test, attempt)), 10,
                begun);
        return attempt.view()["result"]["decisions"];
    };
    BOOST_TEST(told(Json::object()) == Json::array());
    BOOST_TEST(told({{"floor", {{"theta", -8}}}}) == Json({"The basic level is reached."}));
    BOOST_TEST(told({{"floor", {{"theta", 8}}}}) ==
               Json({"The basic level is not reached yet: some support can help."}));
    const Json bar = {{"theta", -8}, {"confidence", 0.9}};
    BOOST_TEST(told({{"purpose", "threshold"}, {"threshold", bar}, {"classification", {{"cuts", {-8}}}}}) ==
               Json({"The threshold is reached."}));
    BOOST_TEST(told({{"classification", {{"cuts", {8}}}}}) == Json({"The threshold is not reached yet."}));
    BOOST_TEST(told({{"classification",
                      {{"cuts", {-8, 8}}, {"names", {"a", {{"en", "At ease"}, {"fr", "À l’aise"}}, "c"}}}}}) ==
               Json({"Group: At ease."}));
}

// The situations of a person who stops early, who answers to the end, and of plans that decide: the screen, the story
// and the call `words` of the record (Moodle's way) say the same.
BOOST_AUTO_TEST_CASE(result_reason_and_story_read_the_same_in_every_host) {
    const Json names = {"a", {{"en", "At ease"}, {"fr", "À l’aise"}}, "c"};
    const Json plans = {Json::object(),
                        {{"levels", nullptr}},
                        {{"purpose", "threshold"}, {"threshold", {{"theta", 0}}}, {"floor", {{"theta", -1}}}},
                        {{"classification", {{"cuts", {-1, 1}}, {"names", names}}}}};
    std::set<std::string> reasons;
    for (const Json& change : plans) {
        const auto test = demo(change);
        for (const char* language : {"fr", "en"})
            for (const int answers : {0, 1, 5, 6, 60}) {
                Attempt attempt = Attempt::start(test, language, 4, Json::object(), begun);
                for (int i = 0; i < answers && !attempt.finished(); ++i)
                    attempt.answer(
                        attempt.sequence(),
                        i % 2 == 0 ? right_response(pending(*test, attempt)) : wrong_response(pending(*test, attempt)),
                        10, begun);
                if (!attempt.finished()) attempt.stop(attempt.sequence(), begun);
                const Json record = attempt.record();
                const Json asked = {{"call", "words"}, {"lang", language}, {"states", {record["record"]}}};
                const Json words = Json::parse(calls::call(asked.dump()))["words"][0];
                const Json view = attempt.story();
                const Json& result = view["result"];
                BOOST_TEST_CONTEXT(change << " " << language << ", " << answers << " answers") {
                    BOOST_TEST(words["known"] == (answers >= 6));
                    for (const char* key : {"known", "headline", "margin", "decisions", "stop", "why_unknown"})
                        BOOST_TEST(result[key] == words[key], key);
                    BOOST_TEST(result["provisional_text"] == words["provisional"]);
                    BOOST_TEST(view["story"]["summary"] == words["summary"]);
                    BOOST_TEST(view["story"]["stop"] == words["stop"]);
                }
                reasons.insert(record["record"]["stop"]);
            }
    }
    BOOST_TEST(reasons.size() >= 2U);
}

BOOST_AUTO_TEST_SUITE_END()
