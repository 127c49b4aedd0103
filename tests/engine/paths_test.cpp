// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <string>
#include <utility>

#include "engine/session/session.hpp"
#include "tests/support/reference.hpp"

using namespace palier;

namespace {

void follow(const std::string& file, const char* estimator, double theta_tolerance, double se_tolerance,
            const char* criterion = "mfi", std::size_t persons = 20, std::size_t length = 20) {
    const auto bank = std::make_shared<Bank>(Bank::compile(test::reference_items("paths_bank_2PL.csv")));
    const auto responses = test::table("paths_responses_2PL.csv");
    const auto plan = std::make_shared<Plan>(
        test::plan_of({{"estimation", {{"estimator", estimator}, {"range", {-4, 4}}, {"nodes", 33}}},
                       {"selection", {{"criterion", criterion}}},
                       {"stop", {{"max_items", length}}}}));
    const Json reference = test::reference(file);
    BOOST_TEST_REQUIRE(reference["runs"].size() == persons);
    for (const Json& run : reference["runs"]) {
        const auto person = run["person"].get<std::size_t>();
        Session session(bank, plan, 1, Event{});
        std::size_t step = 0;
        for (Decision decision = session.decide(); decision.next; decision = session.decide(), ++step) {
            BOOST_TEST_CONTEXT(file << " person " << person << " step " << step + 1) {
                BOOST_TEST_REQUIRE(*decision.next + 1 == run["items"][step].get<int>());
                Event asked;
                asked.type = EventType::asked;
                asked.item = (*bank)[*decision.next].id;
                session.append(asked);
                Event answered;
                answered.type = EventType::answered;
                answered.item = asked.item;
                answered.category =
                    static_cast<int>(responses[person - 1][static_cast<std::size_t>(*decision.next) + 1]);
                session.append(answered);
                BOOST_TEST(std::fabs(session.estimate().theta - run["theta_provisional"][step].get<double>()) <
                           theta_tolerance);
                BOOST_TEST(std::fabs(session.estimate().se - run["se_provisional"][step].get<double>()) < se_tolerance);
            }
        }
        BOOST_TEST(step == length);
        BOOST_TEST(session.decide().stop == "max_items");
        BOOST_TEST(std::fabs(session.estimate().theta - run["theta_final"].get<double>()) < theta_tolerance);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(paths_agree_with_catR)

BOOST_AUTO_TEST_CASE(maximum_information_with_eap) { follow("paths_2PL_MFI.json", "eap", 1e-12, 1e-12); }
// catR solves these two to 1.2e-4; its values are off by up to 3.04e-5.
BOOST_AUTO_TEST_CASE(maximum_information_with_map) { follow("paths_2PL_MFI_BM.json", "map", 3.1e-5, 3.1e-5); }
BOOST_AUTO_TEST_CASE(maximum_information_with_warm) { follow("paths_2PL_MFI_WL.json", "wle", 3.1e-5, 3.1e-5); }

BOOST_AUTO_TEST_CASE(every_other_criterion_with_eap) {
    for (const auto& [file, criterion] : {std::pair{"bOpt", "b_match"},
                                          {"thOpt", "optimal_theta"},
                                          {"KL", "kl"},
                                          {"KLP", "klp"},
                                          {"GDI", "gdi"},
                                          {"GDIP", "gdip"}})
        follow("paths_2PL_" + std::string(file) + ".json", "eap", 1e-12, 1e-12, criterion);
}
BOOST_AUTO_TEST_CASE(the_slow_criteria_with_eap) {
    for (const auto& [file, criterion] :
         {std::pair{"MEI", "mei"}, {"MEPV", "mepv"}, {"MLWI", "mlwi"}, {"MPWI", "mpwi"}})
        follow("paths_2PL_" + std::string(file) + ".json", "eap", 1e-12, 1e-12, criterion, 3, 12);
}

BOOST_AUTO_TEST_SUITE_END()
