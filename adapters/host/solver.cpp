// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/solver.hpp"

#ifdef PALIER_HAS_GLPK
#include "adapters/solver/glpk.hpp"
#endif

namespace palier::host {

MipSolver solver() {
#ifdef PALIER_HAS_GLPK
    return solver::glpk();
#else
    return {};
#endif
}

std::shared_ptr<const palier::Plan> read_plan(std::string_view json) {
    auto plan = std::make_shared<palier::Plan>(palier::Plan::parse(json));
    plan->solver = solver();
    return plan;
}

std::shared_ptr<const palier::Plan> plan_of(const Json& json) {
    auto plan = std::make_shared<palier::Plan>(palier::Plan::from_json(json));
    plan->solver = solver();
    return plan;
}

}  // namespace palier::host
