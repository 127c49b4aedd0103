// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/solver/glpk.hpp"

#include <glpk.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>
#include <numeric>
#include <optional>
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

// The problem with the columns of `chosen` alone; the others are 0.
Problem with_columns(const MipProblem& problem, const std::vector<int>& chosen) {
    Problem mip(glp_create_prob());
    glp_set_obj_dir(mip.get(), GLP_MAX);
    glp_add_cols(mip.get(), static_cast<int>(chosen.size()));
    std::vector<int> number(problem.columns.size(), 0);
    for (std::size_t j = 0; j < chosen.size(); ++j) {
        const auto& column = problem.columns[static_cast<std::size_t>(chosen[j])];
        const int own = number[static_cast<std::size_t>(chosen[j])] = static_cast<int>(j) + 1;
        glp_set_obj_coef(mip.get(), own, column.objective);
        if (column.whole) glp_set_col_kind(mip.get(), own, GLP_IV);
        glp_set_col_bnds(mip.get(), own, kind(column.low, column.high), column.low, column.high);
    }
    for (const auto& row : problem.rows) {
        const int own = glp_add_rows(mip.get(), 1);
        std::vector<int> columns{0};
        std::vector<double> coefficients{0};
        for (std::size_t k = 0; k < row.columns.size(); ++k) {
            if (number[static_cast<std::size_t>(row.columns[k])] == 0) continue;
            columns.push_back(number[static_cast<std::size_t>(row.columns[k])]);
            coefficients.push_back(row.coefficients[k]);
        }
        glp_set_row_bnds(mip.get(), own, kind(row.low, row.high), row.low, row.high);
        glp_set_mat_row(mip.get(), own, static_cast<int>(columns.size()) - 1, columns.data(), coefficients.data());
    }
    return mip;
}

MipSolution solve_with(const MipProblem& problem, const std::vector<int>& chosen) {
    const Problem mip = with_columns(problem, chosen);
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

// The best by few of many columns, and the proof that no other is needed: where the relaxation has the value z, a
// solution that takes a column of reduced cost -d is worth z - d at most (Crowder, Johnson and Padberg 1983). Nothing
// where that proves nothing: the problem is too small to gain, has columns that are not 0 or 1, or takes a gap.
std::optional<MipSolution> solve_by_reduced_costs(const MipProblem& problem, const std::vector<int>& all) {
    constexpr std::size_t few = 40;
    if (all.size() < 2 * few || problem.relative_gap > 0) return std::nullopt;
    for (const auto& column : problem.columns)
        if (!column.whole || column.low < 0 || column.high > 1) return std::nullopt;
    const Problem relaxed = with_columns(problem, all);
    glp_smcp options;
    glp_init_smcp(&options);
    options.msg_lev = GLP_MSG_OFF;
    if (glp_simplex(relaxed.get(), &options) != 0 || glp_get_status(relaxed.get()) != GLP_OPT) return std::nullopt;
    const double most = glp_get_obj_val(relaxed.get());
    const double rounding = 1e-7 * (1 + std::fabs(most));
    // What taking a column costs; below 0 where the relaxation takes it, or may.
    std::vector<double> cost(all.size());
    for (const int j : all) {
        const bool out =
            glp_get_col_stat(relaxed.get(), j + 1) == GLP_NL && problem.columns[static_cast<std::size_t>(j)].low == 0;
        cost[static_cast<std::size_t>(j)] = out ? std::max(0.0, -glp_get_col_dual(relaxed.get(), j + 1)) : -1;
    }
    std::vector<int> order = all;
    std::stable_sort(order.begin(), order.end(), [&](int x, int y) {
        return cost[static_cast<std::size_t>(x)] < cost[static_cast<std::size_t>(y)];
    });
    const auto first = [&](double limit) {  // as many columns as cost no more than that, few at least
        std::size_t count = few;
        while (count < order.size() && cost[static_cast<std::size_t>(order[count])] <= limit) ++count;
        std::vector<int> chosen(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(count));
        std::sort(chosen.begin(), chosen.end());
        return chosen;
    };
    const std::vector<int> tried = first(0);
    MipSolution solution = solve_with(problem, tried);
    if (solution.status != MipSolution::Status::optimal) return std::nullopt;
    const std::vector<int> needed = first(most - value_of(problem, solution.x) + rounding);
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
