// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "engine/errors.hpp"
#include "engine/plan/plan.hpp"

// Any bytes are a plan or a PlanError; a plan that was read reads again to the same hash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    try {
        const auto plan = palier::Plan::parse({reinterpret_cast<const char*>(data), size});
        if (palier::Plan::parse(palier::dump_json(plan.normalised)).hash != plan.hash) std::abort();
    } catch (const palier::PlanError&) {
    }
    return 0;
}
