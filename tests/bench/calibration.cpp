// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>

#include "engine/calibration/calibration.hpp"
#include "engine/math/elementary.hpp"
#include "engine/math/random.hpp"
#include "tests/bench/clock.hpp"

// Calibration of drawn answers on one thread: CPU time and log-likelihood, to stand beside another program's on the
// same answers. bench_calibration PERSONS ITEMS [ASKED [TOLERANCE [FILE.csv [SEED [MODEL [ERRORS]]]]]]: ASKED items a
// person (0: all), drawn near the person's ability with weight exp(-(theta + N(0, 0.5) - b)^2) + 0.02; FILE.csv gets
// the answers, wide; MODEL is 2pl, 3pl (c = 0.2; priors logit c N(-1.5, 0.5), ln a N(0, 0.5)) or grm (4 categories,
// steps at b - 1, b, b + 1); ERRORS 1 with standard errors, 0 without, else both. a is lognormal(0, 0.3), b and theta
// N(0, 1).

using namespace palier;
using namespace palier::calibration;

namespace {

double drawn_normal(const math::Random& random_numbers, std::uint32_t of, std::uint32_t number) {
    return math::normal_quantile(random_numbers.uniform(math::Stream::parameters, of, number) * (1 - 1e-12) + 5e-13);
}

}  // namespace

int main(int argc, char** argv) {
    const auto argument = [&](int k, double otherwise) { return argc > k ? std::atof(argv[k]) : otherwise; };
    const int persons = static_cast<int>(argument(1, 5000));
    const int count = static_cast<int>(argument(2, 100));
    const int asked = static_cast<int>(argument(3, 0));
    const std::string model = argc > 7 ? argv[7] : "2pl";
    const double c = model == "3pl" ? 0.2 : 0;
    const math::Random random_numbers(static_cast<std::uint64_t>(argument(6, 20261129)));
    std::vector<double> a;
    std::vector<double> b;
    std::vector<std::string> names;
    for (int j = 0; j < count; ++j) {
        a.push_back(math::exp(0.3 * drawn_normal(random_numbers, 0, static_cast<std::uint32_t>(j))));
        b.push_back(drawn_normal(random_numbers, 1, static_cast<std::uint32_t>(j)));
        names.push_back("i" + std::to_string(j + 1));
    }
    std::ofstream file(argc > 5 && *argv[5] != 0 ? argv[5] : "/dev/null");
    for (int j = 0; j < count; ++j) file << (j > 0 ? "," : "") << names[static_cast<std::size_t>(j)];
    file << '\n';
    Responses responses(names, {""});
    for (int i = 0; i < persons; ++i) {
        const auto person = static_cast<std::uint32_t>(i);
        const double theta = drawn_normal(random_numbers, 2, person);
        const double around = theta + 0.5 * drawn_normal(random_numbers, 3, person);
        std::vector<Answer> answers;
        std::vector<char> given(static_cast<std::size_t>(count), asked == 0 ? 1 : 0);
        std::uint32_t draw = 0;
        for (int left = asked; left > 0; ++draw) {
            const auto j =
                random_numbers.below(static_cast<std::uint32_t>(count), math::Stream::content, person, 2 * draw);
            const double weight = math::exp(-(around - b[j]) * (around - b[j])) + 0.02;
            if (given[j] || random_numbers.uniform(math::Stream::content, person, 2 * draw + 1) * 1.02 > weight)
                continue;
            given[j] = 1;
            --left;
        }
        for (int j = 0; j < count; ++j) {
            const auto k = static_cast<std::size_t>(j);
            if (j > 0) file << ',';
            if (!given[k]) continue;
            const double u = random_numbers.uniform(math::Stream::response, person, static_cast<std::uint32_t>(j));
            int category = 0;
            if (model == "grm") {
                for (const double step : {-1, 0, 1})
                    category += u < math::logistic(a[k] * (theta - b[k] - step)) ? 1 : 0;
            } else {
                category = u < c + (1 - c) * math::logistic(a[k] * (theta - b[k])) ? 1 : 0;
            }
            answers.push_back({j, category});
            file << answers.back().category;
        }
        file << '\n';
        responses.add(0, answers);
    }
    const Form form = model == "grm"   ? Form{Model::grm, 4}
                      : model == "3pl" ? Form{Model::three_pl, 2}
                                       : Form{Model::two_pl, 2};
    const std::vector<ItemRequest> items(names.size(), ItemRequest{form, std::nullopt});
    Options options;
    if (model == "3pl") {
        options.priors.log_slope = Priors::Normal{0, 0.5};
        options.priors.lower = Priors::Normal{-1.5, 0.5};
    }
    options.search.tolerance = argument(4, 1e-6);
    for (const bool errors : {false, true}) {
        if (argc > 8 && (std::atoi(argv[8]) == 1) != errors) continue;
        options.standard_errors = errors;
        Calibration result;
        const double seconds =
            bench::best_seconds(5, [&] { result = calibrate(responses, items, {Population{}}, options); });
        std::printf(
            "%s, %d x %d, %d asked, tolerance %g, %s standard errors: %.3f s, %d iterations, log-likelihood %.6f, "
            "log-prior %.6f, largest gradient %.2g\n",
            model.c_str(), persons, count, asked, options.search.tolerance, errors ? "with" : "without", seconds,
            result.iterations, result.log_likelihood, result.log_prior, result.max_gradient);
    }
}
