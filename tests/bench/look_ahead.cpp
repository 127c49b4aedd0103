// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>

#include "engine/session/session.hpp"
#include "tests/support/map_bank.hpp"

// Whether looking two questions ahead earns its cost: the length of tests and their CPU time, with one step and with
// two, for the same persons with the same answers.
//
//     bench_look_ahead [persons 100]
//
// Two steps: of the `ahead` best candidates of one step, the one of the largest value + sum_x P(x) (value of the best
// next question once the answer x is known), P(x) at the mode. One scale: mepv on 61 nodes, the fall of the posterior
// variance to a standard deviation of 0.4 on 200 items. Several: map.look_ahead, 5 and 16 scales that correlate by 0.6.

using namespace palier;

namespace {

constexpr int ahead = 8;

double cpu() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double answer_number(int person, int item) {
    return math::Random(2026).uniform(math::Stream::response, static_cast<std::uint32_t>(person),
                                      static_cast<std::uint32_t>(item));
}

double right(const Item& item, double theta) {
    return 1 / (1 + math::exp(-item.parameters.a * (theta - item.parameters.b)));
}

struct Spent {
    double questions = 0, seconds = 0, squares = 0;
    void add(int n) {
        questions += n;
        squares += static_cast<double>(n) * n;
    }
    void print(const char* what, int persons) const {
        const double mean = questions / persons;
        std::printf("%-24s %6.2f questions (se %.2f)  %8.3f ms of CPU a question\n", what, mean,
                    std::sqrt((squares / persons - mean * mean) / persons), 1000 * seconds / questions);
    }
};

// One scale on nodes.
using Weights = std::vector<double>;
constexpr int nodes = 61;
double node(int k) { return -6 + 0.2 * k; }

double variance_of(const Weights& w) {
    double sum = 0, mean = 0, square = 0;
    for (int k = 0; k < nodes; ++k) {
        sum += w[at(k)];
        mean += w[at(k)] * node(k);
        square += w[at(k)] * node(k) * node(k);
    }
    return square / sum - mean / sum * (mean / sum);
}

struct OneScale {
    const Bank& bank;
    std::vector<Weights> curves;  ///< P(right) of each item at each node
    explicit OneScale(const Bank& of) : bank(of) {
        for (int i = 0; i < bank.size(); ++i) {
            curves.emplace_back(at(nodes));
            for (int k = 0; k < nodes; ++k) curves.back()[at(k)] = right(bank[i], node(k));
        }
    }
    Weights after(const Weights& w, int item, bool is_right) const {
        Weights next(at(nodes));
        for (int k = 0; k < nodes; ++k)
            next[at(k)] = w[at(k)] * (is_right ? curves[at(item)][at(k)] : 1 - curves[at(item)][at(k)]);
        return next;
    }
    double share(const Weights& w, int item) const {
        double sum = 0, of = 0;
        for (int k = 0; k < nodes; ++k) {
            sum += w[at(k)];
            of += w[at(k)] * curves[at(item)][at(k)];
        }
        return of / sum;
    }
    double expected_variance(const Weights& w, int item) const {
        const double p = share(w, item);
        return p * variance_of(after(w, item, true)) + (1 - p) * variance_of(after(w, item, false));
    }
    std::vector<std::pair<double, int>> ranked(const Weights& w, const std::vector<bool>& asked) const {
        std::vector<std::pair<double, int>> list;
        for (int i = 0; i < bank.size(); ++i)
            if (!asked[at(i)]) list.emplace_back(expected_variance(w, i), i);
        std::sort(list.begin(), list.end());
        return list;
    }
    int choose(const Weights& w, std::vector<bool>& asked, bool two) const {
        const auto list = ranked(w, asked);
        if (!two) return list[0].second;
        double least = 1e9;
        int best = list[0].second;
        for (std::size_t c = 0; c < std::min<std::size_t>(ahead, list.size()); ++c) {
            const int item = list[c].second;
            const double p = share(w, item);
            asked[at(item)] = true;
            const double expected = p * ranked(after(w, item, true), asked)[0].first +
                                    (1 - p) * ranked(after(w, item, false), asked)[0].first;
            asked[at(item)] = false;
            if (expected < least) {
                least = expected;
                best = item;
            }
        }
        return best;
    }
    Spent run(int persons, bool two) const {
        Spent spent;
        for (int person = 0; person < persons; ++person) {
            const double theta = map_bank::normal(math::Random(99), static_cast<std::uint32_t>(person), 0);
            Weights w(at(nodes));
            for (int k = 0; k < nodes; ++k) w[at(k)] = math::exp(-node(k) * node(k) / 2);
            std::vector<bool> asked(at(bank.size()), false);
            int n = 0;
            const double from = cpu();
            for (; n < 60 && variance_of(w) > 0.16; ++n) {
                const int item = choose(w, asked, two);
                asked[at(item)] = true;
                w = after(w, item, answer_number(person, item) < right(bank[item], theta));
            }
            spent.seconds += cpu() - from;
            spent.add(n);
        }
        return spent;
    }
};

Spent several(const Bank& bank, const Plan& plan, int persons) {
    const AbilityPrior prior = prior_of_map(*plan.map, plan.scales);
    Matrix factor = prior.covariance;
    cholesky(factor);
    Spent spent;
    for (int person = 0; person < persons; ++person) {
        std::vector<double> theta(prior.mean.size(), 0.0);
        for (std::size_t s = 0; s < theta.size(); ++s)
            for (std::size_t k = 0; k <= s; ++k)
                theta[s] += factor(static_cast<int>(s), static_cast<int>(k)) *
                            map_bank::normal(math::Random(98), static_cast<std::uint32_t>(person),
                                             static_cast<std::uint32_t>(k));
        const MapSetup setup{plan.scales, *plan.map, plan.estimation, plan.stop.standard_error, 200, 0};
        AbilityMap map(bank, bank, setup, prior);
        Pool pool;
        pool.open.assign(at(bank.size()), 1);
        pool.count = bank.size();
        std::vector<Candidate> list;
        int given = 0;
        const double from = cpu();
        for (; !map.ended(given, pool) && given < 200; ++given) {
            map.collect(pool, 1, list);
            order_candidates(list, 1);
            const int item = list[0].item;
            pool.close(item);
            map.take(item, answer_number(person, item) < right(bank[item], theta[at(map.own_scale(item))]) ? 1 : 0);
        }
        spent.seconds += cpu() - from;
        spent.add(given);
    }
    return spent;
}

}  // namespace

int main(int argc, char** argv) {
    const int persons = argc > 1 ? std::atoi(argv[1]) : 100;
    const auto one = map_bank::bank(1, 200, 7);
    const OneScale scale(*one);
    scale.run(persons, false).print("1 scale, one step", persons);
    scale.run(persons, true).print("1 scale, two steps", persons);
    for (const int scales : {5, 16}) {
        const auto bank = map_bank::bank(scales, 30, 7);
        for (const bool two : {false, true}) {
            Json more = {{"stop", {{"standard_error", 0.5}}}, {"estimation", {{"estimator", "map"}}}};
            if (two) more["map"] = {{"look_ahead", ahead}};
            const auto plan = map_bank::plan(scales, 0.6, more);
            const std::string name = std::to_string(scales) + (two ? " scales, two steps" : " scales, one step");
            several(*bank, *plan, persons).print(name.c_str(), persons);
        }
    }
}
