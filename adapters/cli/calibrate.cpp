// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <iostream>
#include <thread>

#include "adapters/cli/answers.hpp"
#include "adapters/cli/bank_output.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/correlations.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "adapters/formats/csv.hpp"
#include "engine/calibration/bank.hpp"
#include "engine/calibration/checks.hpp"
#include "engine/calibration/hierarchy.hpp"
#include "engine/errors.hpp"
#include "engine/fit/drift.hpp"

// `palier calibrate`: item parameters from answers.

namespace palier::cli {
namespace {

namespace cal = palier::calibration;

struct CalibrateOptions {
    AnswersOption answers;
    BankOption anchors;
    OutputOption output;
    std::string model = "2pl,grm";
    std::string models_file;
    std::string apart;
    std::string slope_prior, difficulty_prior, lower_prior, upper_prior;
    std::string range = "-6,6";
    std::string errors = "oakes";
    std::string status = "operational";
    std::string bank_path;
    bool experts = false;
    CorrelationsOption correlations;
    cal::Options fit;
};

Model model_of(const std::string& option, const std::string& name) {
    const auto model = model_named(name);
    if (!model)
        throw CLI::ValidationError(option, "'" + name + "' is no model; it should be one of " + join(model_names()));
    return *model;
}

cal::ModelChoice models_of(const CalibrateOptions& options) {
    cal::ModelChoice choice;
    const auto comma = options.model.find(',');
    choice.two = model_of("--model", options.model.substr(0, comma));
    if (comma != std::string::npos) choice.several = model_of("--model", options.model.substr(comma + 1));
    if (options.models_file.empty()) return choice;
    const formats::Csv table = formats::read_csv(read_input(options.models_file), options.models_file);
    const auto column = [&](const char* name) {
        const auto found = std::find(table.header.begin(), table.header.end(), name);
        if (found == table.header.end())
            throw Error(options.models_file + ": no column '" + name + "'; it should have item and model");
        return static_cast<std::size_t>(found - table.header.begin());
    };
    const std::size_t item = column("item");
    const std::size_t model = column("model");
    for (const formats::CsvRow& row : table.rows) {
        if (row.cells[item].empty()) continue;
        const auto named = model_named(row.cells[model]);
        if (!named)
            throw Error(table.place(row, model) + ": '" + row.cells[model] + "' is no model; it should be one of " +
                        join(model_names()));
        if (!choice.of_item.emplace(row.cells[item], *named).second)
            throw Error(table.place(row, item) + ": '" + row.cells[item] + "' is there twice");
    }
    return choice;
}

// "normal:M,SD" or, of slopes, "lognormal:M,SD".
std::optional<cal::Priors::Normal> prior_named(const std::string& option, const std::string& text, const char* kind) {
    if (text.empty()) return std::nullopt;
    const std::string stem = std::string(kind) + ":";
    if (text.rfind(stem, 0) == 0) {
        const auto values = numbers_of(option, text.substr(stem.size()));
        if (values.size() == 2 && values[1] > 0) return cal::Priors::Normal{values[0], values[1]};
    }
    throw CLI::ValidationError(option, "'" + text + "' should be " + stem + "MEAN,SD with SD above 0");
}

// On a terminal, how far the search is.
void show_search(cal::SearchOptions& search) {
    if (isatty(STDERR_FILENO) == 0) return;
    search.progress = [](int iteration, double log_likelihood, double max_gradient) {
        std::cerr << "\r" << iteration << " iterations, log-likelihood " << log_likelihood << ", largest gradient "
                  << max_gradient << "        " << std::flush;
        return true;
    };
}

void say(const std::string& text) { std::cerr << "palier: " << text << '\n'; }

/// Anchors that contradict the answers, or each other: the maximum is found all the same, and means little.
Json moved_anchors(const cal::Responses& responses, const cal::Calibration& result, const Bank& anchors) {
    Json told = Json::array();
    for (const fit::MovedAnchor& moved : fit::moved_anchors(responses, result, anchors, {})) {
        told.push_back({{"item", moved.item},
                        {"answers", moved.shift.answers},
                        {"shift", moved.shift.shift},
                        {"se", moved.shift.se}});
        const double by = std::round(10 * std::fabs(moved.shift.shift)) / 10;
        say("anchor " + moved.item + ": its answers make it " + dump_json(Json(by)) + " logits " +
            (moved.drift == fit::Drift::harder ? "harder" : "easier") +
            " than its parameters in --bank, beside the other items: are they of this item, and all anchors of one "
            "scale?");
    }
    return told;
}

// Without anchors every item is on the scale of these answers: one without answers would stay on another scale.
void refuse_items_without_answers(const std::string& path, const Bank& bank, const cal::Responses& responses) {
    std::vector<std::string> without;
    for (const Item& item : bank.items())
        if (std::find(responses.items().begin(), responses.items().end(), item.id) == responses.items().end())
            without.push_back(item.id);
    if (without.empty()) return;
    const std::size_t all = without.size();
    if (all > 5) without.resize(5);
    throw Error(path + ": " + std::to_string(all) + " of its items have no answers here (" + join(without) +
                (all > 5 ? ", …" : "") + ") and would stay on another scale; --bank " + path +
                " calibrates on the scale that it has, or name another file");
}

// What an item is beside its numbers stays as the bank has it.
void keep_words(const Bank& bank, Item& made) {
    const int position = bank.find(made.id);
    if (position < 0) return;
    const Item& known = bank[position];
    made.scale = known.scale;
    made.status = known.status;
    made.content = known.content;
    made.enemies = known.enemies;
    made.item_set = known.item_set;
    made.key_format = known.key_format;
    made.label = known.label;
    made.numbers = known.numbers;
}

void run_calibrate(CalibrateOptions options) {
    if (options.fit.threads == 0)
        options.fit.threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    if (options.correlations.asked()) {
        options.correlations.run(options.answers, options.anchors, options.output, options.bank_path,
                                 options.fit.threads);
        return;
    }
    std::optional<BankOutput> output;
    if (!options.bank_path.empty())
        output.emplace("--output", options.bank_path, options.anchors.path,
                       std::vector{options.answers.responses.path, options.models_file});
    const auto range = numbers_of("--range", options.range);
    if (range.size() != 2 || !(range[0] < range[1]))
        throw CLI::ValidationError("--range", "'" + options.range + "' should be LO,HI with LO below HI");
    options.fit.low = range[0];
    options.fit.high = range[1];
    options.fit.standard_errors = options.errors == "oakes";
    options.fit.priors = {prior_named("--prior-slope", options.slope_prior, "lognormal"),
                          prior_named("--prior-difficulty", options.difficulty_prior, "normal"),
                          prior_named("--prior-lower", options.lower_prior, "normal"),
                          prior_named("--prior-upper", options.upper_prior, "normal")};
    cal::ModelChoice models = models_of(options);
    models.experts = options.experts;
    if (options.experts && options.anchors.path.empty())
        throw CLI::ValidationError(
            "--experts", "needs --bank, whose draft and pretest items have the difficulties that experts gave");
    const auto anchors = options.anchors.path.empty() ? nullptr : options.anchors.read();

    const std::vector<std::string> apart = split_list(options.apart);
    const cal::Responses given = options.answers.read();
    const cal::Responses responses = apart.empty() ? given : given.apart(apart);
    const Bank* const present = output && !anchors ? output->items() : nullptr;
    if (present) refuse_items_without_answers(options.bank_path, *present, given);
    const auto requests = cal::requests_for(responses, models, anchors.get());
    for (const std::string& doubt : cal::doubts_of(responses)) say(doubt);
    show_search(options.fit.search);
    cal::HierarchicalCalibration by_experts;
    if (options.experts)
        by_experts = cal::hierarchical_calibrate(responses, requests, cal::expert_difficulties(responses, *anchors),
                                                 options.fit);
    const cal::Calibration result =
        options.experts ? std::move(by_experts.calibration)
                        : cal::calibrate(responses, requests, cal::usual_populations(responses, requests), options.fit);
    if (options.fit.search.progress) std::cerr << '\n';
    for (const std::string& problem : result.problems) say(problem);
    const bool fits = result.converged && result.is_highest.value_or(true);
    Json told = cal::to_json(result);
    if (anchors && fits) told["moved_anchors"] = moved_anchors(responses, result, *anchors);
    if (fits && output) {
        const Status status = options.status == "pretest" ? Status::pretest
                              : options.status == "draft" ? Status::draft
                                                          : Status::operational;
        cal::CalibratedBank made = cal::calibrated_bank(result, anchors.get(), status);
        for (const std::string& item : made.left_out) say("left out of " + options.bank_path + ": " + item);
        if (made.items.empty()) throw Error("no item is left for " + options.bank_path);
        if (present)
            for (Item& item : made.items) keep_words(*present, item);
        Json report = told;
        report.erase("items");
        report["model"] = options.model;
        output->write(Bank::compile(std::move(made.items)), "calibrate",
                      {options.answers.responses.path, options.anchors.path, options.models_file}, std::move(report));
    }
    if (options.experts)
        told["hierarchy"] = {
            {"expert_sd", by_experts.expert_sd},         {"difficulty_mean", by_experts.difficulty_mean},
            {"difficulty_sd", by_experts.difficulty_sd}, {"log_slope_mean", by_experts.log_slope_mean},
            {"log_slope_sd", by_experts.log_slope_sd},   {"rounds", by_experts.rounds}};
    if (options.bank_path != "-") options.output.write(told);
    if (!fits) throw Error("the result is no maximum of the likelihood; no bank was written");
}

}  // namespace

void add_calibrate(CLI::App& app) {
    auto* command = app.add_subcommand("calibrate", "Item parameters from answers, by marginal maximum likelihood");
    const auto options = std::make_shared<CalibrateOptions>();
    options->fit.threads = 0;
    options->answers.add_to(*command);
    command->add_option("--model", options->model,
                        "rasch, 1pl, 2pl, 3pl, 4pl, grm, pcm, gpcm, rsm or nrm; two of them, with a comma between: of "
                        "items with two categories, and of items with more (default 2pl,grm)");
    command->add_option("--models", options->models_file,
                        "The models of single items: CSV with columns item and model");
    command->add_option("--bank", options->anchors.path,
                        "Anchors: a bank whose operational and retired items stay as they are");
    command->add_option("--D,--d", options->anchors.D, "Scaling constant of the anchors' metric, e.g. 1.702")
        ->check(CLI::PositiveNumber);
    command->add_option("--apart", options->apart, "Items whose parameters differ between groups, e.g. q3,q7");
    command->add_flag(
        "--experts", options->experts,
        "By few answers: the b of the bank's draft and pretest items is what experts said, and counts for as "
        "much as they were right; slopes are held to each other (docs/calibration.md)");
    command->add_option("--prior-slope", options->slope_prior, "lognormal:MEAN,SD, of ln a; e.g. lognormal:0,0.5");
    command->add_option("--prior-difficulty", options->difficulty_prior, "normal:MEAN,SD of each b; e.g. normal:0,2");
    command->add_option("--prior-lower", options->lower_prior, "normal:MEAN,SD of logit c; e.g. normal:-1.5,0.5");
    command->add_option("--prior-upper", options->upper_prior, "normal:MEAN,SD of logit d");
    command->add_option("--nodes", options->fit.nodes, "Nodes of ability, 11 to 1001 (default 61)")
        ->check(CLI::Range(11, 1001));
    command->add_option("--range", options->range, "LO,HI of the nodes in logits (default -6,6)");
    command->add_option("--tolerance", options->fit.search.tolerance, "Largest gradient of a maximum (default 1e-6)")
        ->check(CLI::Range(1e-12, 1e3));
    command->add_option("--iterations", options->fit.search.iterations, "At most (default 2000)")
        ->check(CLI::Range(1, 1000000));
    command->add_option("--se", options->errors, "Standard errors: oakes (default) or none")
        ->check(CLI::IsMember({"oakes", "none"}));
    command->add_option("--threads", options->fit.threads, "Default: all cores; the result is the same")
        ->check(CLI::Range(1, 1024));
    command
        ->add_option("--status", options->status, "Of new items in the bank: operational (default), pretest or draft")
        ->check(CLI::IsMember({"operational", "pretest", "draft"}));
    options->correlations.add_to(*command);
    command->add_option(
        "--output,--out", options->bank_path,
        "The bank that is made: CSV, or a bank file (.palier), whose history this calibration is added to; "
        "with --correlations the plan; - is standard output");
    options->output.add_to(*command);
    command->callback([options] { run_calibrate(*options); });
}

}  // namespace palier::cli
