// SPDX-License-Identifier: GPL-3.0-or-later
#include "scorm/package/standards.hpp"

#include "engine/errors.hpp"

namespace palier::package {

const Standard& standard(std::string_view name) {
    std::string names;
    for (const Standard& one : standards) {
        if (one.name == name) return one;
        names += (names.empty() ? "" : ", ") + std::string(one.name);
    }
    throw Error("'" + std::string(name) + "' is no standard of packages: " + names);
}

}  // namespace palier::package
