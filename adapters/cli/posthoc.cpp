// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/posthoc.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/cli/persons.hpp"
#include "adapters/host/handles.hpp"
#include "engine/simulation/simulation.hpp"

namespace palier::cli {
namespace {

struct PosthocOptions {
    BankOption bank;
    PlanOption plan;
    ResponsesOption responses;
    OutputOption output;
    std::uint64_t seed = 1;
};

void run_posthoc(const PosthocOptions& options) {
    const auto bank = options.bank.read();
    const auto plan = options.plan.read_for(*bank);
    options.plan.say_warnings(bank, plan);
    auto table = options.responses.open(*bank);
    const bool decides = plan->classification || plan->floor;
    const auto entry = [&](const formats::PersonResponses& person, std::uint32_t number) {
        std::vector<KnownResponse> known;
        for (const auto& response : person.responses) known.push_back({response.item, response.category});
        PosthocSession posthoc = begin_posthoc(bank, plan, known, person_seed(options.seed, number));
        const std::string stop = finish(posthoc);
        const Session& session = posthoc.session;
        Json steps = Json::array();
        const std::vector<AbilityEstimate> trail = session.map_trail();
        std::size_t counted = 0;
        for (const Step& step : session.steps()) {
            counted += step.pretest ? 0 : 1;
            steps.push_back({{"item", (*bank)[step.item].id},
                             {"response", *step.category},
                             {"theta", step.after.theta},
                             {"se", step.after.se}});
            for (int s = 0; session.map() && s < session.map()->scales(); ++s) {
                const std::string& id = plan->scales[static_cast<std::size_t>(s)].id;
                steps.back()["theta." + id] = trail[counted].theta[static_cast<std::size_t>(s)];
                steps.back()["se." + id] = trail[counted].se(s);
            }
        }
        Json result = {{"person", person.person}, {"steps", std::move(steps)}, {"stop", stop}};
        if (!decides) return result;
        const Json state = to_json(decisions(session), *plan);
        for (const char* key : {"classification", "floor"})
            if (!state[key].is_null()) result[key] = state[key];
        return result;
    };
    Json like = entry({}, 0);
    if (like["steps"].empty()) like["steps"].push_back({{"item", ""}, {"response", 0}, {"theta", 0.0}, {"se", 0.0}});
    write_persons(options.output, like, table, entry);
}

}  // namespace

void add_posthoc(CLI::App& app) {
    auto* command = app.add_subcommand("posthoc", "Run the plan for each person of a response table");
    const auto options = std::make_shared<PosthocOptions>();
    options->bank.add_to(*command);
    options->plan.add_to(*command);
    options->plan.add_anyway_to(*command);
    options->responses.add_to(*command);
    command->add_option("--seed", options->seed, "Seed of random choices (default 1)")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{9007199254740991}));
    options->output.add_to(*command);
    command->callback([options] { run_posthoc(*options); });
}

}  // namespace palier::cli
