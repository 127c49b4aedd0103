// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "adapters/cli/bundle.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/package_file.hpp"
#include "engine/errors.hpp"
#include "scorm/package/package.hpp"
#include "scorm/package/standards.hpp"

// `palier package`: a test as a zip file for any LMS.

namespace palier::cli {
namespace {

namespace fs = std::filesystem;

struct PackageOptions {
    BundleOptions bundle;
    std::string format{package::standards[0].name};
    std::string player;
    std::string source;
    std::string theme;
    std::uint64_t seed = 0;
    CLI::Option* seed_given = nullptr;
    std::string output;
};

fs::path player_folder(const std::string& asked) {
    const fs::path player = asked.empty() ? package_player() : fs::path(asked);
    if (!player.empty()) return player;
    throw Error(
        "the player is not built: run cmake --build on the target palier_player, or name its folder with --player");
}

/// What a host asks before it offers packages.
[[noreturn]] void say_ready() {
    Json formats = Json::object();
    for (const package::Standard& one : package::standards) formats[std::string(one.name)] = one.title;
    throw CLI::CallForVersion(
        dump_json(
            {{"player", !package_player().empty()}, {"formats", formats}, {"notice", package::security_notice()}}),
        0);
}

package::Theme theme_of(const std::string& path) {
    if (path.empty()) return {};
    const fs::path folder = path == "-" ? fs::path() : fs::path(path).parent_path();
    return package::read_theme(parse_json(read_input(path), ErrorKind::argument, path, 1 << 16),
                               [&](const std::string& name) { return read_input((folder / name).string()); });
}

/// How many of the questions went into the package, where nobody said it.
std::string how_many(const Json& part) {
    const std::string items = part.at("items").dump(), all = part.at("of").dump(),
                      set = "--share sets how many (docs/player.md)";
    return part.at("share") == 1
               ? "All " + all + " questions are in the package: half of them would be too few for this test; " + set
               : items + " of " + all + " questions are in the package, as whoever has it can read them; " + set +
                     ", --share-seed which";
}

void run_package(const PackageOptions& options) {
    std::vector<std::string> inputs = options.bundle.inputs();
    const fs::path player = player_folder(options.player);
    const package::Files player_files = read_folder(player);
    for (const auto& [name, bytes] : player_files) inputs.push_back((player / name).string());
    if (!options.theme.empty()) inputs.push_back(options.theme);
    check_output("output", options.output, inputs);
    const delivery::BundleRequest asked = options.bundle.request();
    const delivery::MadeBundle made = delivery::make_bundle(asked);
    options.bundle.check(made);
    package::PackageRequest request;
    request.bundle = made.bundle;
    request.language = asked.questions.front().language;
    std::replace(request.language.begin(), request.language.end(), '_', '-');
    request.player = player_files;
    request.source = options.source;
    request.theme = theme_of(options.theme);
    if (options.seed_given->count() > 0) request.seed = options.seed;
    request.standard = options.format;
    const package::Package package = package::make_package(request);
    write_output(options.output, zip_bytes(package.files));
    Json report = made.report;
    report["test"] = package.test;
    (options.output == "-" ? std::cerr : std::cout) << dump_json(report) << '\n';
    if (!options.bundle.share) std::cerr << how_many(report.at("part")) << '\n';
    const Json notice = package::security_notice();
    std::cerr << notice.at("fr").get<std::string>() << '\n' << notice.at("en").get<std::string>() << '\n';
}

}  // namespace

void add_package(CLI::App& app) {
    auto* command =
        app.add_subcommand("package", "Makes a package of a test for any LMS, and reports what could not be carried");
    const auto options = std::make_shared<PackageOptions>();
    options->bundle.share.reset();
    options->bundle.add_to(*command);
    std::vector<std::string> formats;
    std::string titles = "The standard of the package:";
    for (const package::Standard& one : package::standards) {
        titles += (formats.empty() ? " " : ", ") + std::string(one.name) + " (" + std::string(one.title) + ")";
        formats.emplace_back(one.name);
    }
    command->add_option("--format", options->format, titles)->check(CLI::IsMember(formats))->capture_default_str();
    command->add_flag_callback(
        "--ready", say_ready,
        "Only say, as JSON, for which standards packages can be made and whether the player is there");
    command->add_option("--player", options->player,
                        "Folder of the built player (default: player/ beside this program)");
    command->add_option("--theme", options->theme,
                        "Title, description, logo and colours: a JSON file (docs/player.md, A theme)");
    command->add_option("--source", options->source,
                        "Where the source code of your Palier is, for the notice in the package");
    options->seed_given =
        command->add_option("--seed", options->seed, "The same draws for everybody (default: new ones each time)")
            ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{9007199254740991}));
    command->add_option("output", options->output, "The zip file to write; - is standard output")->required();
    command->callback([options] { run_package(*options); });
}

}  // namespace palier::cli
