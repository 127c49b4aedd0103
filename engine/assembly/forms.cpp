// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/assembly/forms.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>

#include "engine/assembly/test_problem.hpp"
#include "engine/constraints/item_sets.hpp"
#include "engine/constraints/proportions.hpp"
#include "engine/errors.hpp"

namespace palier {
namespace {

constexpr double most_gap = 0.005;
/// Of one form at one theta: rounding, as the solver counts it.
constexpr double no_gap = 1e-9;
constexpr int most_form_nodes = 200000;  ///< a form is made once, and not while somebody waits for a question

struct FormUnit {
    std::vector<int> items;
    std::vector<double> information;  // one a theta
};

struct Work {
    const Bank& bank;
    const Demands& demands;
    const FormsRequest& request;
    int length;
    std::vector<FormUnit> units;
};

// Columns of `multiple` forms' worth of units, from column `first` on, and the rows that they keep.
void add_forms(MipProblem& program, const Work& work, int first, int multiple, bool whole) {
    MipProblem::Row length{"stop.max_items", {}, {}, 0, 0};
    length.low = length.high = static_cast<double>(multiple) * work.length;
    for (std::size_t u = 0; u < work.units.size(); ++u) {
        program.columns.push_back({0, 0, 1, whole});
        length.columns.push_back(first + static_cast<int>(u));
        length.coefficients.push_back(static_cast<double>(work.units[u].items.size()));
    }
    program.rows.push_back(std::move(length));
    for (std::size_t d = 0; d < work.demands.list().size(); ++d) {
        const Demand& demand = work.demands.list()[d];
        const double times =
            demand.quantity == BoundRule::Quantity::mean ? static_cast<double>(multiple) * work.length : multiple;
        MipProblem::Row row{demand.key, {}, {}, demand.low * times, demand.high * times};
        for (std::size_t u = 0; u < work.units.size(); ++u) {
            double sum = 0;
            for (const int item : work.units[u].items) sum += work.demands.coefficient(d, item);
            if (sum == 0) continue;
            row.columns.push_back(first + static_cast<int>(u));
            row.coefficients.push_back(sum);
        }
        program.rows.push_back(std::move(row));
    }
    if (multiple > 1) return;  // enemies may be in different forms
    std::map<int, int> column_of;
    for (std::size_t u = 0; u < work.units.size(); ++u)
        for (const int item : work.units[u].items) column_of[item] = first + static_cast<int>(u);
    for (const auto& [item, column] : column_of) {
        for (const int enemy : work.bank.enemies(item)) {
            const auto other = column_of.find(enemy);
            if (enemy > item && other != column_of.end() && other->second != column)
                program.rows.push_back({"enemies", {column, other->second}, {1, 1}, -unbounded, 1});
        }
    }
}

// sum_u I_u(t) x_u + factor * x_extra within [low, high].
void add_information_row(MipProblem& program, const Work& work, std::size_t t, int first, int extra, double factor,
                         double low, double high) {
    MipProblem::Row row{"information", {}, {}, low, high};
    for (std::size_t u = 0; u < work.units.size(); ++u) {
        row.columns.push_back(first + static_cast<int>(u));
        row.coefficients.push_back(work.units[u].information[t]);
    }
    row.columns.push_back(extra);
    row.coefficients.push_back(factor);
    program.rows.push_back(std::move(row));
}

double weight(const FormsRequest& request, std::size_t t) { return request.weights.empty() ? 1 : request.weights[t]; }

[[noreturn]] void refuse(const Work& work, const MipSolver& solver) {
    TestProblem problem;
    problem.bank = &work.bank;
    problem.demands = &work.demands;
    problem.length = work.length;
    for (const FormUnit& unit : work.units) {
        if (unit.items.size() > 1) {
            problem.blocks.push_back({unit.items, 0, false});
        } else {
            problem.available.push_back(unit.items[0]);
        }
    }
    std::sort(problem.available.begin(), problem.available.end());
    problem.values.assign(problem.available.size(), 0);
    const auto found = conflict(problem, solver);
    if (!found.empty())
        throw PlanError("no form keeps the plan: " + conflict_words(found) + " cannot hold together with this bank");
    throw PlanError(
        "the bank has no " + std::to_string(work.request.forms) + " forms of " + std::to_string(work.length) +
        " items ('stop.max_items') that keep 'constraints' and share no item; ask for fewer forms or shorter ones");
}

std::vector<double> largest_target(const Work& work, const MipSolver& solver) {
    MipProblem program;
    add_forms(program, work, 0, work.request.forms, false);
    const auto y = static_cast<int>(program.columns.size());
    program.columns.push_back({1, 0, unbounded, false});
    for (std::size_t t = 0; t < work.request.thetas.size(); ++t)
        add_information_row(program, work, t, 0, y, -work.request.forms * weight(work.request, t), 0, unbounded);
    const MipSolution solution = solver(program);
    if (solution.status == MipSolution::Status::infeasible) refuse(work, solver);
    if (solution.x.empty()) throw Error("the solver gave up on the largest target of the forms");
    std::vector<double> target;
    for (std::size_t t = 0; t < work.request.thetas.size(); ++t) {
        double sum = 0;
        for (std::size_t u = 0; u < work.units.size(); ++u) sum += work.units[u].information[t] * solution.x[u];
        target.push_back(sum / work.request.forms);
    }
    return target;
}

// The most informative form at the only theta, whatever the bounds.
Form best_form(const Work& work, const MipSolver& solver, bool& proved) {
    MipProblem program;
    program.relative_gap = no_gap;
    program.max_nodes = most_form_nodes;
    add_forms(program, work, 0, 1, true);
    for (std::size_t u = 0; u < work.units.size(); ++u) program.columns[u].objective = work.units[u].information[0];
    const MipSolution solution = solver(program);
    if (solution.status == MipSolution::Status::infeasible) refuse(work, solver);
    if (solution.x.empty())
        throw Error("the solver found no form within " + std::to_string(most_form_nodes) +
                    " nodes; loosen 'constraints'");
    proved = solution.status == MipSolution::Status::optimal;
    Form form;
    for (std::size_t u = 0; u < work.units.size(); ++u)
        if (solution.x[u] > 0.5)
            form.items.insert(form.items.end(), work.units[u].items.begin(), work.units[u].items.end());
    std::sort(form.items.begin(), form.items.end());
    return form;
}

// The next form, with what `rest` further forms need beside it. Takes its units out of the work.
Form next_form(Work& work, const std::vector<double>& target, int rest, const MipSolver& solver, bool& proved) {
    MipProblem program;
    program.relative_gap = most_gap;
    program.max_nodes = most_nodes;
    const auto count = static_cast<int>(work.units.size());
    add_forms(program, work, 0, 1, true);
    if (rest > 0) {
        add_forms(program, work, count, rest, false);
        for (int u = 0; u < count; ++u) program.rows.push_back({"forms", {u, count + u}, {1, 1}, -unbounded, 1});
    }
    // Maximise T - d: so the relative gap is one of T.
    const auto d = static_cast<int>(program.columns.size());
    program.columns.push_back({-1, 0, unbounded, false});
    program.columns.push_back({*std::max_element(target.begin(), target.end()), 1, 1, false});
    for (std::size_t t = 0; t < target.size(); ++t) {
        add_information_row(program, work, t, 0, d, 1, target[t], unbounded);
        add_information_row(program, work, t, 0, d, -1, -unbounded, target[t]);
        if (rest == 0) continue;
        add_information_row(program, work, t, count, d, rest, rest * target[t], unbounded);
        add_information_row(program, work, t, count, d, -rest, -unbounded, rest * target[t]);
    }
    const MipSolution solution = solver(program);
    if (solution.status == MipSolution::Status::infeasible) refuse(work, solver);
    if (solution.x.empty())
        throw Error("the solver found no form within " + std::to_string(most_nodes) + " nodes; loosen 'constraints'");
    proved = proved && solution.status == MipSolution::Status::optimal;
    Form form;
    std::vector<FormUnit> left;
    for (std::size_t u = 0; u < work.units.size(); ++u) {
        if (solution.x[u] > 0.5) {
            form.items.insert(form.items.end(), work.units[u].items.begin(), work.units[u].items.end());
        } else {
            left.push_back(std::move(work.units[u]));
        }
    }
    work.units = std::move(left);
    std::sort(form.items.begin(), form.items.end());
    return form;
}

void measure(Form& form, const Bank& bank, const std::vector<double>& thetas) {
    for (const double theta : thetas) {
        double sum = 0;
        for (const int item : form.items) sum += information(bank[item].parameters, theta);
        form.information.push_back(sum);
    }
}

void check(const FormsRequest& request, const Plan& plan) {
    if (!plan.stop.max_items) throw PlanError("'stop.max_items' is missing; it is the length of a form");
    if (request.forms < 1 || request.forms > 100) throw ArgumentError("'forms' should be 1 to 100");
    if (request.thetas.empty() || request.thetas.size() > 32) throw ArgumentError("'thetas' should be 1 to 32 numbers");
    for (const auto& [key, list] : {std::pair{"weights", &request.weights}, {"target", &request.target}}) {
        if (list->empty()) continue;
        if (list->size() != request.thetas.size())
            throw ArgumentError(std::string("'") + key + "' has " + std::to_string(list->size()) +
                                " numbers; 'thetas' has " + std::to_string(request.thetas.size()));
        for (const double value : *list)
            if (!(value > 0)) throw ArgumentError(std::string("'") + key + "' should be numbers above 0");
    }
}

}  // namespace

Forms assemble_forms(const Bank& bank, const Plan& plan, const FormsRequest& request, const MipSolver& solver) {
    check(request, plan);
    if (plan.map) throw PlanError("a form is of one scale; 'scales' has " + std::to_string(plan.scales.size()));
    const std::string scale = scale_of(plan, bank);
    const ConstraintRules rules = plan.constraints.value_or(ConstraintRules{});
    const Demands demands(rules.proportions ? bounds_of(*rules.proportions, *plan.stop.max_items) : rules.bounds, bank,
                          measured_by(plan, scale));
    Work work{bank, demands, request, *plan.stop.max_items, {}};
    std::vector<int> pool;
    for (int i = 0; i < bank.size(); ++i)
        if (bank[i].scale == scale && bank[i].status == Status::operational &&
            (!rules.proportions || area_of(bank[i], *rules.proportions) >= 0))
            pool.push_back(i);
    for (auto& unit : units_of_sets(pool, bank, plan.item_sets)) work.units.push_back({std::move(unit), {}});
    for (FormUnit& unit : work.units) {
        for (const double theta : request.thetas) {
            double sum = 0;
            for (const int item : unit.items) sum += information(bank[item].parameters, theta);
            unit.information.push_back(sum);
        }
    }
    Forms result;
    if (request.forms == 1 && request.thetas.size() == 1 && request.target.empty() && demands.laminar() &&
        !plan.item_sets) {
        TestProblem problem{&bank, &demands, {}, pool, {}, work.length, {}};
        for (const FormUnit& unit : work.units) problem.values.push_back(unit.information[0]);
        const auto best = best_test(problem, solver);
        if (!best || static_cast<int>(best->size()) != work.length) refuse(work, solver);
        result.forms.push_back({*best, {}});
    } else if (request.forms == 1 && request.thetas.size() == 1 && request.target.empty() && solver) {
        result.forms.push_back(best_form(work, solver, result.proved));
    } else {
        result.gap = most_gap;
        if (!solver)
            throw PlanError(
                "forms at several thetas, with a target, in parallel, or under bounds that cross need a solver; this build has none");
        result.target = request.target.empty() ? largest_target(work, solver) : request.target;
        for (int rest = request.forms - 1; rest >= 0; --rest)
            result.forms.push_back(next_form(work, result.target, rest, solver, result.proved));
    }
    for (Form& form : result.forms) {
        measure(form, bank, request.thetas);
        for (std::size_t t = 0; t < result.target.size(); ++t)
            result.difference = std::max(result.difference, std::fabs(form.information[t] - result.target[t]));
    }
    return result;
}

}  // namespace palier
