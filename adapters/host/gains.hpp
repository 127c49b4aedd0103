// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/plan/plan.hpp"

namespace palier::host {

/// How far persons have come between two tests of one plan, scale by scale: call `gains` of docs/host-calls.md.
Json gains_json(const palier::Plan& plan, const ObjectReader& request);

}  // namespace palier::host
