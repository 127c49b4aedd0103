// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "adapters/words/words.hpp"
#include "adapters/xapi/lrs/http.hpp"

// What every page asks of a request and sends with its answer.

namespace palier::standalone {

inline constexpr std::size_t largest_post = 64 * 1024;  ///< bytes, but for /xapi

/// A refusal that somebody reads who did nothing odd: told in the reader's language.
struct Refused {
    int status;
    words::Key text;
    xapi::Headers headers = {};
    words::Values values = {};
};

/// The answer with the headers that a page of this server has (a strict content security policy among them); what
/// `answer` throws is told on a page that leads to `home`, or as JSON under /api. Throws for lack of memory alone.
xapi::Response guarded(const xapi::Request& request, const std::function<xapi::Response()>& answer,
                       const std::string& home = "/");

/// Whether it is a POST; GET and HEAD are the others. Throws Refusal where it is none of them, or too large.
bool check_method(const xapi::Request& request);

/// A post is taken from this site's own pages alone (Origin, Sec-Fetch-Site), as this media type. Throws Refusal.
void check_post(const xapi::Request& request, const std::string& type);

/// The value of a cookie, or "".
std::string cookie(const xapi::Request& request, std::string_view name);

/// Milliseconds since 1970 UTC.
std::int64_t now();

}  // namespace palier::standalone
