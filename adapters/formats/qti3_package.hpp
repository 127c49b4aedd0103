// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

#include "adapters/formats/content.hpp"
#include "adapters/formats/moodle_write.hpp"

namespace palier::formats {

struct Qti3Package {
    std::map<std::string, std::string> files;  ///< by their paths in the package
    std::vector<Loss> losses;                  ///< what another system scores otherwise, or not at all
};

/// Questions with their keys as a package of QTI 3.0 (1EdTech, imsmanifest.xml of QTI 3 packages): a folder for each,
/// with its files. Read again by us they are the same (qti3.hpp).
Qti3Package write_qti3_package(const std::vector<Item>& items);

}  // namespace palier::formats
