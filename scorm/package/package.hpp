// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "engine/util/json.hpp"
#include "scorm/package/theme.hpp"
#include "scorm/package/zip_file.hpp"

// A test as a package for any LMS: player, engine (WebAssembly) and the bundle, keys included.

namespace palier::package {

struct PackageRequest {
    Json bundle;                        ///< docs/delivery.md
    std::string language;               ///< of the manifest; one of the bundle's
    Files player;                       ///< of player/ below the build folder, by their paths in it
    std::optional<std::uint64_t> seed;  ///< the same draws for everybody; absent: new ones each time
    std::string source;                 ///< where Palier's source is; may be empty
    std::string standard = "scorm12";   ///< the name of one of `standards`
    Theme theme;
};

/// What whoever exports, and whoever takes the test, has to know: language (fr, en) to text.
Json security_notice();

/// The file that a player lacks for packages; "" where it is whole.
std::string missing_of_player(const Files& player);

struct Package {
    Files files;
    std::string test;  ///< hash of the test in it, whose first digits its records name
};

/// Throws Error where the player is not whole or there is no such standard, and the errors of
/// delivery::Test::open where the test cannot run in it.
Package make_package(const PackageRequest& request);

/// The bundle in the bytes of a package. Throws Error where they are no package of ours.
Json bundle_of_package(const std::string& zip);

}  // namespace palier::package
