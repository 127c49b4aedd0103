// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "adapters/delivery/delivery.hpp"

namespace palier::standalone {

/// What a demonstration test finds: a map of the 16 competences of the CRCN, the same with at most 16 questions, or one
/// level.
enum class Demo { map, short_map, level };

/// The demonstration test, as a bundle and opened: the questions of adapters/moodle/mod_palier/demo in French and in
/// English, with demo-map-plan.json or demo-plan.json (the plan of the activity's form with nothing changed). They are
/// in the program itself, so it needs no file.
Json demo_bundle(Demo demo = Demo::map);
std::shared_ptr<const delivery::Test> demo_test(Demo demo = Demo::map);

}  // namespace palier::standalone
