// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "adapters/host/host.hpp"

// The calls of docs/host-calls.md: JSON is read once where a request comes in and written once where the answer goes
// out. `palier call`, the PHP extension and palier-calls.js are thin wraps of these.

namespace palier::calls {

/// One request {"call":NAME, …}. Throws palier::Error and its children; then nothing has changed.
std::string call(std::string_view request_json);

/// The call `step` with a bank and a plan that the host holds open: a request without these two.
std::string step(const host::Bank& bank, const host::Plan& plan, std::string_view request_json);

}  // namespace palier::calls
