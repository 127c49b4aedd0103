// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/util/json.hpp"

namespace palier::host {

/// What share of each of several groups is of a kind: call `shares` of docs/host-calls.md.
Json shares_json(const ObjectReader& request);

}  // namespace palier::host
