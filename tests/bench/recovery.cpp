// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

#include "engine/errors.hpp"
#include "engine/fit/dif.hpp"
#include "tests/support/map_bank.hpp"

// Whether a calibration finds again what its answers were drawn from, and how often differential functioning is told of
// items, for 50, 100, 200 and 1,000 persons: 20 items, all asked of all; ln a N(0, 0.3^2), b N(0, 1), c 0.2, steps of
// items with four categories b - 0.8, b, b + 0.8; theta N(0, 1). Every number comes of a seed, so that the same command
// prints the same table.
//
//     parameters  by model, maximum likelihood (3pl: with logit c N(-1.4, 0.5^2)): sets whose data are hopeless (an
//                 item or category without answers of both kinds) and sets without a maximum; over the others, of
//                 difficulties (all steps) and of ln a, the share that is off by more than 2, mean error and root mean
//                 squared error of the rest, and share of 95 % intervals that hold the truth
//     dif         item 0 is 0, 0.5 or 1 harder for every other person, who are 0.5 less able: share of p < 0.05 for it
//                 and for the others, by Mantel and Haenszel purified, logistic regression (both differences) and
//                 likelihood ratio (2pl)
//
//     bench_recovery parameters|dif [sets 200]

using namespace palier;

namespace {

constexpr int items = 20;
constexpr std::array<int, 4> sizes = {50, 100, 200, 1000};

// Sums of errors of one kind of parameter.
struct Recovery {
    double count = 0, far = 0, sum = 0, squares = 0, covered = 0;
    void add(double error, double se) {
        count += 1;
        covered += std::fabs(error) <= 1.96 * se ? 1 : 0;
        if (std::fabs(error) > 2) {
            far += 1;
            return;
        }
        sum += error;
        squares += error * error;
    }
    void print() const {
        const double near = count - far;
        std::printf(" | %5.3f %+6.3f %5.3f %5.3f", far / count, sum / near, std::sqrt(squares / near), covered / count);
    }
};

Parameters drawn_item(Model model, const math::Random& random, std::uint32_t number) {
    Parameters item;
    item.model = model;
    item.a = model == Model::rasch ? 1 : math::exp(0.3 * map_bank::normal(random, number, 0));
    item.b = map_bank::normal(random, number, 1);
    if (model == Model::three_pl) item.c = 0.2;
    if (is_polytomous(model)) {
        item.categories = 4;
        for (int k = 0; k < 3; ++k) item.steps[at(k)] = item.b + 0.8 * (k - 1);
    }
    return item;
}

void study_parameters(Model model, int persons, int sets) {
    Recovery difficulty, slope;
    int hopeless = 0, without = 0;
    std::vector<std::string> ids;
    for (int j = 0; j < items; ++j) ids.push_back("q" + std::to_string(j));
    for (int set = 0; set < sets; ++set) {
        const math::Random random(20261130U + static_cast<std::uint32_t>(set));
        std::vector<Parameters> truth;
        for (std::uint32_t j = 0; j < items; ++j) truth.push_back(drawn_item(model, random, j));
        calibration::Responses responses(ids, {""});
        std::vector<calibration::Answer> answers;
        for (std::uint32_t n = 0; n < static_cast<std::uint32_t>(persons); ++n) {
            const double theta = map_bank::normal(random, 1000 + n, 0);
            answers.clear();
            for (int j = 0; j < items; ++j) {
                const double u = random.uniform(math::Stream::response, n, static_cast<std::uint32_t>(j));
                answers.push_back({j, category_at(truth[at(j)], theta, u)});
            }
            responses.add(0, answers);
        }
        const std::vector<calibration::ItemRequest> requests(items, {{model, truth[0].categories}, std::nullopt});
        calibration::Options options;
        if (model == Model::three_pl) options.priors.lower = calibration::Priors::Normal{-1.4, 0.5};
        try {
            const auto found = calibration::calibrate(responses, requests,
                                                      calibration::usual_populations(responses, requests), options);
            if (!found.converged || !found.is_highest.value_or(false)) {
                ++without;
                continue;
            }
            for (int j = 0; j < items; ++j) {
                const Parameters& right = truth[at(j)];
                const auto& of = found.items[at(j)];
                const int steps = right.categories - 1;
                for (int k = 0; k < steps; ++k)
                    difficulty.add(
                        steps == 1 ? of.parameters.b - right.b : of.parameters.steps[at(k)] - right.steps[at(k)],
                        steps == 1 ? of.errors.b : of.errors.steps[at(k)]);
                if (model != Model::rasch && of.parameters.a > 0)
                    slope.add(math::log(of.parameters.a / right.a), of.errors.a / of.parameters.a);
            }
        } catch (const ArgumentError&) {
            ++hopeless;
        }
    }
    std::printf("%-5s %5d | %3d %3d", name(model), persons, hopeless, without);
    if (difficulty.count > 0) difficulty.print();
    if (slope.count > 0) slope.print();
    std::printf("\n");
    std::fflush(stdout);
}

struct Share {
    int of = 0, rejected = 0;
    void count(bool rejects) {
        ++of;
        rejected += rejects ? 1 : 0;
    }
    double value() const { return of == 0 ? std::nan("") : static_cast<double>(rejected) / of; }
};

void study_dif(double harder, int persons, int sets) {
    std::array<Share, 3> own, others;
    std::vector<std::string> ids;
    for (int j = 0; j < items; ++j) ids.push_back("q" + std::to_string(j));
    for (int set = 0; set < sets; ++set) {
        const math::Random random(20261201U + static_cast<std::uint32_t>(set));
        std::vector<Parameters> truth;
        for (std::uint32_t j = 0; j < items; ++j) truth.push_back(drawn_item(Model::two_pl, random, j));
        // The item that differs is one of usual difficulty, else its power is that of its difficulty.
        truth[0].a = 1;
        truth[0].b = 0;
        calibration::Responses responses(ids, {"reference", "focal"});
        std::vector<calibration::Answer> answers;
        for (std::uint32_t n = 0; n < static_cast<std::uint32_t>(persons); ++n) {
            const int side = static_cast<int>(n % 2);
            const double theta = map_bank::normal(random, 1000 + n, 0) - 0.5 * side;
            answers.clear();
            for (int j = 0; j < items; ++j) {
                Parameters item = truth[at(j)];
                if (j == 0) item.b += harder * side;
                const double u = random.uniform(math::Stream::response, n, static_cast<std::uint32_t>(j));
                answers.push_back({j, category_at(item, theta, u)});
            }
            responses.add(side, answers);
        }
        for (int j = 0; const fit::DifItem& item : fit::dif(responses, 0, 1, {})) {
            auto& into = j++ == 0 ? own : others;
            if (item.mantel_haenszel.size != '-') into[0].count(item.mantel_haenszel.p < 0.05);
            if (item.logistic.found) into[1].count(item.logistic.p < 0.05);
        }
        try {
            const std::vector<calibration::ItemRequest> requests(items, {{Model::two_pl, 2}, std::nullopt});
            for (int j = 0; const fit::LikelihoodRatio& item : fit::likelihood_ratio_dif(responses, requests, {})) {
                auto& into = j++ == 0 ? own : others;
                if (item.degrees > 0) into[2].count(item.p < 0.05);
            }
        } catch (const ArgumentError&) {
            // All answers to an item alike: no calibration, and no ratio.
        }
    }
    std::printf("%.1f %5d", harder, persons);
    for (std::size_t k = 0; k < 3; ++k)
        std::printf(" | %5.3f %5.3f (%d)", own[k].value(), others[k].value(), own[k].of);
    std::printf("\n");
    std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string of = argc > 1 ? argv[1] : "parameters";
    const int sets = argc > 2 ? std::atoi(argv[2]) : 200;
    if (of == "dif") {
        std::printf("%d sets of %d items; item 0 and the others (sets): Mantel-Haenszel | logistic | ratio\n", sets,
                    items);
        for (const double harder : {0.0, 0.5, 1.0})
            for (const int persons : sizes) study_dif(harder, persons, sets);
        return 0;
    }
    std::printf("%d sets of %d items; sets hopeless, without a maximum | error of difficulties | of ln a\n", sets,
                items);
    for (const Model model : {Model::rasch, Model::two_pl, Model::three_pl, Model::grm, Model::gpcm})
        for (const int persons : sizes) study_parameters(model, persons, sets);
}
