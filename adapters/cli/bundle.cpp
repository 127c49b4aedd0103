// SPDX-License-Identifier: GPL-3.0-or-later
#include <fstream>
#include <iostream>

#include "adapters/cli/bundle.hpp"
#include "adapters/cli/commands.hpp"
#include "engine/errors.hpp"

// `palier bundle`: a whole test as one file, for packages and `palier serve`.

namespace palier::cli {
namespace {

struct Options {
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

void run(const Options& options) {
    const delivery::MadeBundle made = options.bundle.make();
    const std::string text = dump_json(made.bundle);
    if (options.output == "-") {
        std::cout << text << '\n';
        std::cerr << dump_json(made.report) << '\n';
        return;
    }
    std::ofstream out(options.output, std::ios::binary);
    out << text << '\n';
    out.close();
    if (!out) throw Error(options.output + ": it cannot be written");
    std::cout << dump_json(made.report) << '\n';
}

}  // namespace

void BundleOptions::add_to(CLI::App& command) {
    bank.add_to(command);
    plan.add_to(command);
    command.add_option("--questions", questions, "LANGUAGE=FILE, Moodle XML; once for each language")->required();
    command
        .add_option(
            "--match", match,
            "How questions find their item: idnumber (the default), or name: those without an idnumber by the item's "
            "label")
        ->check(CLI::IsMember({"idnumber", "name"}));
    command.add_option("--id", id, "Name of the test in statements (default test)");
    command.add_option("--title", titles, "LANGUAGE=TEXT; once for each language");
}

delivery::MadeBundle BundleOptions::make() const {
    delivery::BundleRequest request;
    request.id = id;
    request.bank = bank.read();
    request.match_names = match == "name";
    request.plan = parse_json(read_input(plan.path), ErrorKind::plan, plan.path, 8 << 20);
    for (const std::string& title : titles) {
        const auto [language, text] = by_language("--title", title);
        request.title[language] = text;
    }
    for (const std::string& entry : questions) {
        const auto [language, file] = by_language("--questions", entry);
        request.questions.push_back({language, file, read_input(file)});
    }
    return delivery::make_bundle(request);
}

void add_bundle(CLI::App& app) {
    auto* command = app.add_subcommand(
        "bundle", "Puts questions, bank and plan into one file, and reports what could not be carried");
    const auto options = std::make_shared<Options>();
    options->bundle.add_to(*command);
    command->add_option("output", options->output, "The file to write; - is standard output")->required();
    command->callback([options] { run(*options); });
}

}  // namespace palier::cli
