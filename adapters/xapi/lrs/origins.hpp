// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/xapi/lrs/http.hpp"

// Pages of other origins: what a browser lets them send and read (Fetch standard, CORS protocol). No answer
// allows credentials that the browser holds; a page names key and secret itself.

namespace palier::xapi {

/// "*" or an origin as a browser names it: "https://cours.example.org", "http://localhost:8000"; lower case.
bool is_origin(std::string_view text);

/// Whether the request is of no page, of a page of this server, or of an origin that is allowed.
bool is_trusted(const Request& request, const std::vector<std::string>& origins);

/// What lets a page of an allowed origin read the answer. `methods`: for an answer to OPTIONS, "GET, POST"; else "".
void allow_origin(const Request& request, const std::vector<std::string>& origins, const std::string& methods,
                  Headers& headers);

}  // namespace palier::xapi
