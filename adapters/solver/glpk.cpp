// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/solver/glpk.hpp"

#include <glpk.h>

#include <cmath>
#include <memory>
#include <mutex>

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

MipSolution solve(const MipProblem& problem) {
    const auto lock = guard();
    glp_term_out(GLP_OFF);
    const Problem mip(glp_create_prob());
    glp_set_obj_dir(mip.get(), GLP_MAX);
    if (problem.columns.empty()) {
        for (const auto& row : problem.rows)
            if (row.low > 1e-9 || row.high < -1e-9) return {MipSolution::Status::infeasible, {}};
        return {MipSolution::Status::optimal, {}};
    }
    glp_add_cols(mip.get(), static_cast<int>(problem.columns.size()));
    for (std::size_t j = 0; j < problem.columns.size(); ++j) {
        const auto& column = problem.columns[j];
        const int number = static_cast<int>(j) + 1;
        glp_set_obj_coef(mip.get(), number, column.objective);
        if (column.whole) glp_set_col_kind(mip.get(), number, GLP_IV);
        glp_set_col_bnds(mip.get(), number, kind(column.low, column.high), column.low, column.high);
    }
    for (const auto& row : problem.rows) {
        const int number = glp_add_rows(mip.get(), 1);
        std::vector<int> columns{0};
        std::vector<double> coefficients{0};
        for (std::size_t k = 0; k < row.columns.size(); ++k) {
            columns.push_back(row.columns[k] + 1);
            coefficients.push_back(row.coefficients[k]);
        }
        glp_set_row_bnds(mip.get(), number, kind(row.low, row.high), row.low, row.high);
        glp_set_mat_row(mip.get(), number, static_cast<int>(row.columns.size()), columns.data(), coefficients.data());
    }
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
    for (std::size_t j = 0; j < problem.columns.size(); ++j)
        solution.x.push_back(glp_mip_col_val(mip.get(), static_cast<int>(j) + 1));
    return solution;
}

}  // namespace

MipSolver glpk() { return solve; }

}  // namespace palier::solver
