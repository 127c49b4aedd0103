// SPDX-License-Identifier: GPL-3.0-or-later
#include <boost/test/unit_test.hpp>
#include <cmath>

#include "engine/result/result.hpp"
#include "engine/session/session.hpp"
#include "engine/simulation/simulation.hpp"
#include "tests/support/mixed_bank.hpp"
#include "tests/support/reference.hpp"

// A log is read at a cost that grows with its answers, whatever estimates and ends the test; counted in answers that
// estimates went through, as an estimate may go through all.

using namespace palier;

namespace {

const std::vector<std::string> estimators = {"eap", "map", "ml", "wle", "mlf", "robust"};

const std::vector<Json> stops = {
    {{"max_items", 2400}},
    {{"max_items", 2400}, {"standard_error", 0.001}},
    {{"max_items", 2400}, {"rules", {{"rule", "interval_width"}, {"at_most", 1e-3}}}},
    {{"max_items", 2400}, {"rules", {{"rule", "level_decided"}, {"probability", 0.99999}}}},
    {{"max_items", 2400}, {"rules", {{"rule", "classified"}}}},
    {{"max_items", 2400}, {"rules", {{"rule", "theta_change"}, {"at_most", 0}, {"over", 3}}}},
    {{"max_items", 2400}, {"rules", {{"rule", "standard_error_plateau"}, {"within", 1e-12}, {"over", 4}}}}};

std::shared_ptr<const Bank> bank_of(int count) {
    const math::Random random(5);
    std::vector<Item> items(static_cast<std::size_t>(count));
    for (std::uint32_t i = 0; i < items.size(); ++i) {
        items[i].id = "q" + std::to_string(i);
        items[i].parameters = {Model::three_pl, 0.6 + random.uniform(math::Stream::ability, i),
                               4 * random.uniform(math::Stream::ability, i, 1) - 2, i % 3 == 0 ? 0.2 : 0, 1};
    }
    return std::make_shared<Bank>(Bank::compile(std::move(items)));
}

std::shared_ptr<const Plan> plan_by(const std::string& estimator, const Json& stop) {
    return std::make_shared<Plan>(test::plan_of({{"estimation", {{"estimator", estimator}}},
                                                 {"stop", stop},
                                                 {"levels", {{"cuts", {-1, 0.4, 1}}}},
                                                 {"classification", {{"cuts", {0.4}}}}}));
}

Event event(EventType type, const std::string& item) {
    Event e;
    e.type = type;
    e.item = item;
    return e;
}

Event answer_to(const Item& item, int k) {
    Event e = event(EventType::answered, item.id);
    const auto step = static_cast<std::uint32_t>(k);
    e.category = category_at(item.parameters, 0.4, math::Random(7).uniform(math::Stream::response, step));
    return e;
}

// What a session of so many answers costs to read, with the decision and the result after it.
std::uint64_t cost_of(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan, int answers) {
    Log log{"", "", "", 1, {Event{}}};
    for (int k = 0; k < answers; ++k) {
        log.events.push_back(event(EventType::asked, (*bank)[k].id));
        log.events.push_back(answer_to((*bank)[k], k));
    }
    const Session session = Session::resume(bank, plan, log);
    (void)session.decide();
    (void)result(session);
    (void)session.steps_from(static_cast<std::size_t>(answers) - 1);
    return session.answers_estimated();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(long_logs)

BOOST_AUTO_TEST_CASE(reading_costs_a_multiple_of_the_answers_under_every_estimator_and_stop_rule) {
    const auto bank = bank_of(2048);
    for (const std::string& estimator : estimators) {
        for (const Json& stop : stops) BOOST_TEST_CONTEXT(estimator << ", " << stop) {
                const auto plan = plan_by(estimator, stop);
                const std::uint64_t half = cost_of(bank, plan, 1000);
                const std::uint64_t whole = cost_of(bank, plan, 2000);
                BOOST_TEST(whole > 0u);
                BOOST_TEST(whole <= 20u * 2000u);
                BOOST_TEST(static_cast<double>(whole) <= 2.2 * static_cast<double>(half));
            }
    }
}

// Of a whole test that is assembled at every item: what its kept test was made of is looked up, not all before.
BOOST_AUTO_TEST_CASE(rules_of_the_whole_test_ask_for_the_estimates_that_they_look_at) {
    auto items = test::mixed_items(300, 3);
    for (std::size_t i = 0; i < items.size(); ++i) items[i].content = {i % 2 ? "A" : "B"};
    const auto bank = std::make_shared<Bank>(Bank::compile(std::move(items)));
    const Json bounds = {{{"attribute", "content"}, {"value", "A"}, {"min", 90}}};
    for (const Json& rules :
         {Json{{"bounds", bounds}}, Json{{"bounds", bounds}, {"method", "shadow"}},
          Json{{"bounds", bounds}, {"method", "shadow"}, {"refresh", {{"rule", "every"}, {"every", 4}}}}}) {
        const auto plan = std::make_shared<Plan>(test::plan_of(
            {{"estimation", {{"estimator", "wle"}}}, {"stop", {{"max_items", 250}}}, {"constraints", rules}}));
        BOOST_TEST_CONTEXT(rules) { BOOST_TEST(cost_of(bank, plan, 200) <= 6u * 200u); }
    }
}

BOOST_AUTO_TEST_CASE(what_a_log_says_is_what_the_session_said_that_wrote_it) {
    const auto bank = bank_of(220);
    for (const std::string& estimator : estimators) {
        for (const Json& stop : stops) BOOST_TEST_CONTEXT(estimator << ", " << stop) {
                const auto plan = plan_by(estimator, stop);
                Session live(bank, plan, 1, Event{});
                std::vector<Estimate> after;
                double progress = 0;
                int remaining = 1 << 20;
                for (int k = 0; k < 200; ++k) {
                    const Decision decision = live.decide();
                    if (!decision.next) break;
                    live.append(event(EventType::asked, (*bank)[*decision.next].id));
                    live.append(answer_to((*bank)[*decision.next], k));
                    after.push_back(live.estimate());
                    BOOST_TEST(live.progress() >= progress);
                    BOOST_TEST(live.expected_remaining() <= remaining);
                    progress = live.progress();
                    remaining = live.expected_remaining();
                    if (k % 37 != 5 && k != 63 && k != 64 && k != 70 && k != 127) continue;
                    const Session read = Session::resume(bank, plan, live.log());
                    BOOST_TEST(read.progress() == progress);
                    BOOST_TEST(read.expected_remaining() == remaining);
                    const Decision again = read.decide();
                    const Decision now = live.decide();
                    BOOST_TEST((again.next == now.next));
                    BOOST_TEST(again.stop == now.stop);
                    BOOST_TEST(read.steps_from(after.size() - 1).back().after.theta == after.back().theta);
                    for (const std::size_t place : {std::size_t{0}, after.size() / 2, after.size() - 1}) {
                        BOOST_TEST(read.steps()[place].after.theta == after[place].theta);
                        BOOST_TEST((read.steps()[place].after.se == after[place].se ||
                                    (std::isinf(read.steps()[place].after.se) && std::isinf(after[place].se))));
                    }
                }
            }
    }
}

BOOST_AUTO_TEST_SUITE_END()
