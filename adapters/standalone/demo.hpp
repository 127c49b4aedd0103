// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "adapters/delivery/delivery.hpp"

namespace palier::standalone {

/// The demonstration test: the questions of adapters/moodle/mod_palier/demo in French and in
/// English, and the plan of the activity's form with nothing changed. They are in the program
/// itself, so it needs no file.
std::shared_ptr<const delivery::Test> demo_test();

}  // namespace palier::standalone
