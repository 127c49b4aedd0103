// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/host/handles.hpp"
#include "adapters/host/plan_check.hpp"

// The commands about one session log: next, replay, verify, explain.

namespace palier::cli {
namespace {

struct SessionOptions {
    BankOption bank;
    PlanOption plan;
    LogOption log;
    OutputOption output;
    std::string language = "en";
};

std::shared_ptr<SessionOptions> add(CLI::App& app, const char* name, const char* description,
                                    void (*run)(const SessionOptions& options)) {
    auto* command = app.add_subcommand(name, description);
    auto options = std::make_shared<SessionOptions>();
    options->bank.add_to(*command);
    options->plan.add_to(*command);
    options->log.add_to(*command);
    options->output.add_to(*command);
    command->callback([options, run] { run(*options); });
    return options;
}

// What the plan check says, one problem a line.
std::string problems_of(const Session& session) {
    std::string problems;
    for (const Json& problem : host::check_plan(session.bank(), session.plan(), host::Language::en).problems)
        problems += (problems.empty() ? "" : "\n") + problem["message"].get<std::string>();
    return problems;
}

void next(const SessionOptions& options) {
    const Session session = options.log.resume(options.bank, options.plan);
    options.plan.refuse(problems_of(session));
    options.plan.say_warnings(std::shared_ptr<const Bank>(&session.bank(), [](const Bank*) {}),
                              std::shared_ptr<const Plan>(&session.plan(), [](const Plan*) {}));
    const Decision decision = session.decide(static_cast<std::size_t>(session.bank().size()));
    options.output.write(host::decision_json(session, decision));
}

void replay(const SessionOptions& options) {
    options.output.write(record_json(options.log.resume(options.bank, options.plan)));
}

// As `cmp`: 1 where they differ, after the difference is told.
void verify(const SessionOptions& options) {
    const Json result = host::verify_json(options.log.resume(options.bank, options.plan));
    options.output.write(result);
    if (!result["same"].get<bool>()) throw CLI::RuntimeError(1);
}

void explain(const SessionOptions& options) {
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
    const auto of_next = add(app, "next", "The next item of a session, or why it stops", next);
    of_next->plan.add_anyway_to(*app.get_subcommand("next"));
    add(app, "replay", "What a session was; never decides", replay);
    add(app, "verify", "Would this engine have asked and stopped the same?", verify);
    const auto options = add(app, "explain", "The trace of a session, in data or in words", explain);
    app.get_subcommand("explain")
        ->add_option("--lang", options->language, "fr or en")
        ->check(CLI::IsMember({"fr", "en"}));
}

}  // namespace palier::cli
