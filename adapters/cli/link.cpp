// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include "adapters/cli/bank_output.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "engine/linking/linking.hpp"

// `palier link`: a bank on the scale of another by the items that both have.

namespace palier::cli {
namespace {

struct LinkCommand {
    BankOption from, to;
    OutputOption output;
    std::string method = "stocking-lord";
    std::string bank_path;
};

linking::Method method_named(const std::string& name) {
    if (name == "mean-sigma") return linking::Method::mean_sigma;
    if (name == "mean-mean") return linking::Method::mean_mean;
    if (name == "haebara") return linking::Method::haebara;
    return linking::Method::stocking_lord;
}

void run_link(const LinkCommand& options) {
    std::optional<BankOutput> output;
    if (!options.bank_path.empty())
        output.emplace("--output", options.bank_path, options.from.path, std::vector{options.to.path});
    const auto from = options.from.read();
    const auto to = options.to.read();
    const linking::Link link = linking::link(*from, *to, method_named(options.method));
    const Json told = {{"slope", link.slope}, {"intercept", link.intercept}, {"common_items", link.common_items}};
    if (output) {
        std::vector<Item> items;
        for (const Item& item : from->items()) items.push_back(linking::linked(item, link));
        output->write(Bank::compile(std::move(items)), "link", {options.from.path, options.to.path}, told);
    }
    if (options.bank_path != "-") options.output.write(told);
}

}  // namespace

void add_link(CLI::App& app) {
    auto* command = app.add_subcommand("link", "A bank on the scale of another, by the items that both have");
    const auto options = std::make_shared<LinkCommand>();
    command->add_option("--from", options->from.path, "The bank that is moved")->required();
    command->add_option("--to", options->to.path, "The bank whose scale stays")->required();
    command->add_option("--method", options->method, "mean-sigma, mean-mean, haebara or stocking-lord (default)")
        ->check(CLI::IsMember({"mean-sigma", "mean-mean", "haebara", "stocking-lord"}));
    command->add_option("--output,--out", options->bank_path,
                        "The bank that is made: CSV, or a bank file (.palier) with its history; - is standard output");
    options->output.add_to(*command);
    command->callback([options] { run_link(*options); });
}

}  // namespace palier::cli
