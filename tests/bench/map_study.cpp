// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <sstream>

#include "engine/ability/each_level.hpp"
#include "engine/simulation/draw.hpp"
#include "engine/simulation/map_study.hpp"
#include "tests/support/map_bank.hpp"
#include "tests/support/places.hpp"

// What one session over sixteen correlated competences promises, and what becomes of it where the prior is wrong: the
// study of docs/measurement.md ("Several scales"). 16 x 30 items of 2pl of tests/support/map_bank.hpp, 4 worlds (banks)
// of different seeds, every standard error at most 0.5, levels 0.7 logit apart, four bands of two.
//
//     map_study [persons] [--check]     persons of each condition (default 400); --check: 1 where a figure that the
//                                       documentation promises is missed

using namespace palier;

namespace {

constexpr int scales = 16;
constexpr int worlds = 4;
constexpr std::uint64_t seed = 14;

struct Condition {
    const char* name;
    double prior = 0.75;  ///< correlation that the plan has
    double truth = 0.75;  ///< and the persons
    int apart = -1;       ///< a competence that correlates with no other
    double off = 0;       ///< SD of the errors of the bank's difficulties, in logits…
    double said = 0;      ///< …and what the bank says of it (se_b)
    int questions = 0;    ///< a test of so many; 0: until every standard error is at most 0.5
};

struct Counts {
    int n = 0, covered = 0, covered_95 = 0, unshrunk = 0, unshrunk_95 = 0, each = 0, each_95 = 0;
    double variance = 0, square = 0, own = 0, width = 0;
    void add(double error, double variance_now, double from_mean, double prior_variance, int own_now) {
        constexpr double z80 = 1.2815515655446004, z95 = 1.959963984540054;
        const double sd = std::sqrt(variance_now);
        const double reliability = std::max(0.05, 1 - variance_now / prior_variance);
        const double unshrunk_error = error - from_mean * (1 / reliability - 1);
        const double wide = sd / std::sqrt(reliability);
        ++n;
        covered += std::fabs(error) <= z80 * sd;
        covered_95 += std::fabs(error) <= z95 * sd;
        unshrunk += std::fabs(unshrunk_error) <= z80 * wide;
        unshrunk_95 += std::fabs(unshrunk_error) <= z95 * wide;
        const auto in_each = [&](double p) {
            const auto range = each_level_interval(from_mean, sd, 0, prior_variance, p);
            return range && range->low <= from_mean + error && from_mean + error <= range->high;
        };
        each += in_each(0.8);
        each_95 += in_each(0.95);
        if (const auto range = each_level_interval(from_mean, sd, 0, prior_variance, 0.8))
            width += range->high - range->low;
        variance += variance_now;
        square += error * error;
        own += own_now;
    }
    double share(int of) const { return n == 0 ? 0 : of / static_cast<double>(n); }
};

struct Outcome {
    double questions = 0, most = 0;
    Counts all;
    std::array<Counts, scales> of_scale;
    std::map<int, Counts> of_level;
    int told = 0, told_right = 0, near = 0, near_right = 0, likeliest_right = 0;
    double least_95 = 1;
};

std::shared_ptr<const Plan> plan_of(const Condition& condition) {
    Json more = {{"levels",
                  {{"cuts", {-2.1, -1.4, -0.7, 0.0, 0.7, 1.4, 2.1}},
                   {"first", 1},
                   {"names", {"A", "A", "B", "B", "C", "C", "D", "D"}}}}};
    if (condition.questions > 0) {
        // As many of each competence: the test that asks them one by one.
        const int least = condition.questions / scales;
        more["stop"] = {{"max_items", condition.questions}};
        Json list = Json::array();
        for (int s = 0; s < scales; ++s)
            list.push_back({{"id", "c" + std::to_string(s + 1)},
                            {"min_items", least},
                            {"max_items", least + (condition.questions % scales > s ? 1 : 0)}});
        more["scales"] = list;
    } else {
        more["stop"] = {{"standard_error", 0.5}};
    }
    return map_bank::plan(scales, condition.prior, more);
}

Matrix factor_of(const Condition& condition) {
    Matrix covariance(scales);
    for (int i = 0; i < scales; ++i)
        for (int j = 0; j < scales; ++j)
            covariance(i, j) = i == j ? 1 : i == condition.apart || j == condition.apart ? 0 : condition.truth;
    cholesky(covariance);
    return covariance;
}

int band_at(const Levels& levels, double theta) { return (level_at(levels, theta) - levels.first) / 2; }

void run_world(const Condition& condition, int world, int persons, Outcome& outcome) {
    const auto bank = map_bank::bank(scales, 30, seed + static_cast<std::uint64_t>(world), 0, condition.said);
    const auto plan = plan_of(condition);
    const math::Random errors(seed + 1000 + static_cast<std::uint64_t>(world));
    std::vector<Parameters> truly;
    for (int i = 0; i < bank->size(); ++i) {
        truly.push_back((*bank)[i].parameters);
        truly.back().b += condition.off * map_bank::normal(errors, static_cast<std::uint32_t>(i), 2);
    }
    const Matrix factor = factor_of(condition);
    AbilityPrior population = prior_of_map(*plan->map, plan->scales);
    for (int p = 0; p < persons; ++p) {
        const auto number = static_cast<std::uint32_t>(world * persons + p);
        const std::vector<double> truth = drawn_abilities(population, factor, number, seed);
        const std::uint64_t own = person_seed(seed, number);
        const math::Random random(own);
        Session session(bank, plan, own, Event{});
        int asked = 0;
        for (;; ++asked) {
            const Decision decision = session.decide();
            if (!decision.next) break;
            const int item = *decision.next;
            const int scale = session.map()->own_scale(item);
            const double u = random.uniform(math::Stream::response, static_cast<std::uint32_t>(item));
            session.answer(
                item, category_at(truly[static_cast<std::size_t>(item)], truth[static_cast<std::size_t>(scale)], u));
        }
        outcome.questions += asked;
        outcome.most = std::max(outcome.most, static_cast<double>(asked));
        const AbilityEstimate& estimate = session.map()->estimate();
        for (int s = 0; s < scales; ++s) {
            const auto k = static_cast<std::size_t>(s);
            const double theta = estimate.theta[k], se = estimate.se(s), is = truth[k];
            const int own_questions = session.map()->answered(s);
            for (Counts* counts : {&outcome.all, &outcome.of_scale[k], &outcome.of_level[level_at(*plan->levels, is)]})
                counts->add(is - theta, se * se, theta, 1, own_questions);
            const int band = band_at(*plan->levels, is);
            const Interval around = interval(plan->estimation, theta, se, 0.8);
            const int low = band_at(*plan->levels, around.low), high = band_at(*plan->levels, around.high);
            if (low == high) {
                ++outcome.told;
                outcome.told_right += low == band;
            }
            if (high - low <= 1) {
                ++outcome.near;
                outcome.near_right += low <= band && band <= high;
            }
            outcome.likeliest_right += band_at(*plan->levels, theta) == band;
        }
    }
}

Outcome run(const Condition& condition, int persons) {
    Outcome outcome;
    for (int world = 0; world < worlds; ++world) run_world(condition, world, persons / worlds, outcome);
    outcome.questions /= persons / worlds * worlds;
    for (const Counts& counts : outcome.of_scale)
        outcome.least_95 = std::min(outcome.least_95, counts.share(counts.covered_95));
    return outcome;
}

void print(const Condition& condition, const Outcome& outcome, bool levels) {
    const Counts& all = outcome.all;
    std::printf(
        "%-34s prior %.2f truth %.2f: %6.1f questions (most %.0f), 80 %%: %.1f, 95 %%: %.1f (worst scale %.1f), "
        "RMSE %.3f, SE %.3f, PRMSE %.3f (of the truth %.3f); "
        "one band told %.3f, right %.3f; at most two told %.3f, right %.3f; likeliest right %.3f\n",
        condition.name, condition.prior, condition.truth, outcome.questions, outcome.most, 100 * all.share(all.covered),
        100 * all.share(all.covered_95), 100 * outcome.least_95, std::sqrt(all.square / all.n),
        std::sqrt(all.variance / all.n), 1 - all.variance / all.n, 1 - all.square / all.n, all.share(outcome.told),
        outcome.told_right / std::max(1.0, static_cast<double>(outcome.told)), all.share(outcome.near),
        outcome.near_right / std::max(1.0, static_cast<double>(outcome.near)), all.share(outcome.likeliest_right));
    const auto range = [&](const char* what, const auto& figure) {
        const auto [low, high] =
            std::minmax_element(outcome.of_scale.begin(), outcome.of_scale.end(),
                                [&](const Counts& a, const Counts& b) { return figure(a) < figure(b); });
        std::printf("%s %.3f to %.3f", what, figure(*low), figure(*high));
    };
    range("    by scale: 80 %:", [](const Counts& c) { return c.share(c.covered); });
    range(", 95 %:", [](const Counts& c) { return c.share(c.covered_95); });
    std::printf(", PRMSE");
    for (const Counts& c : outcome.of_scale) std::printf(" %.3f", 1 - c.variance / c.n);
    std::printf("\n");
    if (condition.apart >= 0) {
        const Counts& apart = outcome.of_scale[static_cast<std::size_t>(condition.apart)];
        std::printf("    the one apart: 80 %%: %.1f, 95 %%: %.1f, own questions %.1f, PRMSE %.3f (of the truth %.3f)\n",
                    100 * apart.share(apart.covered), 100 * apart.share(apart.covered_95), apart.own / apart.n,
                    1 - apart.variance / apart.n, 1 - apart.square / apart.n);
    }
    if (!levels) return;
    for (const auto& [level, counts] : outcome.of_level)
        std::printf(
            "    level %d (%d): posterior 80 %%: %.1f, 95 %%: %.1f; not shrunk 80 %%: %.1f, 95 %%: %.1f; each level "
            "80 %%: %.1f, 95 %%: %.1f, width %.3f\n",
            level, counts.n, 100 * counts.share(counts.covered), 100 * counts.share(counts.covered_95),
            100 * counts.share(counts.unshrunk), 100 * counts.share(counts.unshrunk_95),
            100 * counts.share(counts.each), 100 * counts.share(counts.each_95), counts.width / counts.n);
}

// The questions of the demonstration bank, in one language, each on its competence; their parameters are a default of
// the levels that experts gave, in doubt by 0.6 logit, and each person's are drawn from that doubt.
std::shared_ptr<const Bank> shipped_bank(const std::string& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) {
        std::fprintf(stderr, "%s: cannot be read\n", file.c_str());
        std::exit(2);
    }
    Json items = Json::array();
    std::string line;
    std::getline(in, line);  // item,scale,model,a,b,c,se_b,level,status,content,label
    while (std::getline(in, line)) {
        std::array<std::string, 10> cells;
        std::istringstream row(line);
        for (std::string& cell : cells) std::getline(row, cell, ',');
        if (cells[0].size() < 3 || cells[0].substr(cells[0].size() - 3) != "-fr") continue;
        items.push_back({{"item", cells[0]},
                         {"scale", cells[9]},
                         {"model", cells[2]},
                         {"a", std::stod(cells[3])},
                         {"b", std::stod(cells[4])},
                         {"c", std::stod(cells[5])},
                         {"se_b", std::stod(cells[6])}});
    }
    return std::make_shared<Bank>(Bank::from_json(items));
}

// Prior N(0, 2^2) as in the demonstration's own plan, persons whose competences correlate by 0.6. `together`: in one
// session; else one by one, as many questions of each, the prior without correlations.
void shipped(const std::string& file, int questions, double target, int persons, bool together) {
    const auto bank = shipped_bank(file);
    constexpr double truth = 0.6;
    Json list = Json::array();
    for (const std::string& scale : bank->scales()) {
        Json rules = {{"id", scale}, {"prior", {{"distribution", "normal"}, {"mean", 0}, {"sd", 2}}}};
        if (!together) {
            const int count = questions / scales + (questions % scales > static_cast<int>(list.size()) ? 1 : 0);
            rules["min_items"] = rules["max_items"] = count;
        }
        list.push_back(std::move(rules));
    }
    const Json levels = {
        {"cuts", {-2.2, -1.0, 0.0, 1.0, 1.9, 2.7, 3.5, 4.5}},
        {"first", 0},
        {"names", {"0", "Novice", "Novice", "Independent", "Independent", "Advanced", "Advanced", "Expert", "Expert"}}};
    const auto plan = std::make_shared<Plan>(
        Plan::from_json({{"palier_plan", 1},
                         {"scales", list},
                         {"map", {{"correlation", together ? truth : 0}}},
                         {"levels", levels},
                         {"stop", {{"standard_error", target}, {"min_items", questions}, {"max_items", questions}}}}));
    MapRules rules = *plan->map;
    for (int i = 0; i < scales; ++i)
        for (int j = 0; j < scales; ++j) rules.correlation(i, j) = i == j ? 1 : truth;
    const AbilityPrior population = prior_of_map(rules, plan->scales);
    Matrix factor = population.covariance;
    cholesky(factor);
    MapFigures figures(*plan);
    simulate_map(
        bank, plan, static_cast<std::size_t>(persons),
        [&](std::size_t k) { return drawn_abilities(population, factor, k, seed); }, seed, 1,
        [&](std::size_t, const MapPerson& person) { figures.add(person); });
    MapScaleFigures all;
    for (const MapScaleFigures& scale : figures.scales) all.add(scale);
    const double n = all.persons;
    std::printf(
        "shipped questions, %s, for SE %.1f, %d of them (mean %.1f): 80 %%: %.1f, 95 %%: %.1f, SE %.3f, RMSE %.3f, "
        "PRMSE %.3f (of the truth %.3f); level told %.3f, right %.3f; band told %.3f, right %.3f, told and right "
        "%.3f\n",
        together ? "together" : "one by one", target, questions, figures.lengths / figures.persons,
        100 * all.covered / n, 100 * all.covered_95 / n, all.standard_errors / n, std::sqrt(all.squared_errors / n),
        all.prmse / n, 1 - all.squared_errors / n / population.covariance(0, 0), all.level_told / n,
        all.level_right / std::max(1.0, static_cast<double>(all.level_told)), all.band_told / n,
        all.band_right / std::max(1.0, static_cast<double>(all.band_told)), all.band_right / n);
    if (!together) return;
    for (const auto& [level, f] : figures.by_level)
        std::printf("    level %d (%d): 80 %%: %.1f, 95 %%: %.1f\n", level, f.persons,
                    100 * f.covered / static_cast<double>(f.persons),
                    100 * f.covered_95 / static_cast<double>(f.persons));
}

}  // namespace

int main(int argc, char** argv) {
    int persons = 400;
    bool check = false;
    for (int i = 1; i < argc; ++i) {
        if (std::strcmp(argv[i], "--check") == 0)
            check = true;
        else
            persons = std::atoi(argv[i]);
    }
    std::printf("seed %d, %d persons of each condition on %d banks\n", static_cast<int>(seed), persons, worlds);
    int missed = 0;
    const auto hold = [&](bool held, const char* what) {
        if (!held) {
            ++missed;
            std::printf("MISSED: %s\n", what);
        }
    };
    for (const auto& [correlation, most] : {std::pair{0.75, 36.0}, std::pair{0.6, 72.0}}) {
        Condition condition{"as the prior says"};
        condition.prior = condition.truth = correlation;
        const Outcome together = run(condition, persons);
        print(condition, together, true);
        const Counts& all = together.all;
        hold(together.questions <= most, "questions until every standard error is at most 0.5");
        hold(std::fabs(all.share(all.covered) - 0.8) <= 0.02, "80 % intervals hold the truth in 78 to 82 %");
        hold(std::fabs(all.share(all.covered_95) - 0.95) <= 0.02, "95 % intervals hold the truth in 93 to 97 %");
        // 16 scales and 8 levels: that chance puts one so far is 0.0005 each.
        const auto near = [](const Counts& counts, int held, double promised) {
            return std::fabs(counts.share(held) - promised) <= 3.5 * std::sqrt(promised * (1 - promised) / counts.n);
        };
        for (const Counts& one : together.of_scale)
            hold(near(one, one.covered, 0.8) && near(one, one.covered_95, 0.95), "intervals of each scale");
        for (const auto& [level, one] : together.of_level)
            hold(near(one, one.each, 0.8) && near(one, one.each_95, 0.95), "intervals of each level, for each level");
        Condition alone{"one by one, of that length"};
        alone.prior = 0;
        alone.truth = correlation;
        alone.questions = static_cast<int>(std::lround(together.questions));
        const Outcome apart = run(alone, persons);
        print(alone, apart, false);
        hold(together.told_right > apart.told_right, "more bands told and right than one by one");
        if (check) continue;
        alone.name = "one by one, until SE 0.5";
        alone.questions = 0;
        print(alone, run(alone, std::min(persons, 200)), false);
        condition.name = "truth correlates by 0.3 less";
        condition.truth = correlation - 0.3;
        print(condition, run(condition, persons), false);
        condition.name = "one competence apart";
        condition.truth = correlation;
        condition.apart = 5;
        print(condition, run(condition, persons), false);
        condition.apart = -1;
        condition.name = "difficulties off by 0.49 (0.7 level)";
        condition.off = 0.49;
        print(condition, run(condition, persons), false);
        condition.name = "the same, and said (se_b)";
        condition.said = 0.49;
        print(condition, run(condition, persons), false);
        condition.name = "difficulties off by 0.7 logit";
        condition.off = 0.7;
        condition.said = 0;
        print(condition, run(condition, persons), false);
    }
    if (!check)
        for (const int questions : {40, 72, 120})
            for (const bool together : {true, false})
                shipped(test::in_project("adapters/moodle/mod_palier/demo/palier-demo-parameters.csv"), questions, 0.6,
                        persons, together);
    return check && missed > 0 ? 1 : 0;
}
