// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/host/content.hpp"

// The commands about one session log: next, replay, verify, explain.

namespace palier::cli {
namespace {

struct Options {
    BankOption bank;
    PlanOption plan;
    LogOption log;
    OutputOption output;
    std::string language = "en";
};

std::shared_ptr<Options> add(CLI::App& app, const char* name, const char* description,
                             void (*run)(const Options& options)) {
    auto* command = app.add_subcommand(name, description);
    auto options = std::make_shared<Options>();
    options->bank.add_to(*command);
    options->plan.add_to(*command);
    options->log.add_to(*command);
    options->output.add_to(*command);
    command->callback([options, run] { run(*options); });
    return options;
}

void next(const Options& options) {
    const Session session = options.log.resume(options.bank, options.plan);
    const Decision decision = session.decide(static_cast<std::size_t>(session.bank().size()));
    options.output.write(host::decision_json(session, decision));
}

void replay(const Options& options) {
    options.output.write(record_json(options.log.resume(options.bank, options.plan)));
}

void verify(const Options& options) {
    options.output.write(host::verify_json(options.log.resume(options.bank, options.plan)));
}

void explain(const Options& options) {
    const Json story = host::story_json(options.log.resume(options.bank, options.plan), options.language);
    if (!options.output.is_table()) {
        options.output.write(story);
        return;
    }
    for (const Json& step : story["steps"])
        std::cout << step["n"] << ". " << step["item"].get<std::string>() << ". " << step["why"].get<std::string>()
                  << "\n   " << step["changed"].get<std::string>() << '\n';
    if (!story["stop"].is_null()) std::cout << story["stop"]["why"].get<std::string>() << '\n';
    std::cout << story["summary"].get<std::string>() << '\n' << std::flush;
}

}  // namespace

void add_session_commands(CLI::App& app) {
    add(app, "next", "The next item of a session, or why it stops", next);
    add(app, "replay", "What a session was; never decides", replay);
    add(app, "verify", "Would this engine have asked and stopped the same?", verify);
    const auto options = add(app, "explain", "The trace of a session, in data or in words", explain);
    app.get_subcommand("explain")
        ->add_option("--lang", options->language, "fr or en")
        ->check(CLI::IsMember({"fr", "en"}));
}

}  // namespace palier::cli
