// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"

namespace palier::cli {
namespace {

struct InfoOptions {
    BankOption bank;
    OutputOption output;
    std::string thetas;
};

void run_info(const InfoOptions& options) {
    const auto thetas = numbers_of("--theta", options.thetas);
    const auto bank = options.bank.read();
    Json result = Json::array();
    for (const double theta : thetas) {
        for (const Item& item : bank->items()) {
            const Curves c = curves(item.parameters, theta);
            const auto each = [&](const auto& values) {
                return std::vector<double>(values.begin(), values.begin() + c.count);
            };
            result.push_back({{"item", item.id},
                              {"theta", theta},
                              {"p", each(c.p)},
                              {"dp", each(c.dp)},
                              {"d2p", each(c.d2p)},
                              {"d3p", each(c.d3p)},
                              {"information", c.information},
                              {"dinformation", c.dinformation},
                              {"d2information", c.d2information},
                              {"j", c.j},
                              {"dj", c.dj}});
        }
    }
    options.output.write(result);
}

}  // namespace

void add_info(CLI::App& app) {
    auto* command = app.add_subcommand("info", "Probabilities, information and derivatives of each item");
    const auto options = std::make_shared<InfoOptions>();
    options->bank.add_to(*command);
    command->add_option("--theta", options->thetas, "T1,T2,… in logits")->required();
    options->output.add_to(*command);
    command->callback([options] { run_info(*options); });
}

}  // namespace palier::cli
