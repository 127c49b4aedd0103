// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/assembly/test_problem.hpp"
#include "engine/util/index.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <queue>

namespace palier {
namespace {

constexpr int most_branches = 1000;

// Which demands are in force; conflict() leaves some out.
struct Scope {
    std::uint64_t demands = ~std::uint64_t{0};
    bool length = true;
    bool enemies = true;
    bool blocks = true;
};

using Test = std::optional<std::vector<int>>;

// Two free items of a test that are enemies, or nothing.
std::optional<std::pair<int, int>> enemies_in(const std::vector<int>& test, const TestProblem& problem) {
    const auto free = [&](int item) {
        return std::binary_search(test.begin(), test.end(), item) &&
               std::binary_search(problem.available.begin(), problem.available.end(), item);
    };
    for (const int item : test) {
        if (problem.bank->enemies(item).empty() || !free(item)) continue;
        for (const int enemy : problem.bank->enemies(item))
            if (enemy > item && free(enemy)) return std::pair{item, enemy};
    }
    return std::nullopt;
}

// The laminar problem with some available items left out.
struct Branch {
    std::vector<int> excluded;
    std::vector<int> test;
    double value;
    int number;  ///< earlier branches first among equals
    bool operator<(const Branch& other) const {
        return value < other.value || (value == other.value && number > other.number);
    }
};

class LaminarSearch {
public:
    LaminarSearch(const TestProblem& problem, const Laminar& laminar, int length)
        : problem_(problem), laminar_(laminar), length_(length) {}

    Test solve(bool enemies) {
        auto root = branch({});
        if (!root) return std::nullopt;
        if (!enemies) return root->test;
        std::priority_queue<Branch> open;
        open.push(std::move(*root));
        while (!open.empty()) {
            const Branch best = open.top();
            open.pop();
            const auto pair = enemies_in(best.test, problem_);
            if (!pair) return best.test;
            const bool narrow = count_ > most_branches;  // then only the better half of each pair is followed
            const bool first_better = value_of(pair->first) >= value_of(pair->second);
            for (const bool first : {true, false}) {
                if (narrow && first == first_better) continue;
                auto excluded = best.excluded;
                excluded.push_back(first ? pair->first : pair->second);
                if (auto next = branch(std::move(excluded))) open.push(std::move(*next));
            }
        }
        return std::nullopt;
    }

private:
    double value_of(int item) const {
        const auto found = std::lower_bound(problem_.available.begin(), problem_.available.end(), item);
        return problem_.values[static_cast<std::size_t>(found - problem_.available.begin())];
    }

    std::optional<Branch> branch(std::vector<int> excluded) {
        std::vector<Laminar::Item> items;
        items.reserve(problem_.available.size());
        for (std::size_t k = 0; k < problem_.available.size(); ++k) {
            const int item = problem_.available[k];
            if (std::find(excluded.begin(), excluded.end(), item) == excluded.end())
                items.push_back({item, problem_.values[k]});
        }
        auto test = laminar_.best(problem_.given, items, length_);
        if (!test) return std::nullopt;
        double value = 0;
        for (const int item : *test)
            if (std::binary_search(problem_.available.begin(), problem_.available.end(), item)) value += value_of(item);
        return Branch{std::move(excluded), std::move(*test), value, count_++};
    }

    const TestProblem& problem_;
    const Laminar& laminar_;
    int length_;
    int count_ = 0;
};

// A column of the program: one item, or the items of a block.
struct Unit {
    std::vector<int> items;
    double value;
    bool fixed;
};

std::vector<Unit> units_of(const TestProblem& problem, const Scope& scope, int room) {
    std::vector<Unit> units;
    for (const TestProblem::Block& block : problem.blocks) {
        if (scope.blocks) {
            units.push_back({block.items, block.value, block.begun});
        } else {
            for (const int item : block.items)
                units.push_back({{item}, block.value / static_cast<double>(block.items.size()), false});
        }
    }
    // Items that every row counts alike: no best test has one that is not among the `room` of them
    // with the largest values. Enemies are no two alike.
    std::map<std::vector<double>, std::vector<Laminar::Item>> alike;
    const auto& demands = problem.demands->list();
    for (std::size_t k = 0; k < problem.available.size(); ++k) {
        const int item = problem.available[k];
        if (scope.enemies && !problem.bank->enemies(item).empty()) {
            units.push_back({{item}, problem.values[k], false});
            continue;
        }
        std::vector<double> row;
        for (std::size_t d = 0; d < demands.size(); ++d)
            if ((scope.demands >> d) & 1u) row.push_back(problem.demands->coefficient(d, item));
        alike[std::move(row)].push_back({item, problem.values[k]});
    }
    for (auto& [row, items] : alike) {
        std::stable_sort(items.begin(), items.end(),
                         [](const Laminar::Item& x, const Laminar::Item& y) { return x.value > y.value; });
        for (std::size_t k = 0; k < std::min(items.size(), at(std::max(0, room))); ++k)
            units.push_back({{items[k].item}, items[k].value, false});
    }
    std::stable_sort(units.begin(), units.end(), [](const Unit& x, const Unit& y) { return x.items[0] < y.items[0]; });
    return units;
}

MipProblem program_of(const TestProblem& problem, const Scope& scope, const std::vector<Unit>& units, int low,
                      int high) {
    MipProblem program;
    program.max_nodes = most_nodes;
    MipProblem::Row length{"stop.max_items", {}, {}, 0, 0};
    length.low = scope.length ? low - static_cast<double>(problem.given.size()) : -unbounded;
    length.high = scope.length ? high - static_cast<double>(problem.given.size()) : unbounded;
    std::map<int, int> column_of;
    for (const Unit& unit : units) {
        const auto column = static_cast<int>(program.columns.size());
        program.columns.push_back({unit.value, unit.fixed ? 1.0 : 0.0, 1.0, true});
        length.columns.push_back(column);
        length.coefficients.push_back(static_cast<double>(unit.items.size()));
        for (const int item : unit.items) column_of[item] = column;
    }
    program.rows.push_back(std::move(length));
    const auto& demands = problem.demands->list();
    for (std::size_t d = 0; d < demands.size(); ++d) {
        if (((scope.demands >> d) & 1u) == 0) continue;
        const bool mean = demands[d].quantity == BoundRule::Quantity::mean;
        // A mean m over the test: sum (c_i - m) x_i, whatever the length.
        for (const bool upper : {false, true}) {
            const double bound = upper ? demands[d].high : demands[d].low;
            if (!std::isfinite(bound)) continue;
            const double shift = mean ? bound : 0;
            MipProblem::Row row{demands[d].key, {}, {}, -unbounded, unbounded};
            double have = 0;
            for (const int item : problem.given) have += problem.demands->coefficient(d, item) - shift;
            for (std::size_t u = 0; u < units.size(); ++u) {
                double sum = 0;
                for (const int item : units[u].items) sum += problem.demands->coefficient(d, item) - shift;
                if (sum == 0) continue;
                row.columns.push_back(static_cast<int>(u));
                row.coefficients.push_back(sum);
            }
            (upper ? row.high : row.low) = (mean ? 0 : bound) - have;
            program.rows.push_back(std::move(row));
        }
    }
    if (!scope.enemies) return program;
    for (const auto& [item, column] : column_of) {
        for (const int enemy : problem.bank->enemies(item)) {
            const auto other = column_of.find(enemy);
            if (enemy > item && other != column_of.end() && other->second != column)
                program.rows.push_back({"enemies", {column, other->second}, {1, 1}, -unbounded, 1});
        }
    }
    return program;
}

Test solve_program(const TestProblem& problem, const Scope& scope, const MipSolver& solver) {
    int most = static_cast<int>(problem.given.size() + problem.available.size());
    for (const auto& block : problem.blocks) most += static_cast<int>(block.items.size());
    const int length = scope.length ? std::min(problem.length, most) : most;
    const auto given = static_cast<int>(problem.given.size());
    if (given > length) return std::nullopt;
    const auto units = units_of(problem, scope, length - given);
    for (const int low : {length, given}) {
        const MipSolution solution = solver(program_of(problem, scope, units, low, length));
        if (solution.status == MipSolution::Status::infeasible || solution.status == MipSolution::Status::gave_up)
            continue;
        std::vector<int> test = problem.given;
        for (std::size_t u = 0; u < units.size(); ++u)
            if (solution.x[u] > 0.5) test.insert(test.end(), units[u].items.begin(), units[u].items.end());
        std::sort(test.begin(), test.end());
        return test;
    }
    return std::nullopt;
}

// Nothing in the outer optional: a solver is needed and there is none.
std::optional<Test> solve(const TestProblem& problem, const Scope& scope, const MipSolver& solver) {
    const bool whole = scope.demands == ~std::uint64_t{0};
    std::optional<Laminar> part;
    if (!whole) {
        std::vector<CountBound> counts;
        const auto& demands = problem.demands->list();
        std::vector<std::size_t> kept;
        bool only_counts = true;
        for (std::size_t d = 0; d < demands.size(); ++d) {
            if (((scope.demands >> d) & 1u) == 0) continue;
            only_counts = only_counts && demands[d].quantity == BoundRule::Quantity::count;
            kept.push_back(d);
            counts.push_back({static_cast<int>(std::max(0.0, std::ceil(std::min(demands[d].low, 1e9)))),
                              static_cast<int>(std::max(0.0, std::floor(std::min(demands[d].high, 1e9))))});
        }
        if (only_counts) {
            std::vector<std::uint64_t> signatures(problem.demands->signatures().size(), 0);
            for (std::size_t i = 0; i < signatures.size(); ++i)
                for (std::size_t k = 0; k < kept.size(); ++k)
                    signatures[i] |= ((problem.demands->signatures()[i] >> kept[k]) & 1u) << k;
            part = Laminar::make(counts, signatures);
        }
    }
    const auto& laminar = whole ? problem.demands->laminar() : part;
    if (laminar && problem.blocks.empty()) {
        const int all = static_cast<int>(problem.given.size() + problem.available.size());
        return LaminarSearch(problem, *laminar, scope.length ? problem.length : all).solve(scope.enemies);
    }
    if (!solver) return std::nullopt;
    return solve_program(problem, scope, solver);
}

}  // namespace

std::optional<std::vector<int>> best_test(const TestProblem& problem, const MipSolver& solver) {
    return solve(problem, {}, solver).value_or(std::nullopt);
}

std::vector<Conflict> conflict(const TestProblem& problem, const MipSolver& solver) {
    const std::size_t count = problem.demands->list().size();
    Scope scope;
    scope.demands = count >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << count) - 1;
    const auto holds = [&](const Scope& s) {
        const auto test = solve(problem, s, solver);
        return !test || test->has_value();  // what nothing can decide is no conflict
    };
    if (holds(scope)) return {};
    const auto try_without = [&](Scope smaller) {
        if (!holds(smaller)) scope = smaller;
    };
    for (std::size_t d = 0; d < count; ++d) {
        Scope smaller = scope;
        smaller.demands &= ~(std::uint64_t{1} << d);
        try_without(smaller);
    }
    for (bool Scope::*part : {&Scope::enemies, &Scope::blocks, &Scope::length}) {
        Scope smaller = scope;
        smaller.*part = false;
        try_without(smaller);
    }
    std::vector<Conflict> result;
    for (std::size_t d = 0; d < count; ++d)
        if ((scope.demands >> d) & 1u)
            result.push_back({problem.demands->list()[d].key, problem.demands->list()[d].words});
    if (scope.length) result.push_back({"stop.max_items", std::to_string(problem.length)});
    if (scope.blocks && !problem.blocks.empty()) result.push_back({"item_sets", "sets are asked whole"});
    if (scope.enemies && std::any_of(problem.available.begin(), problem.available.end(),
                                     [&](int item) { return !problem.bank->enemies(item).empty(); }))
        result.push_back({"enemies", "of the bank"});
    return result;
}

std::string conflict_words(const std::vector<Conflict>& conflict) {
    std::string words;
    for (std::size_t i = 0; i < conflict.size(); ++i) {
        if (i > 0) words += i + 1 == conflict.size() ? " and " : ", ";
        words += "'" + conflict[i].key + "' (" + conflict[i].words + ")";
    }
    return words;
}

}  // namespace palier
