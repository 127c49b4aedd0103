// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "adapters/xapi/forward/forward.hpp"

namespace palier::xapi {

/// A statement as a destination gets it: without what its store sets (stored, authority), in the destination's version.
std::string as_sent(const std::string& body, Version version);

/// So many of the statements, from the first on, as one request with their attachments: the first one always, and as
/// many more as fit. `count` becomes how many there are in it.
Request request_of(Store& store, const Destination& to, const std::vector<std::string>& bodies, std::size_t& count);

}  // namespace palier::xapi
