// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <map>
#include <thread>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/cli/simulation_report.hpp"
#include "adapters/formats/csv.hpp"
#include "adapters/host/files.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/simulation/simulation.hpp"

namespace palier::cli {
namespace {

struct Options {
    BankOption bank;
    PlanOption plan;
    OutputOption output;
    int persons = 0;
    int threads = 0;
    std::string population = "normal:0,1";
    std::uint64_t seed = 1;
    std::string report;
};

// One ability a line; a header "theta" is allowed, and other columns beside it.
std::vector<double> abilities_in(const std::string& path) {
    const auto csv = formats::read_csv(read_input(path), path);
    const auto found = std::find(csv.header.begin(), csv.header.end(), "theta");
    const auto column = found == csv.header.end() ? 0 : static_cast<std::size_t>(found - csv.header.begin());
    std::vector<double> result;
    if (found == csv.header.end()) {
        const auto first = formats::number_in(csv.header[0], csv.separator);
        if (csv.header.size() != 1 || !first)
            throw Error(path + ": no column 'theta'; it should have one, or be one number a line");
        result.push_back(*first);
    }
    for (const auto& row : csv.rows) {
        const auto value = formats::number_in(row.cells[column], csv.separator);
        if (!value) throw Error(csv.place(row, column) + ": '" + row.cells[column] + "' is not a number");
        result.push_back(*value);
    }
    if (result.empty()) throw Error(path + ": no ability in it");
    return result;
}

std::vector<double> abilities_of(const Options& options) {
    const std::string& text = options.population;
    const int count = options.persons;
    if (text.rfind("normal:", 0) == 0) {
        const Prior prior = prior_of("--population", text);
        return normal_abilities(count, prior.mean, prior.sd, options.seed);
    }
    if (text.rfind("uniform:", 0) == 0) {
        const auto range = numbers_of("--population", text.substr(8));
        if (range.size() != 2 || !(range[0] <= range[1]))
            throw CLI::ValidationError("--population", "'" + text + "' should be uniform:LO,HI");
        return uniform_abilities(count, range[0], range[1], options.seed);
    }
    const auto given = abilities_in(text);
    std::vector<double> result;
    for (int k = 0; k < count; ++k) result.push_back(given[static_cast<std::size_t>(k) % given.size()]);
    return result;
}

Json summary_json(const SimulationSummary& s) {
    return {{"persons", s.persons},
            {"bias", s.bias},
            {"rmse", s.rmse},
            {"se", s.mean_se},
            {"coverage", s.coverage},
            {"length", {{"mean", s.mean_length}, {"sd", s.sd_length}, {"min", s.min_length}, {"max", s.max_length}}}};
}

// By the true level; without levels by whole logits.
Json by_true_level(const std::vector<SimulatedPerson>& persons, const Plan& plan) {
    std::map<int, std::vector<const SimulatedPerson*>> groups;
    for (const SimulatedPerson& p : persons)
        groups[plan.levels ? level_at(*plan.levels, p.theta) : static_cast<int>(std::lround(p.theta))].push_back(&p);
    Json result = Json::array();
    for (const auto& [key, members] : groups) {
        Json entry = summary_json(summarise(members, plan));
        double mean = 0;
        for (const SimulatedPerson* p : members) mean += p->theta / static_cast<double>(members.size());
        entry["level"] = plan.levels ? Json(key) : Json(nullptr);
        entry["theta"] = mean;
        result.push_back(std::move(entry));
    }
    return result;
}

void run(const Options& options) {
    const auto bank = options.bank.read();
    const auto plan = options.plan.read();
    const auto abilities = abilities_of(options);
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const bool bar = isatty(STDERR_FILENO) != 0;
    std::function<void(std::size_t)> progress;
    if (bar) {
        progress = [&, last = -1](std::size_t done) mutable {
            const int percent = static_cast<int>(100 * done / abilities.size());
            if (percent == last) return;
            last = percent;
            std::cerr << "\r[" << std::string(static_cast<std::size_t>(percent / 2), '#')
                      << std::string(static_cast<std::size_t>(50 - percent / 2), ' ') << "] " << percent << " %"
                      << (percent == 100 ? "\n" : "") << std::flush;
        };
    }
    const auto persons = simulate(bank, plan, abilities, options.seed, options.threads > 0 ? options.threads : cores, progress);

    std::vector<const SimulatedPerson*> all;
    std::map<std::string, int> stops;
    for (const SimulatedPerson& p : persons) {
        all.push_back(&p);
        ++stops[p.stop];
    }
    const auto rates = exposure_rates(persons, bank->size());
    double largest = 0;
    int unused = 0;
    Json items = Json::array();
    for (int i = 0; i < bank->size(); ++i) {
        const double rate = rates[static_cast<std::size_t>(i)];
        largest = std::max(largest, rate);
        unused += rate == 0 ? 1 : 0;
        items.push_back({{"item", (*bank)[i].id}, {"rate", rate}});
    }
    Json result = summary_json(summarise(all, *plan));
    result["seed"] = options.seed;
    result["population"] = options.population;
    result["stops"] = stops;
    result["overlap"] = test_overlap(persons, bank->size());
    result["by_level"] = by_true_level(persons, *plan);
    result["exposure"] = {{"max", largest}, {"unused", unused}, {"items", std::move(items)}};
    if (!options.report.empty()) host::write_file(options.report, simulation_report(result));
    options.output.write(result);
}

}  // namespace

void add_simulate(CLI::App& app) {
    auto* command = app.add_subcommand("simulate", "A design study: the plan for many simulated persons");
    const auto options = std::make_shared<Options>();
    options->bank.add_to(*command);
    options->plan.add_to(*command);
    command->add_option("--persons", options->persons, "How many")->required()->check(CLI::Range(1, 10000000));
    command->add_option("--threads", options->threads, "Default: all cores")->check(CLI::Range(1, 1024));
    command->add_option("--population", options->population,
                        "normal:M,SD, uniform:LO,HI or a file with a column theta (default normal:0,1)");
    command->add_option("--seed", options->seed, "Default 1")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{9007199254740991}));
    command->add_option("--report", options->report, "Draws the result: FILE.html");
    options->output.add_to(*command);
    command->callback([options] { run(*options); });
}

}  // namespace palier::cli
