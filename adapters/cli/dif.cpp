// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <iostream>
#include <thread>

#include "adapters/cli/answers.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/output.hpp"
#include "engine/calibration/bank.hpp"
#include "engine/errors.hpp"
#include "engine/fit/dif.hpp"

// `palier dif`: items that two groups answer differently at the same ability.

namespace palier::cli {
namespace {

struct DifCommand {
    AnswersOption answers;
    OutputOption output;
    std::string reference;
    std::string focal;
    std::string model;
    fit::DifOptions rules;
    bool plain = false;
};

int group_named(const calibration::Responses& responses, const std::string& option, const std::string& name,
                int otherwise) {
    if (name.empty()) return otherwise;
    const auto& groups = responses.groups();
    const auto found = std::find(groups.begin(), groups.end(), name);
    if (found == groups.end())
        throw CLI::ValidationError(option, "'" + name + "' is no group; it should be one of " + join(groups));
    return static_cast<int>(found - groups.begin());
}

Json to_json(const fit::DifItem& item) {
    const fit::MantelHaenszel& mh = item.mantel_haenszel;
    Json json = {{"item", item.id},         {"reference", item.reference},
                 {"focal", item.focal},     {"class", std::string(1, mh.size)},
                 {"matches", item.matches}, {"mantel_haenszel", nullptr},
                 {"logistic", nullptr}};
    if (mh.size != '-')
        json["mantel_haenszel"] = {{"odds_ratio", mh.odds_ratio},
                                   {"se_log_odds", mh.se_log_odds},
                                   {"delta", mh.delta},
                                   {"chi_square", mh.chi_square},
                                   {"p", mh.p}};
    const fit::LogisticDif& of = item.logistic;
    if (of.found)
        json["logistic"] = {{"r_square_change", of.r_square_change},
                            {"chi_square", of.chi_square},
                            {"p", of.p},
                            {"p_uniform", of.p_uniform},
                            {"p_nonuniform", of.p_nonuniform}};
    return json;
}

void run_dif(DifCommand options) {
    const calibration::Responses responses = options.answers.read();
    if (responses.groups().size() < 2)
        throw Error(options.answers.responses.path +
                    ": one group of persons; a column of groups (group, or --group COLUMN) should name two");
    const int reference = group_named(responses, "--reference", options.reference, 0);
    const int focal = group_named(responses, "--focal", options.focal, reference == 0 ? 1 : 0);
    options.rules.purify = !options.plain;
    Json result = Json::array();
    for (const fit::DifItem& item : fit::dif(responses, reference, focal, options.rules))
        result.push_back(to_json(item));
    if (!options.model.empty()) {
        const auto model = model_named(options.model);
        if (!model) throw CLI::ValidationError("--model", "it should be one of " + join(model_names()));
        calibration::Options fit;
        fit.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        const auto requests = calibration::requests_for(responses, {*model, std::nullopt, {}}, nullptr);
        const auto ratios = fit::likelihood_ratio_dif(responses, requests, fit);
        for (std::size_t j = 0; j < ratios.size(); ++j)
            if (ratios[j].degrees > 0)
                result[j]["likelihood_ratio"] = {
                    {"chi_square", ratios[j].chi_square}, {"degrees", ratios[j].degrees}, {"p", ratios[j].p}};
    }
    std::cerr << "palier: reference '" << responses.groups()[static_cast<std::size_t>(reference)] << "', focal '"
              << responses.groups()[static_cast<std::size_t>(focal)]
              << "'; a delta below 0 is harder for the focal group, class C is large, B moderate, A negligible\n";
    options.output.write(result);
}

}  // namespace

void add_dif(CLI::App& app) {
    auto* command = app.add_subcommand("dif", "Items that two groups answer differently at the same ability");
    const auto options = std::make_shared<DifCommand>();
    options->answers.add_to(*command);
    command->add_option("--reference", options->reference, "The reference group (default: the first)");
    command->add_option("--focal", options->focal, "The focal group (default: the other)");
    command->add_flag("--no-purification", options->plain,
                      "Match by all items; else items with p below --alpha are left out of the others' score");
    command->add_option("--alpha", options->rules.alpha, "Default 0.05")->check(CLI::Range(0.0001, 0.5));
    command->add_option("--model", options->model,
                        "Likelihood ratios too, by calibrations of this model with each item apart");
    options->output.add_to(*command);
    command->callback([options] { run_dif(*options); });
}

}  // namespace palier::cli
