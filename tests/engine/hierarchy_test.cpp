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
constexpr std::uint64_t seeds[] = {1, 2};  // of the sets of few persons

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

// Few persons: 2PL answers of a seed, with the kinds of column and of asking that few persons bring about.
enum class Few { plain, all_pass, all_alike, half_asked, one_expert, bold_experts };

struct FewPersons {
    std::vector<std::vector<Answer>> persons;
    std::vector<std::string> names;
    ExpertDifficulties experts;
    Responses responses;

    static std::vector<std::string> numbered(int items) {
        std::vector<std::string> result;
        for (int j = 0; j < items; ++j) result.push_back("q" + std::to_string(j));
        return result;
    }

    FewPersons(std::uint64_t seed, int count, int items, Few kind) : names(numbered(items)), responses(names, {""}) {
        const math::Random random(seed);
        const auto many_items = static_cast<std::uint32_t>(items);
        std::vector<Parameters> truth(many_items);
        for (std::uint32_t j = 0; j < many_items; ++j) {
            truth[j].model = Model::two_pl;
            truth[j].a = math::exp(0.3 * map_bank::normal(random, j, 0));
            truth[j].b = map_bank::normal(random, j, 1);
            const double off = kind == Few::bold_experts ? 3 : 0.8;
            if (kind != Few::one_expert || j == 0)
                experts.emplace_back(truth[j].b + off * map_bank::normal(random, j, 2));
            else
                experts.emplace_back();
        }
        for (std::uint32_t n = 0; n < static_cast<std::uint32_t>(count); ++n) {
            const double theta = map_bank::normal(random, 1000 + n, 0);
            std::vector<Answer> answers;
            for (std::uint32_t j = 0; j < many_items; ++j) {
                const double u = random.uniform(math::Stream::response, kind == Few::all_alike ? 0 : n, j);
                int category = category_at(truth[j], kind == Few::all_alike ? 0 : theta, u);
                if (kind == Few::all_pass && j % 3 == 0) category = 1;
                if (kind == Few::half_asked && (n + j) % 2 == 1) continue;
                answers.push_back({static_cast<int>(j), category});
            }
            responses.add(0, answers);
            persons.push_back(answers);
        }
    }
};

// What a calibration is the maximum of, given what it says that experts and slopes are worth.
double log_posterior(const FewPersons& set, const HierarchicalCalibration& given, const std::vector<double>& b,
                     const std::vector<double>& log_a) {
    const auto& population = given.calibration.populations[0];
    const double sd = std::sqrt(population.variance);
    double sum = 0;
    for (const auto& answers : set.persons) {
        double likelihood = 0, weights = 0;
        for (int q = 0; q <= 120; ++q) {
            const double z = -6 + 0.1 * q;
            const double weight = std::exp(-0.5 * z * z);
            double product = 1;
            for (const Answer& answer : answers) {
                const auto j = static_cast<std::size_t>(answer.item);
                const double right = 1 / (1 + std::exp(-std::exp(log_a[j]) * (population.mean + sd * z - b[j])));
                product *= answer.category == 1 ? right : 1 - right;
            }
            likelihood += weight * product;
            weights += weight;
        }
        sum += std::log(likelihood / weights);
    }
    const auto square = [](double x) { return x * x; };
    for (std::size_t j = 0; j < b.size(); ++j) {
        sum -= 0.5 * square((b[j] - given.difficulty_mean) / given.difficulty_sd);
        if (set.experts[j]) sum -= 0.5 * square((b[j] - *set.experts[j]) / given.expert_sd);
        sum -= 0.5 * square((log_a[j] - given.log_slope_mean) / given.log_slope_sd);
    }
    return sum;
}

// Either a maximum, which no step along a difficulty or a slope exceeds, or a sentence and no "converged".
std::string fault_of(const FewPersons& set, Few kind) {
    const std::vector<ItemRequest> requests(set.names.size(), ItemRequest{{Model::two_pl, 2}, std::nullopt, {}});
    const HierarchicalCalibration result = hierarchical_calibrate(set.responses, requests, set.experts, {});
    const auto& fit = result.calibration;
    if (!result.settled || !fit.converged || !fit.is_highest.value_or(false)) {
        if (fit.problems.empty()) return "no maximum, and no word of it";
        return fit.converged && fit.is_highest.value_or(false) ? "converged, and yet: " + fit.problems.front() : "";
    }
    std::vector<double> b, log_a;
    for (std::size_t j = 0; j < fit.items.size(); ++j) {
        const CalibratedItem& item = fit.items[j];
        if (!std::isfinite(item.parameters.b) || !(item.parameters.a > 0) || !std::isfinite(item.parameters.a) ||
            !(item.errors.b > 0) || !std::isfinite(item.errors.b) || !(item.errors.a > 0))
            return item.id + " has no number";
        b.push_back(item.parameters.b);
        log_a.push_back(std::log(item.parameters.a));
        const double of_items = 1 / std::pow(result.difficulty_sd, 2), of_experts = 1 / std::pow(result.expert_sd, 2);
        const double before = set.experts[j] ? (of_items * result.difficulty_mean + of_experts * *set.experts[j]) /
                                                   (of_items + of_experts)
                                             : result.difficulty_mean;
        if (kind == Few::all_pass && j % 3 == 0 && item.parameters.b >= before)
            return item.id + ", which all pass, is not easier than was said";
    }
    const double highest = log_posterior(set, result, b, log_a);
    for (std::vector<double>* along : {&b, &log_a})
        for (double& value : *along)
            for (const double step : {-0.02, 0.02}) {
                const double there = value;
                value += step;
                const double other = log_posterior(set, result, b, log_a);
                value = there;
                if (other >= highest) return "a step of " + std::to_string(step) + " is higher";
            }
    return {};
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

BOOST_AUTO_TEST_CASE(few_persons_get_a_maximum_or_an_answer_in_words) {
    for (const int persons : {10, 20, 30})
        for (const int items : {3, 11})
            for (const Few kind :
                 {Few::plain, Few::all_pass, Few::all_alike, Few::half_asked, Few::one_expert, Few::bold_experts})
                for (const std::uint64_t seed : seeds) {
                    const std::string fault = fault_of(FewPersons(seed, persons, items, kind), kind);
                    BOOST_TEST(fault == "", persons << " persons, " << items << " items, kind "
                                                    << static_cast<int>(kind) << ", seed " << seed << ": " << fault);
                }
    BOOST_TEST(fault_of(FewPersons(5, 10, 60, Few::all_pass), Few::all_pass) == "");
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
