// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "engine/fit/dif.hpp"
#include "engine/fit/limited_information.hpp"
#include "engine/fit/residuals.hpp"
#include "engine/fit/score_fit.hpp"
#include "tests/support/map_bank.hpp"

// How often the tests of fit and of differential functioning reject, where the model holds and where not: 20 items
// of 1,000 persons (a lognormal(0, 0.3), b N(0, 1), theta N(0, 1)), 2PL calibrated anew from each drawn set. Worlds:
//
//     true       the model holds
//     guessing   items 0 and 1 have a lower asymptote of 0.25 and b = 1
//     two        items 10 to 19 measure another ability, correlated 0.6
//     dif        item 0 is 0.5 harder for persons 500 to 999
//
// A line a world: shares of p < 0.05 (of lz: below -1.645), of the items or pairs that the world touches and of the
// others.
//
//     bench_fit_study [sets 200]

using namespace palier;

namespace {

constexpr int items = 20;
constexpr int persons = 1000;

enum class World { holds, guessing, two, dif };

struct Share {
    int of = 0, rejected = 0;
    void count(bool rejects) {
        ++of;
        rejected += rejects ? 1 : 0;
    }
    double value() const { return of == 0 ? std::nan("") : static_cast<double>(rejected) / of; }
};

calibration::Responses drawn(World world, std::uint32_t set) {
    const math::Random random(20261129U + set);
    std::vector<std::string> ids;
    std::vector<Parameters> bank;
    for (std::uint32_t j = 0; j < items; ++j) {
        ids.push_back("q" + std::to_string(j));
        Parameters item;
        item.model = Model::three_pl;
        item.a = math::exp(0.3 * map_bank::normal(random, j, 0));
        item.b = map_bank::normal(random, j, 1);
        if (world == World::guessing && j < 2) {
            item.b = 1;
            item.c = 0.25;
        }
        bank.push_back(item);
    }
    calibration::Responses responses(ids, {"first", "second"});
    std::vector<calibration::Answer> answers;
    for (std::uint32_t n = 0; n < persons; ++n) {
        const double theta = map_bank::normal(random, 1000 + n, 0);
        const double other = 0.6 * theta + 0.8 * map_bank::normal(random, 1000 + n, 1);
        answers.clear();
        for (int j = 0; j < items; ++j) {
            Parameters item = bank[at(j)];
            if (world == World::dif && j == 0 && n >= persons / 2) item.b += 0.5;
            const double of = world == World::two && j >= items / 2 ? other : theta;
            const double u = random.uniform(math::Stream::response, n, static_cast<std::uint32_t>(j));
            answers.push_back({j, category_at(item, of, u)});
        }
        responses.add(n < persons / 2 ? 0 : 1, answers);
    }
    return responses;
}

// The same persons as one group.
calibration::Responses together(const calibration::Responses& responses) {
    calibration::Responses result(responses.items(), {""});
    std::vector<calibration::Answer> answers;
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        fit::answers_of(responses, p, answers);
        for (int n = 0; n < static_cast<int>(responses.frequency(p)); ++n) result.add(0, answers);
    }
    return result;
}

void study(const char* name, World world, int sets) {
    Share m2, item_touched, item_other, pair_touched, pair_other, person, infit, dif_touched, dif_other;
    int failed = 0;
    for (int set = 0; set < sets; ++set) {
        const calibration::Responses groups = drawn(world, static_cast<std::uint32_t>(set));
        const calibration::Responses responses = together(groups);
        const std::vector<calibration::ItemRequest> requests(items, {{Model::two_pl, 2}, std::nullopt});
        calibration::Options options;
        options.standard_errors = false;
        fit::Tested tested;
        tested.populations = calibration::usual_populations(responses, requests);
        const auto found = calibration::calibrate(responses, requests, tested.populations, options);
        if (!found.converged) {
            ++failed;
            continue;
        }
        for (const auto& item : found.items) tested.items.push_back(item.parameters);
        const auto touched = [&](int item) {
            return world == World::guessing ? item < 2 : world == World::dif ? item == 0 : false;
        };
        m2.count(fit::limited_information(responses, tested, fit::Margins::m2).p < 0.05);
        const auto scores = fit::score_fit(responses, tested);
        const auto residual = fit::residual_fit(responses, tested);
        for (int j = 0; j < items; ++j) {
            (touched(j) ? item_touched : item_other).count(scores[at(j)].p < 0.05);
            infit.count(std::fabs(residual.items[at(j)].z_infit) > 1.96);
        }
        for (const fit::PairFit& pair : fit::pair_fit(responses, tested))
            (world == World::two && pair.first >= items / 2 ? pair_touched : pair_other).count(pair.p < 0.05);
        const fit::ExpectedAbility ability(tested);
        std::vector<calibration::Answer> answers;
        for (std::size_t p = 0; p < responses.patterns(); p += 10) {
            fit::answers_of(responses, p, answers);
            person.count(fit::person_fit(tested, ability, 0, answers).lz < -1.645);
        }
        for (const fit::DifItem& item : fit::dif(groups, 0, 1, {}))
            (touched(item.id == "q0" ? 0 : items - 1) ? dif_touched : dif_other).count(item.mantel_haenszel.p < 0.05);
    }
    std::printf(
        "%-9s M2 %.3f | S-X2 %.3f, others %.3f | LD %.3f, others %.3f | |z infit| %.3f | lz %.3f | MH %.3f, others %.3f",
        name, m2.value(), item_touched.value(), item_other.value(), pair_touched.value(), pair_other.value(),
        infit.value(), person.value(), dif_touched.value(), dif_other.value());
    std::printf(failed > 0 ? " (%d sets without a maximum)\n" : "\n", failed);
}

}  // namespace

int main(int argc, char** argv) {
    const int sets = argc > 1 ? std::atoi(argv[1]) : 200;
    std::printf("%d sets of %d persons, %d items\n", sets, persons, items);
    study("true", World::holds, sets);
    study("guessing", World::guessing, sets);
    study("two", World::two, sets);
    study("dif", World::dif, sets);
}
