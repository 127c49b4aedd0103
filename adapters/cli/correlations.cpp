// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/correlations.hpp"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>

#include "engine/ability/map.hpp"
#include "engine/errors.hpp"
#include "engine/plan/plan.hpp"

namespace palier::cli {
namespace {

constexpr int digits = 3;
// Of a plan: below, a correlation says little.
constexpr double wide_se = 0.1;
constexpr double nearly_one = 0.95;

void say_of_correlations(const std::string& text) { std::cerr << "palier: " << text << '\n'; }

// Numbers of the bank's scales among the plan's, or -1.
std::vector<int> numbers_in(const Bank& bank, const Plan& plan) {
    std::vector<int> numbers(bank.scales().size(), -1);
    for (std::size_t s = 0; s < plan.scales.size(); ++s) {
        const auto found = std::find(bank.scales().begin(), bank.scales().end(), plan.scales[s].id);
        if (found == bank.scales().end())
            throw Error("the bank has no item of the plan's scale '" + plan.scales[s].id + "'");
        numbers[static_cast<std::size_t>(found - bank.scales().begin())] = static_cast<int>(s);
    }
    return numbers;
}

// Places in the bank of the items that were answered, or -1 of those that are left out, which are told of.
std::vector<int> positions_in(const Bank& bank, const std::vector<int>& numbers,
                              const calibration::Responses& responses) {
    std::vector<int> positions;
    std::string unknown;
    int left_out = 0;
    for (const std::string& name : responses.items()) {
        int position = -1;
        if (const int found = bank.find(name); found >= 0) {
            const Item& item = bank[found];
            const auto loads = bank.scale_items().loads(found);
            const bool known = std::all_of(loads.scales.begin(), loads.scales.end(),
                                           [&](int scale) { return numbers[static_cast<std::size_t>(scale)] >= 0; });
            if (known && (item.status == Status::operational || item.status == Status::retired)) position = found;
        }
        if (position < 0 && ++left_out <= 5) unknown += (unknown.empty() ? "" : ", ") + name;
        positions.push_back(position);
    }
    if (left_out > 0)
        say_of_correlations(
            "left out: " + std::to_string(left_out) + (left_out == 1 ? " item" : " items") +
            " that the bank has not, has as draft or pretest, or has on scales that the plan has not (" + unknown +
            (left_out > 5 ? ", …)" : ")"));
    return positions;
}

Json told_of(const calibration::LearnedCorrelations& found, const Plan& plan) {
    Json scales = Json::array(), pairs = Json::array(), correlation = Json::array();
    const auto k = plan.scales.size();
    for (std::size_t i = 0; i < k; ++i) {
        scales.push_back({{"scale", plan.scales[i].id},
                          {"persons", found.together[i][i]},
                          {"answers", found.answers[i]},
                          {"mean", found.mean[i]},
                          {"sd", found.sd[i]}});
        Json row = Json::array();
        for (std::size_t j = 0; j < k; ++j) {
            const auto a = static_cast<int>(i), b = static_cast<int>(j);
            row.push_back(found.correlation(a, b));
            if (j >= i) continue;
            pairs.push_back({{"scale", plan.scales[j].id},
                             {"other", plan.scales[i].id},
                             {"correlation", found.correlation(a, b)},
                             {"se", found.se.size() > 0 ? Json(found.se(a, b)) : Json(nullptr)},
                             {"plan", plan.map->correlation(a, b)},
                             {"persons", found.together[i][j]}});
        }
        correlation.push_back(std::move(row));
    }
    return {{"persons", found.persons},
            {"converged", found.converged},
            {"iterations", found.iterations},
            {"change", found.change},
            {"scales", std::move(scales)},
            {"pairs", std::move(pairs)},
            {"correlation", std::move(correlation)}};
}

void say_doubts(const calibration::LearnedCorrelations& found, const Plan& plan) {
    double widest = 0;
    std::string one;
    for (int i = 0; i < found.correlation.size(); ++i)
        for (int j = 0; j < i; ++j) {
            if (found.se.size() > 0) widest = std::max(widest, found.se(i, j));
            if (found.correlation(i, j) > nearly_one)
                one += (one.empty() ? "'" : ", '") + plan.scales[static_cast<std::size_t>(j)].id + "' and '" +
                       plan.scales[static_cast<std::size_t>(i)].id + "'";
        }
    if (found.converged && found.se.size() == 0)
        say_of_correlations(
            std::to_string(found.persons) +
            " persons are too few for standard errors of these correlations; --weight lets the plan's count too");
    if (widest > wide_se)
        say_of_correlations("standard errors of correlations reach " + std::to_string(widest).substr(0, 4) +
                            ": more persons, or --weight, which lets the plan's count too");
    if (!one.empty())
        say_of_correlations("correlations above 0.95: " + one +
                            "; a map with them makes margins too small where somebody is good at one of the two alone");
}

}  // namespace

void CorrelationsOption::add_to(CLI::App& command) {
    command.add_option("--correlations", plan,
                       "A plan of several scales: the correlations of its abilities, from answers to the items of "
                       "--bank, which stay as they are; --output is the plan with them");
    command
        .add_option("--weight", search.weight,
                    "With --correlations: for how many persons those of the plan count (default 0)")
        ->check(CLI::Range(0.0, 1e9));
}

void CorrelationsOption::run(const AnswersOption& answers, const BankOption& bank_option, const OutputOption& output,
                             const std::string& made, int threads) const {
    if (bank_option.path.empty())
        throw CLI::ValidationError("--correlations", "needs --bank, whose items have the plan's scales");
    if (!made.empty()) check_output("--output", made, {answers.responses.path, bank_option.path, plan});
    const std::string text = read_input(plan);
    const Plan of = Plan::parse(text);
    if (!of.map) throw CLI::ValidationError("--correlations", "'" + plan + "' is of one scale; it should have several");
    const auto bank = bank_option.read();
    const std::vector<int> numbers = numbers_in(*bank, of);
    const calibration::Responses responses = answers.read();
    const std::vector<int> positions = positions_in(*bank, numbers, responses);
    calibration::CorrelationOptions options = search;
    options.threads = threads;
    const bool terminal = isatty(STDERR_FILENO) != 0;
    if (terminal)
        options.progress = [](int iteration, double change) {
            std::cerr << "\r" << iteration << " iterations, largest change " << change << "        " << std::flush;
        };
    const calibration::LearnedCorrelations found = calibration::learn_correlations(
        *bank, numbers, prior_of_map(*of.map, of.scales), responses, positions, options);
    if (terminal) std::cerr << '\n';
    say_doubts(found, of);
    if (found.converged && !made.empty()) {
        Json changed = Json::parse(text);  // which Plan::parse() has read
        const Matrix rounded = calibration::rounded_correlation(found.correlation, digits);
        Json rows = Json::array();
        for (int i = 0; i < rounded.size(); ++i)
            rows.push_back(std::vector<double>(rounded.row(i), rounded.row(i) + rounded.size()));
        changed["map"]["correlation"] = std::move(rows);
        write_output(made, changed.dump(2) + "\n");
    }
    if (made != "-") output.write(told_of(found, of));
    if (!found.converged)
        throw Error("no maximum of the likelihood after " + std::to_string(found.iterations) +
                    " iterations; no plan was written");
}

}  // namespace palier::cli
