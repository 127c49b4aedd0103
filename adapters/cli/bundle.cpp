// SPDX-License-Identifier: GPL-3.0-or-later
#include <iostream>

#include "adapters/bankfile/questions.hpp"
#include "adapters/cli/bundle.hpp"
#include "adapters/cli/commands.hpp"
#include "engine/errors.hpp"

// `palier bundle`: a whole test as one file, for packages and `palier serve`.

namespace palier::cli {
namespace {

struct BundleCommand {
    BundleOptions bundle;
    std::string output;
};

/// "fr=TEXT" → {"fr", "TEXT"}.
std::pair<std::string, std::string> by_language(const std::string& option, const std::string& text) {
    const auto mark = text.find('=');
    if (mark == std::string::npos || mark == 0 || mark > 20)
        throw CLI::ValidationError(
            option, "'" + text + "' should be LANGUAGE=" + (option == "--title" ? "TEXT" : "FILE") + ", such as fr=…");
    return {text.substr(0, mark), text.substr(mark + 1)};
}

/// Of the questions that the bank brings.
std::vector<std::string> languages_in(const std::string& bank, const std::string& bytes) {
    std::vector<std::string> languages;
    if (bankfile::is_sqlite(bytes)) languages = bankfile::languages_of(bankfile::read_bank_file(bytes, bank));
    if (languages.empty())
        throw CLI::ValidationError("--questions", "is required: " + bank + " has no questions of its own");
    std::erase(languages, "");
    if (languages.empty())
        throw CLI::ValidationError("--questions", "the questions of " + bank + " name no language: fr=" + bank +
                                                      " would say that they are in French");
    return languages;
}

void run_bundle(const BundleCommand& options) {
    check_output("output", options.output, options.bundle.inputs());
    const delivery::MadeBundle made = delivery::make_bundle(options.bundle.request());
    options.bundle.check(made);
    write_output(options.output, dump_json(made.bundle) + '\n');
    (options.output == "-" ? std::cerr : std::cout) << dump_json(made.report) << '\n';
}

}  // namespace

void BundleOptions::add_to(CLI::App& command) {
    bank.add_to(command);
    plan.add_to(command);
    plan.add_anyway_to(command);
    command
        .add_option("--questions", questions,
                    "LANGUAGE=FILE: Moodle XML, QTI 2 or 3 (an item, or a package in zip), or a bank file (.palier); "
                    "once for each language (default: the questions of the bank file, in all its languages)")
        ->allow_extra_args(false);
    command
        .add_option(
            "--match", match,
            "How questions find their item: idnumber (the default), or name: those without an idnumber by the item's "
            "label")
        ->check(CLI::IsMember({"idnumber", "name"}));
    command.add_option("--id", id, "Name of the test in statements (default test)");
    command
        .add_option(
            "--share", share,
            "Part of the questions that goes into the test, alike in scale, content and difficulty (default " +
                std::string(share ? "1: all of them"
                                  : "half of them, where the test keeps with these what the plan promises; else all") +
                "). Whoever has the test can read its questions, with their answers and parameters")
        ->check(CLI::Range(0.01, 1.0));
    command.add_option("--share-seed", share_seed, "Which part (default 1): another number may give another")
        ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{9007199254740991}));
    command.add_option("--lang", words, "Of what is said of the plan (default en)")->check(CLI::IsMember({"fr", "en"}));
    command.add_option("--title", titles, "LANGUAGE=TEXT; once for each language")->allow_extra_args(false);
}

std::vector<std::string> BundleOptions::inputs() const {
    std::vector<std::string> files = {bank.path, plan.path};
    for (const std::string& entry : questions) files.push_back(by_language("--questions", entry).second);
    return files;
}

std::string problems_of(const Json& report) {
    std::string problems;
    for (const auto& [language, found] : report.items())
        if (found.is_object() && found.contains("problems"))
            for (const Json& problem : found["problems"])
                problems += (problems.empty() ? "" : "\n") + language + ": " + problem["message"].get<std::string>();
    return problems;
}

void BundleOptions::check(const delivery::MadeBundle& made) const {
    for (const auto& [language, found] : made.report.items())
        if (found.is_object() && found.contains("warnings"))
            for (const Json& warning : found["warnings"])
                std::cerr << "palier: " << language << ": " << warning["message"].get<std::string>() << '\n';
    plan.refuse(problems_of(made.report));
}

delivery::BundleRequest BundleOptions::request() const {
    delivery::BundleRequest request;
    request.id = id;
    request.bank = bank.read();
    request.match_names = match == "name";
    request.share = share;
    request.share_seed = share_seed;
    request.words = words;
    request.plan = parse_json(read_input(plan.path), ErrorKind::plan, plan.path, 8 << 20);
    for (const std::string& title : titles) {
        const auto [language, text] = by_language("--title", title);
        request.title[language] = text;
    }
    for (const std::string& entry : questions) {
        const auto [language, file] = by_language("--questions", entry);
        request.questions.push_back({language, file, read_input(file)});
    }
    if (questions.empty()) {
        const std::string bytes = read_input(bank.path);
        for (const std::string& language : languages_in(bank.path, bytes))
            request.questions.push_back({language, bank.path, bytes});
    }
    return request;
}

void add_bundle(CLI::App& app) {
    auto* command = app.add_subcommand(
        "bundle", "Puts questions, bank and plan into one file, and reports what could not be carried");
    const auto options = std::make_shared<BundleCommand>();
    options->bundle.add_to(*command);
    command->add_option("output", options->output, "The file to write; - is standard output")->required();
    command->callback([options] { run_bundle(*options); });
}

}  // namespace palier::cli
