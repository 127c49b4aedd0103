// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "adapters/xapi/lrs/http.hpp"

namespace palier::xapi {

/// Whether it is a request in the alternate syntax: POST with the parameter `method`.
bool is_alternate(const Request& request, const Target& target);

/// The request that one in the alternate syntax stands for. Its form holds the parameters, the headers by
/// their names, and the body as `content`, which is JSON unless Content-Type says otherwise. Where the page
/// that sent it is not trusted, credentials count only in the form: those that a browser adds by itself do
/// not. Changes `target` to what is asked. Throws Refusal (400) that says what is wrong.
///
/// Source: xAPI 1.0.3 part three, section 1.3.
Request read_alternate(const Request& request, Target& target, bool trusted);

}  // namespace palier::xapi
