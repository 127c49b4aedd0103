// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/hierarchy.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>

#include "engine/errors.hpp"
#include "tests/support/map_bank.hpp"

using namespace palier;
using palier::calibration::Answer;
using palier::calibration::calibrate;
using palier::calibration::CalibratedItem;
using palier::calibration::ExpertDifficulties;
using palier::calibration::hierarchical_calibrate;
using palier::calibration::HierarchicalCalibration;
using palier::calibration::ItemRequest;
using palier::calibration::Responses;

namespace {

constexpr int many = 40;

// 40 2PL items, experts who are off by N(0, 0.5) on a scale of 0.5 + 1.5 theta, and persons N(0, 1) who answer all.
struct Drawn {
    std::vector<Parameters> truth;
    ExpertDifficulties experts;
    Responses responses;

    static std::vector<std::string> names() {
        std::vector<std::string> result;
        for (int j = 0; j < many; ++j) result.push_back("q" + std::to_string(j));
        return result;
    }

    explicit Drawn(int persons) : responses(names(), {""}) {
        const math::Random random(3);
        for (std::uint32_t j = 0; j < many; ++j) {
            Parameters item;
            item.model = Model::two_pl;
            item.a = math::exp(0.1 + 0.3 * map_bank::normal(random, j, 0));
            item.b = map_bank::normal(random, j, 1);
            truth.push_back(item);
            experts.emplace_back(0.5 + 1.5 * item.b + 0.5 * map_bank::normal(random, j, 2));
        }
        for (std::uint32_t n = 0; n < static_cast<std::uint32_t>(persons); ++n) {
            const double theta = map_bank::normal(random, 1000 + n, 0);
            std::vector<Answer> answers;
            for (std::uint32_t j = 0; j < many; ++j)
                answers.push_back(
                    {static_cast<int>(j), category_at(truth[j], theta, random.uniform(math::Stream::response, n, j))});
            responses.add(0, answers);
        }
    }

    std::vector<ItemRequest> requests(Model model = Model::two_pl) const {
        return std::vector<ItemRequest>(many, ItemRequest{{model, 2}, std::nullopt, {}});
    }
};

double error_of(const HierarchicalCalibration& result, const Drawn& drawn, double alpha, double beta) {
    double sum = 0;
    for (std::size_t j = 0; j < many; ++j)
        sum += std::pow(result.calibration.items[j].parameters.b - alpha - beta * drawn.truth[j].b, 2);
    return std::sqrt(sum / many);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hierarchy)

BOOST_AUTO_TEST_CASE(few_answers_and_experts_are_better_than_either) {
    const Drawn drawn(60);
    const HierarchicalCalibration result = hierarchical_calibrate(drawn.responses, drawn.requests(), drawn.experts, {});
    BOOST_REQUIRE(result.settled);
    BOOST_TEST(result.calibration.problems.empty());
    double of_experts = 0;
    for (std::size_t j = 0; j < many; ++j) of_experts += std::pow(*drawn.experts[j] - 0.5 - 1.5 * drawn.truth[j].b, 2);
    of_experts = std::sqrt(of_experts / many);
    const double both = error_of(result, drawn, 0.5, 1.5);
    BOOST_TEST(both < 0.8 * of_experts, both << " of " << of_experts);
    // Likelihood alone, on the experts' scale by the truth's own line.
    double alone = 0;
    const auto fit = calibrate(drawn.responses, drawn.requests(),
                               calibration::usual_populations(drawn.responses, drawn.requests()), {});
    for (std::size_t j = 0; j < many; ++j) alone += std::pow(1.5 * (fit.items[j].parameters.b - drawn.truth[j].b), 2);
    alone = std::sqrt(alone / many);
    BOOST_TEST(both < alone, both << " of " << alone);
    // What experts and slopes are worth, within what 40 items can tell.
    BOOST_TEST(std::fabs(result.expert_sd - 0.5) < 0.2, result.expert_sd);
    BOOST_TEST(std::fabs(result.difficulty_sd - 1.5) < 0.5, result.difficulty_sd);
    BOOST_TEST(std::fabs(result.log_slope_sd - 0.3) < 0.15, result.log_slope_sd);
}

BOOST_AUTO_TEST_CASE(experts_give_way_to_many_answers) {
    const Drawn drawn(4000);
    const HierarchicalCalibration result = hierarchical_calibrate(drawn.responses, drawn.requests(), drawn.experts, {});
    const auto fit = calibrate(drawn.responses, drawn.requests(),
                               calibration::usual_populations(drawn.responses, drawn.requests()), {});
    // One line leads from the likelihood's difficulties to these.
    const auto& items = result.calibration.items;
    double x = 0, y = 0, xx = 0, xy = 0;
    for (std::size_t j = 0; j < many; ++j) {
        x += fit.items[j].parameters.b / many;
        y += items[j].parameters.b / many;
        xx += fit.items[j].parameters.b * fit.items[j].parameters.b / many;
        xy += fit.items[j].parameters.b * items[j].parameters.b / many;
    }
    const double beta = (xy - x * y) / (xx - x * x);
    BOOST_TEST(std::fabs(beta - 1.5) < 0.2, beta);
    for (std::size_t j = 0; j < many; ++j) {
        const double line = y + beta * (fit.items[j].parameters.b - x);
        BOOST_TEST(std::fabs(items[j].parameters.b - line) < 0.6 * items[j].errors.b,
                   items[j].id << ": " << items[j].parameters.b << " and not " << line);
    }
    BOOST_TEST(std::fabs(result.calibration.populations[0].mean - 0.5) < 0.25);
}

BOOST_AUTO_TEST_CASE(an_item_that_all_pass_or_nobody_rated_is_placed) {
    Drawn drawn(80);
    Responses passed(Drawn::names(), {""});
    for (std::size_t p = 0; p < drawn.responses.patterns(); ++p) {
        std::vector<Answer> answers;
        for (std::size_t n = 0; n < drawn.responses.length(p); ++n) {
            answers.push_back(drawn.responses.answer(p, n));
            if (answers.back().item == 3) answers.back().category = 1;
        }
        passed.add(0, answers);
    }
    drawn.experts[3] = -2.0;
    drawn.experts[4].reset();
    const auto result = hierarchical_calibrate(passed, drawn.requests(), drawn.experts, {});
    BOOST_REQUIRE(result.settled);
    BOOST_TEST(result.calibration.items[3].parameters.b < -2.0);
    BOOST_TEST(result.calibration.items[3].errors.b > result.calibration.items[5].errors.b);
    BOOST_TEST(std::fabs(result.calibration.items[4].parameters.b - 0.5 - 1.5 * drawn.truth[4].b) <
               3 * result.calibration.items[4].errors.b);
}

// Anchors set the scale; of items with slopes held experts' difficulties are moved, never stretched.
BOOST_AUTO_TEST_CASE(anchors_and_held_slopes_set_the_scale) {
    const Drawn drawn(500);
    auto requests = drawn.requests();
    for (std::size_t j = 0; j < 10; ++j) requests[j].fixed = drawn.truth[j];
    ExpertDifficulties near;
    for (std::size_t j = 0; j < many; ++j) near.emplace_back(drawn.truth[j].b + (j % 2 == 0 ? 0.5 : -0.5));
    const auto result = hierarchical_calibrate(drawn.responses, requests, near, {});
    BOOST_REQUIRE(result.settled);
    BOOST_TEST(result.calibration.items[0].anchor);
    BOOST_TEST(result.calibration.items[0].parameters.b == drawn.truth[0].b);
    BOOST_TEST(std::fabs(result.calibration.populations[0].mean) < 0.15);
    BOOST_TEST(error_of(result, drawn, 0, 1) < 0.2);

    const auto rasch = hierarchical_calibrate(drawn.responses, drawn.requests(Model::rasch), drawn.experts, {});
    BOOST_REQUIRE(rasch.settled);
    for (const CalibratedItem& item : rasch.calibration.items) BOOST_TEST(item.parameters.a == 1);
}

BOOST_AUTO_TEST_CASE(experts_who_contradict_the_answers_set_no_scale) {
    Drawn drawn(500);
    for (auto& e : drawn.experts) e = 1 - *e;
    const auto result = hierarchical_calibrate(drawn.responses, drawn.requests(), drawn.experts, {});
    BOOST_TEST(!result.calibration.converged);
    BOOST_REQUIRE(!result.calibration.problems.empty());
    BOOST_TEST(result.calibration.problems.back().find("experts") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_has_no_scale_is_refused) {
    const Drawn drawn(20);
    BOOST_CHECK_EXCEPTION(hierarchical_calibrate(drawn.responses, drawn.requests(), ExpertDifficulties(many), {}),
                          ArgumentError, [](const ArgumentError& error) {
                              return std::string(error.what()).find("to set the scale") != std::string::npos;
                          });
    BOOST_CHECK_THROW(hierarchical_calibrate(drawn.responses, drawn.requests(), ExpertDifficulties(3), {}),
                      ArgumentError);
    BOOST_CHECK_EXCEPTION(
        hierarchical_calibrate(drawn.responses, drawn.requests(Model::nrm), drawn.experts, {}), ArgumentError,
        [](const ArgumentError& error) { return std::string(error.what()).find("item 'q0'") != std::string::npos; });
}

BOOST_AUTO_TEST_SUITE_END()
