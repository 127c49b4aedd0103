// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// imsmanifest.xml of SCORM 1.2: one organization, one item, one SCO that lists every file.
// Source: SCORM 1.2 Content Aggregation Model (ADL, 2001); IMS Content Packaging 1.1.2.

namespace palier::package {

struct ManifestContent {
    std::string identifier;  ///< letters, digits, hyphens; begins with a letter
    std::string title;
    std::string description;
    std::string language;            ///< BCP 47
    std::string start;               ///< the page that the LMS opens
    std::vector<std::string> files;  ///< every file but the manifest; `start` is one of them
};

/// Throws Error if `start` is not among the files, or a path has characters that an href would
/// have to escape (anything but letters, digits and ._-/).
std::string scorm12_manifest(const ManifestContent& content);

}  // namespace palier::package
