// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdio>
#include <fstream>

#include "adapters/standalone/attempts.hpp"
#include "adapters/standalone/site.hpp"
#include "tests/delivery/support.hpp"
#include "tests/support/known_cases.hpp"
#include "tests/support/places.hpp"
#include "tests/xapi/temporary.hpp"

// Whether there is a result: what the player's View, the page without scripts, the statements and `palier replay` say,
// driven through the situations of tests/support/known_cases.hpp (engine, story and step: tests/engine/result_test.cpp
// and tests/xapi/step_call_test.cpp).

using namespace palier;

namespace {

constexpr std::int64_t begun = 1760000000000;

/// Without pretest items, skipping and appeals, which packages and `palier serve` do not have.
bool a_package_can(const test::KnownCase& given) {
    return !given.pretests && !given.drop &&
           std::find(given.outcomes.begin(), given.outcomes.end(), "skipped") == given.outcomes.end();
}

void write(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string output_of(const std::string& command) {
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) throw std::runtime_error(command);
    std::string text;
    std::array<char, 4096> part;
    for (std::size_t n; (n = fread(part.data(), 1, part.size(), pipe)) > 0;) text.append(part.data(), n);
    BOOST_REQUIRE_MESSAGE(pclose(pipe) == 0, command);
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(known)

BOOST_AUTO_TEST_CASE(views_pages_and_statements_say_the_same_as_the_engine) {
    const auto demo = test::demo({{"stop", {{"min_items", 4}, {"max_items", 10}, {"standard_error", 0.1}}}});
    for (const test::KnownCase& given : test::known_cases()) {
        if (!a_package_can(given)) continue;
        BOOST_TEST_CONTEXT(given.name) {
            const test::Temporary folder;
            xapi::Store store(folder.file("s.db"));
            standalone::Settings settings;
            settings.home = "http://127.0.0.1:8080";
            settings.trainer_key = "the-trainers-key";
            standalone::Site site(settings, store, {demo});
            standalone::Attempts attempts(store, {demo}, settings.home, std::nullopt);
            const std::string token = attempts.begin(demo, "en", "", begun).token;
            std::int64_t time = begun;
            const auto step = [&](const standalone::Attempts::Step& make) {
                time += 1000;
                return attempts.step(token, make, time).value();
            };
            for (const std::string& outcome : given.outcomes) {
                step([&](delivery::Attempt& attempt) {
                    const std::int64_t sequence = attempt.sequence();
                    if (outcome == "unknown") return attempt.unknown(sequence, 900, time);
                    const formats::Item& item = test::pending(*demo, attempt);
                    return attempt.answer(sequence,
                                          outcome == "right" ? test::right_response(item) : test::wrong_response(item),
                                          900, time);
                });
            }
            const Json view = step([&](delivery::Attempt& attempt) { return attempt.stop(attempt.sequence(), time); });
            BOOST_REQUIRE(view["screen"] == "result");
            BOOST_TEST(view["result"]["known"] == given.known);
            BOOST_TEST(view["result"]["level"].is_null() != given.known);
            BOOST_TEST(view["result"]["margin"].is_null() != given.known);
            BOOST_TEST(view["result"]["distribution"].is_null() != given.known);

            Json record;
            attempts.look(token, [&](const delivery::Attempt& attempt) { record = attempt.record()["record"]; });
            BOOST_TEST(record["known"] == given.known);
            BOOST_TEST(record["score"].is_null() != given.known);

            xapi::Request request{
                "GET", "/test?lang=en", {{"Host", "127.0.0.1:8080"}, {"Cookie", "palier_attempt=" + token}}, ""};
            const std::string page = site.handle(request).body;
            const bool level = page.find("Your level: ") != std::string::npos;
            const bool too_few = page.find("There are too few answers to tell your level.") != std::string::npos;
            BOOST_TEST(level == given.known, page);
            BOOST_TEST(too_few != given.known, page);

            int scores = 0;
            for (const std::string& body : store.query({}).bodies) {
                const Json statement = Json::parse(body);
                if (statement.value("/verb/id"_json_pointer, "") == "http://adlnet.gov/expapi/verbs/scored") ++scores;
            }
            BOOST_TEST((scores > 0) == given.known);
        }
    }
}

BOOST_AUTO_TEST_CASE(palier_replay_says_the_same_as_the_engine) {
    const test::Temporary folder;
    write(folder.file("bank.csv"), [] {
        std::string csv = "item,model,b,se_b,status\n";
        for (const Json& item : test::items_of_known_cases())
            csv += item["item"].get<std::string>() + ",rasch," + item["b"].dump() + "," +
                   (item.contains("se_b") ? item["se_b"].dump() : "") + "," +
                   item.value("status", std::string("operational")) + "\n";
        return csv;
    }());
    for (const test::KnownCase& given : test::known_cases()) {
        BOOST_TEST_CONTEXT(given.name) {
            const Session session = test::session_of(given);
            write(folder.file("plan.json"), test::plan_of(given).dump());
            write(folder.file("log.json"), to_json(session.log()).dump());
            const Json record = Json::parse(output_of(
                std::string(test::palier_command) + " replay --format json --bank " + folder.file("bank.csv") +
                " --plan " + folder.file("plan.json") + " --log " + folder.file("log.json")));
            BOOST_TEST(record["known"] == given.known);
            for (const char* key : {"level", "level_interval", "score", "threshold", "floor"})
                BOOST_TEST(record[key].is_null() != given.known, key << ": " << record[key]);
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
