// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/solver/glpk.hpp"

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
#include <utility>
#include <vector>

#include "engine/errors.hpp"

namespace palier::solver {
namespace {

struct DeleteProblem {
    void operator()(glp_prob* problem) const { glp_delete_prob(problem); }
};
using Problem = std::unique_ptr<glp_prob, DeleteProblem>;

// GLPK keeps one environment a thread when it was built for threads, else one for all.
struct Environment {
    ~Environment() { glp_free_env(); }
};

std::unique_lock<std::mutex> guard() {
    static std::mutex mutex;
    static const bool threads = glp_config("TLS") != nullptr;
    if (!threads) return std::unique_lock(mutex);
    thread_local const Environment environment;
    (void)environment;
    return {};
}

int kind(double low, double high) {
    if (std::isfinite(low) && std::isfinite(high)) return low == high ? GLP_FX : GLP_DB;
    if (std::isfinite(low)) return GLP_LO;
    return std::isfinite(high) ? GLP_UP : GLP_FR;
}

struct Nodes {
    int limit;
    bool reached = false;
};

void count_nodes(glp_tree* tree, void* info) {
    auto& nodes = *static_cast<Nodes*>(info);
    int active = 0, live = 0, all = 0;
    glp_ios_tree_size(tree, &active, &live, &all);
    if (nodes.limit == 0 || all <= nodes.limit) return;
    nodes.reached = true;
    glp_ios_terminate(tree);
}

// A problem in GLPK, of some of its columns; the others are 0.
class Part {
public:
    explicit Part(const MipProblem& problem) : problem_(&problem), glpk_(glp_create_prob()) {
        glp_set_obj_dir(glpk_.get(), GLP_MAX);
        if (!problem.rows.empty()) glp_add_rows(glpk_.get(), static_cast<int>(problem.rows.size()));
        entries_.resize(problem.columns.size());
        for (std::size_t r = 0; r < problem.rows.size(); ++r) {
            const auto& row = problem.rows[r];
            const int own = static_cast<int>(r) + 1;
            glp_set_row_bnds(glpk_.get(), own, kind(row.low, row.high), row.low, row.high);
            for (std::size_t k = 0; k < row.columns.size(); ++k)
                entries_[static_cast<std::size_t>(row.columns[k])].push_back({own, row.coefficients[k]});
        }
    }
    void add(const std::vector<int>& columns) {
        if (columns.empty()) return;
        int own = glp_add_cols(glpk_.get(), static_cast<int>(columns.size()));
        std::vector<int> rows;
        std::vector<double> coefficients;
        for (const int j : columns) {
            const auto& column = problem_->columns[static_cast<std::size_t>(j)];
            glp_set_obj_coef(glpk_.get(), own, column.objective);
            if (column.whole) glp_set_col_kind(glpk_.get(), own, GLP_IV);
            glp_set_col_bnds(glpk_.get(), own, kind(column.low, column.high), column.low, column.high);
            rows.assign(1, 0);
            coefficients.assign(1, 0);
            for (const auto& [row, coefficient] : entries_[static_cast<std::size_t>(j)]) {
                rows.push_back(row);
                coefficients.push_back(coefficient);
            }
            glp_set_mat_col(glpk_.get(), own, static_cast<int>(rows.size()) - 1, rows.data(), coefficients.data());
            columns_.push_back(j);
            ++own;
        }
    }
    glp_prob* get() const { return glpk_.get(); }
    /// Of GLPK's columns from 1 on, their numbers in the problem.
    const std::vector<int>& columns() const { return columns_; }

private:
    const MipProblem* problem_;
    Problem glpk_;
    std::vector<std::vector<std::pair<int, double>>> entries_;  ///< of each column its rows
    std::vector<int> columns_;
};

MipSolution solve_with(const MipProblem& problem, const std::vector<int>& chosen) {
    Part mip(problem);
    mip.add(chosen);
    Nodes nodes{problem.max_nodes};
    glp_iocp options;
    glp_init_iocp(&options);
    options.presolve = GLP_ON;
    options.msg_lev = GLP_MSG_OFF;
    options.mip_gap = problem.relative_gap;
    options.cb_func = count_nodes;
    options.cb_info = &nodes;
    const int failure = glp_intopt(mip.get(), &options);
    if (failure == GLP_ENOPFS || failure == GLP_ENODFS) return {MipSolution::Status::infeasible, {}};
    if (failure != 0 && failure != GLP_ESTOP && failure != GLP_EMIPGAP)
        throw Error("the solver GLPK failed with code " + std::to_string(failure));
    const int status = glp_mip_status(mip.get());
    if (status != GLP_OPT && status != GLP_FEAS)
        return {nodes.reached ? MipSolution::Status::gave_up : MipSolution::Status::infeasible, {}};
    MipSolution solution{nodes.reached ? MipSolution::Status::found : MipSolution::Status::optimal, {}};
    solution.x.assign(problem.columns.size(), 0);
    for (std::size_t j = 0; j < chosen.size(); ++j)
        solution.x[static_cast<std::size_t>(chosen[j])] = glp_mip_col_val(mip.get(), static_cast<int>(j) + 1);
    return solution;
}

double value_of(const MipProblem& problem, const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t j = 0; j < x.size(); ++j) sum += problem.columns[j].objective * x[j];
    return sum;
}

constexpr std::size_t few = 40;

// The `count` columns first by `before`, or as many as there are.
template <class Before>
void keep_first(std::vector<int>& columns, std::size_t count, const Before& before) {
    if (columns.size() <= count) return;
    std::nth_element(columns.begin(), columns.begin() + static_cast<std::ptrdiff_t>(count), columns.end(), before);
    columns.resize(count);
}

// The value of the relaxation, and what taking a column costs: below 0 where it takes it, or may.
struct Relaxation {
    double value;
    std::vector<double> cost;
};

// Columns that the relaxation is likely to take: the largest objectives, of all and of those that help a lower bound.
std::vector<int> likely_columns(const MipProblem& problem, const std::vector<int>& all) {
    const auto larger = [&](int x, int y) {
        const double left = problem.columns[static_cast<std::size_t>(x)].objective;
        const double right = problem.columns[static_cast<std::size_t>(y)].objective;
        return left > right || (left == right && x < y);
    };
    std::vector<int> likely = all;
    keep_first(likely, few, larger);
    for (const int j : all)
        if (problem.columns[static_cast<std::size_t>(j)].low > 0) likely.push_back(j);
    for (const auto& row : problem.rows) {
        if (!(row.low > 0)) continue;
        std::vector<int> helping;
        for (std::size_t k = 0; k < row.columns.size(); ++k)
            if (row.coefficients[k] > 0) helping.push_back(row.columns[k]);
        keep_first(helping, few / 2, larger);
        likely.insert(likely.end(), helping.begin(), helping.end());
    }
    std::sort(likely.begin(), likely.end());
    likely.erase(std::unique(likely.begin(), likely.end()), likely.end());
    return likely;
}

// Of a few columns, and of those that their prices ask for, until no other is worth its price (sifting: Bixby et al.
// 1992).
std::optional<Relaxation> relax(const MipProblem& problem, const std::vector<int>& all) {
    constexpr int most_rounds = 30;
    Part part(problem);
    part.add(likely_columns(problem, all));
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    std::vector<double> worth(problem.columns.size());
    std::vector<std::uint8_t> in(problem.columns.size(), 0);
    for (int round = 0; round < most_rounds; ++round) {
        for (const int j : part.columns()) in[static_cast<std::size_t>(j)] = 1;
        if (glp_simplex(part.get(), &options) != 0) return std::nullopt;
        if (glp_get_status(part.get()) != GLP_OPT) {
            // Not enough of them to keep every row: all.
            std::vector<int> rest;
            for (const int j : all)
                if (!in[static_cast<std::size_t>(j)]) rest.push_back(j);
            if (rest.empty()) return std::nullopt;
            part.add(rest);
            continue;
        }
        for (std::size_t j = 0; j < worth.size(); ++j) worth[j] = problem.columns[j].objective;
        for (std::size_t r = 0; r < problem.rows.size(); ++r) {
            const double price = glp_get_row_dual(part.get(), static_cast<int>(r) + 1);
            if (price == 0) continue;
            const auto& row = problem.rows[r];
            for (std::size_t k = 0; k < row.columns.size(); ++k)
                worth[static_cast<std::size_t>(row.columns[k])] -= price * row.coefficients[k];
        }
        const double value = glp_get_obj_val(part.get());
        std::vector<int> wanted;
        for (const int j : all)
            if (!in[static_cast<std::size_t>(j)] && worth[static_cast<std::size_t>(j)] > 1e-10 * (1 + std::fabs(value)))
                wanted.push_back(j);
        if (!wanted.empty()) {
            keep_first(wanted, few, [&](int x, int y) {
                const double left = worth[static_cast<std::size_t>(x)];
                const double right = worth[static_cast<std::size_t>(y)];
                return left > right || (left == right && x < y);
            });
            std::sort(wanted.begin(), wanted.end());
            part.add(wanted);
            continue;
        }
        Relaxation found{value, std::vector<double>(problem.columns.size())};
        for (std::size_t j = 0; j < worth.size(); ++j) found.cost[j] = std::max(0.0, -worth[j]);
        for (std::size_t k = 0; k < part.columns().size(); ++k) {
            const auto j = static_cast<std::size_t>(part.columns()[k]);
            const bool out =
                glp_get_col_stat(part.get(), static_cast<int>(k) + 1) == GLP_NL && problem.columns[j].low == 0;
            if (!out) found.cost[j] = -1;
        }
        return found;
    }
    return std::nullopt;
}

// The best by few of many columns, and the proof that no other is needed: where the relaxation has the value z, a
// solution that takes a column of reduced cost -d is worth z - d at most (Crowder, Johnson and Padberg 1983). Nothing
// where that proves nothing: the problem is too small to gain, has columns that are not 0 or 1, or takes a gap.
std::optional<MipSolution> solve_by_reduced_costs(const MipProblem& problem, const std::vector<int>& all) {
    if (all.size() < 2 * few || problem.relative_gap > 0) return std::nullopt;
    for (const auto& column : problem.columns)
        if (!column.whole || column.low < 0 || column.high > 1) return std::nullopt;
    const auto relaxed = relax(problem, all);
    if (!relaxed) return std::nullopt;
    const double most = relaxed->value;
    const double rounding = 1e-7 * (1 + std::fabs(most));
    const auto cost = [&](int j) { return relaxed->cost[static_cast<std::size_t>(j)]; };
    const auto cheapest = [&](double limit) {  // all that cost no more than that, few at least
        std::vector<int> chosen;
        for (const int j : all)
            if (cost(j) <= limit) chosen.push_back(j);
        if (chosen.size() >= few) return chosen;
        chosen = all;
        keep_first(chosen, few, [&](int x, int y) { return cost(x) < cost(y) || (cost(x) == cost(y) && x < y); });
        std::sort(chosen.begin(), chosen.end());
        return chosen;
    };
    const std::vector<int> tried = cheapest(0);
    MipSolution solution = solve_with(problem, tried);
    if (solution.status != MipSolution::Status::optimal) return std::nullopt;
    const std::vector<int> needed = cheapest(most - value_of(problem, solution.x) + rounding);
    if (needed.size() > tried.size()) solution = solve_with(problem, needed);
    return solution;
}

MipSolution solve(const MipProblem& problem) {
    const auto lock = guard();
    glp_term_out(GLP_OFF);
    if (problem.columns.empty()) {
        for (const auto& row : problem.rows)
            if (row.low > 1e-9 || row.high < -1e-9) return {MipSolution::Status::infeasible, {}};
        return {MipSolution::Status::optimal, {}};
    }
    std::vector<int> all(problem.columns.size());
    std::iota(all.begin(), all.end(), 0);
    if (auto solution = solve_by_reduced_costs(problem, all)) return *solution;
    return solve_with(problem, all);
}

}  // namespace

MipSolver glpk() { return solve; }

}  // namespace palier::solver
