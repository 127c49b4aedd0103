// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/lrs/presentation.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::xapi {

/// What a GET of statements asks for: one statement, or those that a query finds.
struct Asked {
    std::optional<std::string> id;
    bool voided = false;
    Format format = Format::exact;
    bool attachments = false;  ///< with their bytes
    Query query;
};

/// Throws Refusal (400) that names the parameter. `cursor` is when the last statement of the page before was stored
/// (microseconds since 1970 UTC), which its reader knows, and not its place, which tells how many others sent.
Asked read_query(const Parameters& parameters);

}  // namespace palier::xapi
