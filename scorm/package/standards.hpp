// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>
#include <vector>

#include "scorm/package/manifest.hpp"

// The standards that a package may be made for. The player has the same table (scorm/player/src/host/standards.ts).

namespace palier::package {

struct Standard {
    std::string_view name;   ///< as `palier package --format` has it
    std::string_view title;  ///< as a reader knows it
    std::string_view file;   ///< what a platform reads first; empty: a page of its own, without a platform
    std::string (*manifest)(const ManifestContent&);
    bool distant = false;  ///< whether the platform is reached over the network, at an address that only a launch names
};

/// The first is the default.
inline constexpr Standard standards[]{
    {"scorm12", "SCORM 1.2", "imsmanifest.xml", scorm12_manifest},
    {"scorm2004", "SCORM 2004 4th edition", "imsmanifest.xml", scorm2004_4th_manifest},
    {"scorm2004-3rd", "SCORM 2004 3rd edition", "imsmanifest.xml", scorm2004_3rd_manifest},
    {"cmi5", "cmi5", "cmi5.xml", cmi5_structure, true},
    {"web", "a web page", "", nullptr},
};

/// Throws Error that names those that there are.
const Standard& standard(std::string_view name);

}  // namespace palier::package
