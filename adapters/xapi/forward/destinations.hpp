// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "adapters/xapi/forward/forward.hpp"

// The destinations of a store, as they are kept in it.

namespace palier::xapi {

struct KnownProgress {
    Progress progress;
    std::int64_t revision = 0;
};
struct ParkedAt {
    std::int64_t place = 0;
    Parked parked;
};
struct KeyedParked {
    std::string key;
    Parked parked;
};

/// Throw no_destination().
Destination destination_of(Store& store, const std::string& name);
KnownProgress known_progress(Store& store, const std::string& name);

/// Keeps all in one commit. Throws Overtaken, with nothing changed, where another process has kept something since.
void keep_progress(Store& store, const std::string& name, KnownProgress& known,
                   const std::vector<ParkedAt>& parked = {}, const std::vector<std::string>& no_longer_parked = {});

std::vector<KeyedParked> keyed_parked(Store& store, const std::string& name);

}  // namespace palier::xapi
