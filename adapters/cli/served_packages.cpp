// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/served_packages.hpp"

#include <memory>
#include <utility>

#include "adapters/cli/bundle.hpp"
#include "adapters/cli/package_file.hpp"
#include "engine/errors.hpp"
#include "scorm/package/package.hpp"
#include "scorm/package/standards.hpp"

namespace palier::cli {
namespace {

/// Of a bundle's languages that of the reader, or one of its regions, or else the first.
std::string first_language(const Json& variants, const std::string& reader) {
    for (const auto& [language, variant] : variants.items())
        if (language == reader || language.starts_with(reader + "-")) return language;
    return variants.begin().key();
}

/// Makes packages, one at a time.
struct Maker {
    package::Files player;
    std::map<std::string, std::string> bundles;
    // Which questions go into the packages of a test takes seconds to find out, and is the same for each standard.
    std::map<std::pair<std::string, std::string>, Json> parts = {};  // by test and language

    std::string make(const std::string& test, const std::string& standard, const std::string& reader) {
        const Json bundle = Json::parse(bundles.at(test));
        package::PackageRequest request;
        request.language = first_language(bundle.at("variants"), reader);
        Json& part = parts[{test, request.language}];
        if (part.is_null()) {
            delivery::MadeBundle made = delivery::part_of_bundle(bundle, request.language, reader);
            if (const std::string problems = problems_of(made.report); !problems.empty()) throw Error(problems);
            part = std::move(made.bundle);
        }
        request.bundle = part;
        request.player = player;
        request.standard = standard;
        return zip_bytes(package::make_package(request).files);
    }
};

}  // namespace

standalone::Packages served_packages(std::map<std::string, std::string> bundles, const std::string& player) {
    standalone::Packages packages;
    for (const package::Standard& one : package::standards)
        packages.standards.push_back({std::string(one.name), std::string(one.title)});
    packages.notice = package::security_notice();
    const std::filesystem::path folder = player.empty() ? package_player() : std::filesystem::path(player);
    const auto maker =
        std::make_shared<Maker>(Maker{folder.empty() ? package::Files{} : read_folder(folder), std::move(bundles)});
    if (package::missing_of_player(maker->player).empty())
        packages.make = [maker](const std::string& test, const std::string& standard, const std::string& language) {
            return maker->make(test, standard, language);
        };
    return packages;
}

}  // namespace palier::cli
