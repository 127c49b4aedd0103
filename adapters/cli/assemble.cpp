// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/host/handles.hpp"

namespace palier::cli {
namespace {

struct AssembleOptions {
    BankOption bank;
    PlanOption plan;
    OutputOption output;
    FormsRequest request;
    std::string thetas = "0";
    std::string weights;
    std::string target;
};

void run_assemble(AssembleOptions options) {
    options.request.thetas = numbers_of("--theta", options.thetas);
    if (!options.weights.empty()) options.request.weights = numbers_of("--weights", options.weights);
    if (!options.target.empty()) options.request.target = numbers_of("--target", options.target);
    const auto bank = options.bank.read();
    const auto plan = options.plan.read();
    if (plan->pretest)
        std::cerr << "palier: " << options.plan.path
                  << ": 'pretest' is of adaptive tests: a form has no pretest items\n";
    options.output.write(host::forms_json(*bank, *plan, options.request));
}

}  // namespace

void add_assemble(CLI::App& app) {
    auto* command = app.add_subcommand("assemble", "Fixed forms: one, or parallel ones that share no item");
    const auto options = std::make_shared<AssembleOptions>();
    options->bank.add_to(*command);
    options->plan.add_to(*command);
    command->add_option("--forms", options->request.forms, "How many (default 1)")->check(CLI::Range(1, 100));
    command->add_option("--theta", options->thetas, "Abilities to measure at, e.g. -1,0,1 (default 0)");
    command->add_option("--weights", options->weights, "Relative information wanted at each of them (default 1)");
    command->add_option("--target", options->target,
                        "The information wanted at each of them (default: as much as can be)");
    options->output.add_to(*command);
    command->callback([options] { run_assemble(*options); });
}

}  // namespace palier::cli
