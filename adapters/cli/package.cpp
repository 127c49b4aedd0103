// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <filesystem>
#include <iostream>

#include "adapters/cli/bundle.hpp"
#include "adapters/cli/commands.hpp"
#include "adapters/cli/files.hpp"
#include "engine/errors.hpp"
#include "scorm/package/package.hpp"

// `palier package`: a test as a zip file for any LMS.

namespace palier::cli {
namespace {

namespace fs = std::filesystem;

struct Options {
    BundleOptions bundle;
    std::string format = "scorm12";
    std::string player;
    std::string source;
    std::uint64_t seed = 0;
    CLI::Option* seed_given = nullptr;
    std::string output;
};

/// player/ beside this program, or where an installation has it.
fs::path player_folder(const std::string& asked) {
    if (!asked.empty()) return asked;
    if (const auto file = file_with_program("player/player.js")) return fs::path(*file).parent_path();
    throw Error(
        "the player is not built: run cmake --build on the target palier_player, or name its folder with --player");
}

package::Files read_folder(const fs::path& folder) {
    package::Files files;
    if (!fs::is_directory(folder)) throw Error(folder.string() + ": no such folder");
    for (const auto& entry : fs::recursive_directory_iterator(folder))
        if (entry.is_regular_file())
            files[fs::relative(entry.path(), folder).generic_string()] = read_input(entry.path().string());
    return files;
}

void run(const Options& options) {
    const delivery::MadeBundle made = options.bundle.make();
    package::PackageRequest request;
    request.bundle = made.bundle;
    const std::string& first = options.bundle.questions.front();
    request.language = first.substr(0, first.find('='));
    std::replace(request.language.begin(), request.language.end(), '_', '-');
    request.player = read_folder(player_folder(options.player));
    request.source = options.source;
    if (options.seed_given->count() > 0) request.seed = options.seed;
    package::write_zip(options.output, package::scorm12_package(request));
    std::cout << dump_json(made.report) << '\n';
    const Json notice = package::security_notice();
    std::cerr << notice.at("fr").get<std::string>() << '\n' << notice.at("en").get<std::string>() << '\n';
}

}  // namespace

void add_package(CLI::App& app) {
    auto* command =
        app.add_subcommand("package", "Makes a package of a test for any LMS, and reports what could not be carried");
    const auto options = std::make_shared<Options>();
    options->bundle.add_to(*command);
    command->add_option("--format", options->format, "scorm12")->check(CLI::IsMember({"scorm12"}));
    command->add_option("--player", options->player,
                        "Folder of the built player (default: player/ beside this program)");
    command->add_option("--source", options->source,
                        "Where the source code of your Palier is, for the notice in the package");
    options->seed_given =
        command->add_option("--seed", options->seed, "The same draws for everybody (default: new ones each time)")
            ->check(CLI::Range(std::uint64_t{0}, std::uint64_t{9007199254740991}));
    command->add_option("output", options->output, "The zip file to write")->required();
    command->callback([options] { run(*options); });
}

}  // namespace palier::cli
