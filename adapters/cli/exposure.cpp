// SPDX-License-Identifier: GPL-3.0-or-later
#include <thread>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "engine/simulation/simulation.hpp"
#include "engine/simulation/sympson_hetter.hpp"

namespace palier::cli {
namespace {

struct ExposureOptions {
    BankOption bank;
    PlanOption plan;
    OutputOption output;
    SympsonHetterOptions rules;
    int persons = 1000;
    std::string population = "normal:0,1";
};

void run_exposure(ExposureOptions options) {
    const auto bank = options.bank.read();
    const auto plan = options.plan.read_for(*bank);
    options.plan.say_warnings(bank, plan);
    const Population population = population_of("--population", options.population, false);
    if (options.rules.threads == 0)
        options.rules.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    std::vector<double> abilities;
    for (int k = 0; k < options.persons; ++k)
        abilities.push_back(drawn_ability(population, static_cast<std::size_t>(k), options.rules.seed));
    const SympsonHetter found = sympson_hetter(bank, *plan, abilities, options.rules);
    options.output.write({{"max_rate", options.rules.max_rate},
                          {"reached", found.reached},
                          {"checked_rate", found.checked_rate},
                          {"largest_rates", found.largest_rates},
                          {"parameters", found.parameters}});
}

}  // namespace

void add_exposure(CLI::App& app) {
    auto* command = app.add_subcommand("exposure", "The Sympson-Hetter parameters of a plan, by simulation");
    const auto options = std::make_shared<ExposureOptions>();
    options->rules.threads = 0;
    options->bank.add_to(*command);
    options->plan.add_to(*command);
    options->plan.add_anyway_to(*command);
    command->add_option("--max-rate", options->rules.max_rate, "Largest share of tests that ask an item (default 0.2)")
        ->check(CLI::Range(0.001, 1.0));
    command->add_option("--tolerance", options->rules.tolerance, "Above it (default 0.01)")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--rounds", options->rules.rounds, "At most (default 20)")->check(CLI::Range(1, 1000));
    command->add_option("--persons", options->persons, "A round (default 1000)")->check(CLI::Range(1, 1000000));
    command->add_option("--population", options->population, "normal:M,SD or uniform:LO,HI (default normal:0,1)");
    command->add_option("--threads", options->rules.threads, "Default: all cores")->check(CLI::Range(1, 1024));
    command->add_option("--seed", options->rules.seed, "Default 1")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{9007199254740991}));
    options->output.add_to(*command);
    command->callback([options] { run_exposure(*options); });
}

}  // namespace palier::cli
