// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

#include "adapters/standalone/packages.hpp"

namespace palier::cli {

/// Packages of these tests (bundles as they were read, by their ids), each as `palier package` makes it of the same
/// questions, plan, title and id without other options, the questions of its maker's language first. `player`: folder
/// of the player, "" for the one of packages; it is read now.
standalone::Packages served_packages(std::map<std::string, std::string> bundles, const std::string& player);

}  // namespace palier::cli
