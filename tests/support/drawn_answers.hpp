// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "engine/fit/persons.hpp"
#include "tests/support/map_bank.hpp"

// Answers drawn from known parameters: 2PL items (a lognormal(0, 0.2), b N(0, 1)), and persons who take a simple
// adaptive test of them. The next item is the unused one nearest to a level that goes up or down with each answer, so
// that what is asked depends on answers alone.

namespace palier::test {

struct DrawnAnswers {
    std::vector<std::string> ids;
    std::vector<Parameters> items;
    std::vector<fit::Person> persons;
};

struct Drawing {
    std::uint64_t seed = 1;
    int items = 40;
    int persons = 1000;
    int asked = 20;
    std::function<double(int person)> mean = [](int) { return 0.0; };
    /// How much harder an item is for a person than its parameters say.
    std::function<double(int person, int item)> harder = [](int, int) { return 0.0; };
};

inline DrawnAnswers drawn_answers(const Drawing& of) {
    const math::Random random(of.seed);
    DrawnAnswers drawn;
    for (int j = 0; j < of.items; ++j) {
        Parameters item;
        item.model = Model::two_pl;
        item.a = std::exp(0.2 * map_bank::normal(random, static_cast<std::uint32_t>(j), 0));
        item.b = map_bank::normal(random, static_cast<std::uint32_t>(j), 1);
        drawn.items.push_back(item);
        drawn.ids.push_back("I" + std::to_string(j + 1));
    }
    for (int n = 0; n < of.persons; ++n) {
        const auto number = static_cast<std::uint32_t>(of.items + n);
        const double theta = of.mean(n) + map_bank::normal(random, number, 0);
        fit::Person person;
        std::vector<char> used(static_cast<std::size_t>(of.items), 0);
        double level = 0.5 * map_bank::normal(random, number, 1);
        for (int k = 0; k < of.asked; ++k) {
            int best = -1;
            for (int j = 0; j < of.items; ++j) {
                const auto distance = [&](int i) {
                    return std::fabs(drawn.items[static_cast<std::size_t>(i)].b - level);
                };
                if (!used[static_cast<std::size_t>(j)] && (best < 0 || distance(j) < distance(best))) best = j;
            }
            used[static_cast<std::size_t>(best)] = 1;
            const double p =
                category_probabilities(drawn.items[static_cast<std::size_t>(best)], theta - of.harder(n, best))[1];
            const bool right = random.uniform(math::Stream::response, number, static_cast<std::uint32_t>(k)) < p;
            level += (right ? 1.5 : -1.5) / (k + 2);
            person.push_back({best, right ? 1 : 0});
        }
        std::sort(person.begin(), person.end(), [](const auto& a, const auto& b) { return a.item < b.item; });
        drawn.persons.push_back(std::move(person));
    }
    return drawn;
}

}  // namespace palier::test
