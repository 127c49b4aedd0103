// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <boost/test/unit_test.hpp>
#include <cmath>
#include <limits>

#include "engine/bank/scale_items.hpp"
#include "engine/calibration/correlations.hpp"
#include "engine/errors.hpp"
#include "engine/util/index.hpp"
#include "tests/support/map_bank.hpp"

// Correlations learned by calibration, held to a maximum of the likelihood that is found another way (a fixed product
// grid and the model's formula, no posterior moments), and to the truth of drawn persons.

using namespace palier;
using namespace palier::calibration;

namespace {

AbilityPrior equal_prior(int k, double correlation) {
    Matrix r(k);
    for (int i = 0; i < k; ++i)
        for (int j = 0; j < k; ++j) r(i, j) = i == j ? 1 : correlation;
    return *ability_prior(std::vector<double>(at(k), 0.0), std::vector<double>(at(k), 1.0), r);
}

std::vector<int> scale_numbers(int k) {
    std::vector<int> list;
    for (int s = 0; s < k; ++s) list.push_back(s);
    return list;
}

double measured_along(const Bank& bank, int item, const std::vector<double>& theta) {
    const auto loads = bank.scale_items().loads(item);
    double t = 0;
    for (std::size_t n = 0; n < loads.scales.size(); ++n) t += loads.weights[n] * theta[at(loads.scales[n])];
    return t;
}

// Answers of persons N(mean, covariance) to `asked` items of each scale in turn; `adaptive`: of those not asked yet,
// the one nearest to what the answers to the scale so far say.
Responses answers_of_drawn(const Bank& bank, int k, int asked, int persons, const Matrix& covariance,
                           const std::vector<double>& mean, std::uint64_t seed, bool adaptive = false) {
    std::vector<std::string> names;
    for (const Item& item : bank.items()) names.push_back(item.id);
    Responses responses(names, {"all"});
    const math::Random random(seed);
    Matrix factor = covariance;
    cholesky(factor);
    const int each = static_cast<int>(bank.size()) / k;
    for (int p = 0; p < persons; ++p) {
        std::vector<double> z, theta = mean;
        for (int i = 0; i < k; ++i)
            z.push_back(map_bank::normal(random, static_cast<std::uint32_t>(p), static_cast<std::uint32_t>(1000 + i)));
        for (int i = 0; i < k; ++i)
            for (int j = 0; j <= i; ++j) theta[at(i)] += factor(i, j) * z[at(j)];
        std::vector<Answer> answers;
        for (int s = 0; s < k; ++s) {
            double guess = 0;
            std::vector<bool> used(at(each), false);
            for (int n = 0; n < asked; ++n) {
                int best = -1;
                for (int i = 0; i < each; ++i) {
                    if (used[at(i)]) continue;
                    if (!adaptive) {
                        // Another part of the bank for each person.
                        if ((i + p) % each == n) best = i;
                    } else if (best < 0 || std::fabs(bank[s * each + i].parameters.b - guess) <
                                               std::fabs(bank[s * each + best].parameters.b - guess)) {
                        best = i;
                    }
                }
                used[at(best)] = true;
                const int item = s * each + best;
                const double right = probability(bank[item].parameters, 1, measured_along(bank, item, theta));
                const int x = random.uniform(math::Stream::response, static_cast<std::uint32_t>(p),
                                             static_cast<std::uint32_t>(item)) < right;
                guess += (x ? 1.5 : -1.5) / (n + 1);
                answers.push_back({item, x});
            }
        }
        std::sort(answers.begin(), answers.end(), [](const Answer& a, const Answer& b) { return a.item < b.item; });
        responses.add(0, answers);
    }
    return responses;
}

// The log-likelihood on a grid of [-6, 6]^k, weighted by the normal density and the weights' sum.
class LikelihoodGrid {
public:
    LikelihoodGrid(const Bank& bank, const Responses& responses, int k, int nodes) : k_(k), nodes_(nodes) {
        const auto size = static_cast<std::size_t>(std::pow(nodes, k) + 0.5);
        for (std::size_t q = 0; q < size; ++q) {
            std::vector<double> theta;
            std::size_t rest = q;
            for (int s = 0; s < k; ++s) {
                theta.push_back(-6 + 12.0 * static_cast<double>(rest % static_cast<std::size_t>(nodes)) / (nodes - 1));
                rest /= static_cast<std::size_t>(nodes);
            }
            theta_.push_back(std::move(theta));
        }
        std::vector<std::array<std::vector<double>, 2>> tables(bank.size());
        for (std::size_t i = 0; i < bank.size(); ++i)
            for (const auto& theta : theta_) {
                const Parameters& item = bank[static_cast<int>(i)].parameters;
                const double t = measured_along(bank, static_cast<int>(i), theta);
                // 2pl with slope and intercept by hand
                const double p = 1 / (1 + std::exp(-item.a * (t - item.b)));
                tables[i][0].push_back(std::log(1 - p));
                tables[i][1].push_back(std::log(p));
            }
        for (std::size_t p = 0; p < responses.patterns(); ++p) {
            std::vector<double> log_likelihood(theta_.size(), 0.0);
            for (std::size_t n = 0; n < responses.length(p); ++n) {
                const Answer answer = responses.answer(p, n);
                const auto& table = tables[at(answer.item)][at(answer.category)];
                for (std::size_t q = 0; q < theta_.size(); ++q) log_likelihood[q] += table[q];
            }
            for (double& value : log_likelihood) value = std::exp(value);
            likelihood_.push_back(std::move(log_likelihood));
            frequency_.push_back(responses.frequency(p));
        }
    }
    double log_likelihood(const std::vector<double>& mean, const std::vector<double>& sd, const Matrix& r) const {
        const auto prior = ability_prior(mean, sd, r);
        if (!prior) return -std::numeric_limits<double>::infinity();
        std::vector<double> weights;
        double sum = 0;
        for (const auto& theta : theta_) {
            double form = 0;
            for (int i = 0; i < k_; ++i)
                for (int j = 0; j < k_; ++j)
                    form += (theta[at(i)] - mean[at(i)]) * prior->precision(i, j) * (theta[at(j)] - mean[at(j)]);
            weights.push_back(std::exp(-form / 2));
            sum += weights.back();
        }
        double total = 0;
        for (std::size_t p = 0; p < likelihood_.size(); ++p) {
            double marginal = 0;
            for (std::size_t q = 0; q < weights.size(); ++q) marginal += likelihood_[p][q] * weights[q];
            total += frequency_[p] * std::log(marginal / sum);
        }
        return total;
    }

private:
    int k_, nodes_;
    std::vector<std::vector<double>> theta_;
    std::vector<std::vector<double>> likelihood_;
    std::vector<double> frequency_;
};

std::vector<int> every_item(const Bank& bank) {
    std::vector<int> list;
    for (std::size_t i = 0; i < bank.size(); ++i) list.push_back(static_cast<int>(i));
    return list;
}

// At a maximum, differences of the log-likelihood in each parameter are those of a parabola whose top is here: its
// place, by the values a step below and above, is told in units of the parameter.
void check_learned_maximum(const LikelihoodGrid& grid, const LearnedCorrelations& found, double step,
                           double tolerance) {
    const int k = found.correlation.size();
    const auto at_most = [&](const char* what, int i, int j, const auto& value) {
        const double below = value(-step), here = value(0.0), above = value(step);
        BOOST_TEST(here > below);
        BOOST_TEST(here > above);
        const double top = step * (above - below) / (2 * (2 * here - above - below));
        BOOST_TEST(std::fabs(top) < tolerance, what << " " << i << "," << j << " is off by " << top);
    };
    for (int i = 0; i < k; ++i) {
        at_most("mean", i, i, [&](double d) {
            auto mean = found.mean;
            mean[at(i)] += d;
            return grid.log_likelihood(mean, found.sd, found.correlation);
        });
        at_most("sd", i, i, [&](double d) {
            auto sd = found.sd;
            sd[at(i)] += d;
            return grid.log_likelihood(found.mean, sd, found.correlation);
        });
        for (int j = 0; j < i; ++j)
            at_most("correlation", i, j, [&](double d) {
                Matrix r = found.correlation;
                r(i, j) += d;
                r(j, i) += d;
                return grid.log_likelihood(found.mean, found.sd, r);
            });
    }
}

Matrix three_correlations(double a, double b, double c) {
    Matrix r(3);
    for (int i = 0; i < 3; ++i) r(i, i) = 1;
    r(0, 1) = r(1, 0) = a;
    r(0, 2) = r(2, 0) = b;
    r(1, 2) = r(2, 1) = c;
    return r;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(learned_correlations)

BOOST_AUTO_TEST_CASE(two_scales_are_at_the_maximum_of_the_likelihood_on_a_grid) {
    const auto bank = map_bank::bank(2, 12, 5);
    Matrix covariance(2);
    covariance(0, 0) = 1;
    covariance(1, 1) = 1.44;
    covariance(0, 1) = covariance(1, 0) = 0.72;
    const Responses responses = answers_of_drawn(*bank, 2, 8, 250, covariance, {0.3, -0.2}, 11);
    const auto found = learn_correlations(*bank, scale_numbers(2), equal_prior(2, 0), responses, every_item(*bank), {});
    BOOST_TEST_REQUIRE(found.converged);
    check_learned_maximum(LikelihoodGrid(*bank, responses, 2, 41), found, 0.02, 5e-4);
    BOOST_TEST(found.persons == 250u);
    BOOST_TEST(found.answers[0] == 2000u);
    BOOST_TEST(found.together[0][1] == 250u);
}

BOOST_AUTO_TEST_CASE(three_scales_are_at_the_maximum_of_the_likelihood_on_a_grid) {
    const auto bank = map_bank::bank(3, 8, 6);
    const Responses responses = answers_of_drawn(*bank, 3, 6, 100, three_correlations(0.7, 0.3, 0.5), {0, 0, 0}, 12);
    const auto found =
        learn_correlations(*bank, scale_numbers(3), equal_prior(3, 0.5), responses, every_item(*bank), {});
    BOOST_TEST_REQUIRE(found.converged);
    check_learned_maximum(LikelihoodGrid(*bank, responses, 3, 21), found, 0.05, 2e-3);
}

// From any start, by any number of threads.
BOOST_AUTO_TEST_CASE(the_start_does_not_matter_and_threads_change_no_bit) {
    const auto bank = map_bank::bank(5, 10, 7);
    Matrix r = equal_prior(5, 0.6).covariance;
    r(0, 1) = r(1, 0) = 0.4;
    const Responses responses = answers_of_drawn(*bank, 5, 5, 300, r, std::vector<double>(5, 0.0), 13);
    CorrelationOptions options;
    const auto low =
        learn_correlations(*bank, scale_numbers(5), equal_prior(5, 0), responses, every_item(*bank), options);
    const auto high =
        learn_correlations(*bank, scale_numbers(5), equal_prior(5, 0.8), responses, every_item(*bank), options);
    options.threads = 3;
    const auto again =
        learn_correlations(*bank, scale_numbers(5), equal_prior(5, 0), responses, every_item(*bank), options);
    BOOST_TEST(low.converged);
    BOOST_TEST(high.converged);
    for (int i = 0; i < 5; ++i)
        for (int j = 0; j < i; ++j) BOOST_TEST(std::fabs(low.correlation(i, j) - high.correlation(i, j)) < 2e-3);
    BOOST_CHECK(low.correlation == again.correlation);
    BOOST_CHECK(low.se == again.se);
}

// Adaptive answers of drawn persons: errors are as large as their standard errors say, and no bias is there.
BOOST_AUTO_TEST_CASE(adaptive_answers_have_the_correlations_of_those_who_gave_them) {
    const auto bank = map_bank::bank(4, 40, 8);
    Matrix r(4);
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < 4; ++j) r(i, j) = i == j ? 1 : i == 3 || j == 3 ? 0.2 : 0.75;
    const Responses responses = answers_of_drawn(*bank, 4, 10, 2000, r, std::vector<double>(4, 0.0), 14, true);
    const auto found =
        learn_correlations(*bank, scale_numbers(4), equal_prior(4, 0.45), responses, every_item(*bank), {});
    BOOST_TEST_REQUIRE(found.converged);
    BOOST_TEST_REQUIRE(found.se.size() == 4);
    double squares = 0;
    for (int i = 0; i < 4; ++i)
        for (int j = 0; j < i; ++j) {
            const double z = (found.correlation(i, j) - r(i, j)) / found.se(i, j);
            BOOST_TEST(found.se(i, j) < 0.05);
            BOOST_TEST(std::fabs(z) < 3.5, i << "," << j << ": " << found.correlation(i, j) << " for " << r(i, j));
            squares += z * z;
        }
    BOOST_TEST(squares < 22.5);  // chi-square of 6, p = 0.001
}

// As if 300 persons more had the plan's correlations.
BOOST_AUTO_TEST_CASE(the_plans_correlations_can_count_for_persons) {
    const auto bank = map_bank::bank(2, 12, 5);
    const Responses responses = answers_of_drawn(*bank, 2, 8, 300, equal_prior(2, 0.8).covariance, {0, 0}, 15);
    CorrelationOptions options;
    const auto free =
        learn_correlations(*bank, scale_numbers(2), equal_prior(2, 0), responses, every_item(*bank), options);
    options.weight = 300;
    const auto held =
        learn_correlations(*bank, scale_numbers(2), equal_prior(2, 0), responses, every_item(*bank), options);
    BOOST_TEST(held.correlation(1, 0) < free.correlation(1, 0) - 0.1);
    BOOST_TEST(held.correlation(1, 0) > 0.1);
    options.weight = 1e9;
    const auto fixed =
        learn_correlations(*bank, scale_numbers(2), equal_prior(2, 0.3), responses, every_item(*bank), options);
    BOOST_TEST(std::fabs(fixed.correlation(1, 0) - 0.3) < 1e-4);
}

BOOST_AUTO_TEST_CASE(scales_that_nobody_answered_together_are_named) {
    const auto bank = map_bank::bank(2, 4, 5);
    Responses responses({"c1-1", "c2-1"}, {"all"});
    responses.add(0, std::vector<Answer>{{0, 1}});
    responses.add(0, std::vector<Answer>{{1, 0}});
    try {
        learn_correlations(*bank, scale_numbers(2), equal_prior(2, 0), responses, {0, 4}, {});
        BOOST_TEST(false);
    } catch (const ArgumentError& e) {
        BOOST_TEST(e.what() ==
                   std::string("nobody answered items of 'c1' and of 'c2': nothing says how they go together"));
    }
    BOOST_CHECK_THROW(learn_correlations(*bank, scale_numbers(2), equal_prior(2, 0), responses, {-1, -1}, {}),
                      ArgumentError);
    Responses third({"c1-1"}, {"all"});
    third.add(0, std::vector<Answer>{{0, 2}});
    BOOST_CHECK_THROW(learn_correlations(*bank, scale_numbers(2), equal_prior(2, 0), third, {0}, {}), ArgumentError);
}

BOOST_AUTO_TEST_CASE(rounded_correlations_are_those_of_a_prior) {
    Matrix r(3);
    for (int i = 0; i < 3; ++i)
        for (int j = 0; j < 3; ++j) r(i, j) = i == j ? 1 : 0.99999;
    const Matrix rounded = rounded_correlation(r, 2);
    BOOST_TEST(ability_prior({0, 0, 0}, {1, 1, 1}, rounded).has_value());
    BOOST_TEST(rounded(0, 1) == 0.99, boost::test_tools::tolerance(1e-12));
    BOOST_TEST(rounded_correlation(three_correlations(0.123, 0.456, 0.789), 2)(2, 1) == 0.79,
               boost::test_tools::tolerance(1e-12));
}

BOOST_AUTO_TEST_SUITE_END()
