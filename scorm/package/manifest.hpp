// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

// What a learning platform reads of a package: imsmanifest.xml of SCORM 1.2 and 2004 (one organization, one item, one
// SCO that lists every file), cmi5.xml (a course of one assignable unit).
// Sources: SCORM 1.2 Content Aggregation Model (ADL, 2001), IMS Content Packaging 1.1.2; SCORM 2004 4th Edition Content
// Aggregation Model (ADL, 2009), IMS Content Packaging 1.1.4; cmi5 1.0, sections 13 and 14.

namespace palier::package {

struct ManifestContent {
    std::string identifier;  ///< letters, digits, hyphens; begins with a letter
    std::string title;
    std::string description;
    std::string language;            ///< BCP 47
    std::string start;               ///< the page that the LMS opens
    std::vector<std::string> files;  ///< every file but the manifest; `start` is one of them
};

/// Throw Error if `start` is not among the files, or a path has characters that an href would have to escape (anything
/// but letters, digits and ._-/).
std::string scorm12_manifest(const ManifestContent& content);
std::string scorm2004_3rd_manifest(const ManifestContent& content);
std::string scorm2004_4th_manifest(const ManifestContent& content);

/// The unit and the course are called urn:uuid:…, made from the identifier. It has been done when it is completed: no
/// mastery score, as passed and failed follow the plan's threshold with its margin.
std::string cmi5_structure(const ManifestContent& content);

}  // namespace palier::package
