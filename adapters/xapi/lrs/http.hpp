// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "adapters/xapi/store/errors.hpp"

// A request and its answer, whatever carried them. Header names are compared without case.

namespace palier::xapi {

using Headers = std::vector<std::pair<std::string, std::string>>;
using Parameters = std::vector<std::pair<std::string, std::string>>;

/// Value of the first header of this name.
std::optional<std::string_view> header(const Headers& headers, std::string_view name);

struct Request {
    std::string method;  ///< "GET"
    std::string target;  ///< path and query as they came: "/xapi/statements?limit=5"
    Headers headers;
    std::string body;
    std::string from = {};  ///< address of who sent it, where it is known
};

/// `body` is empty for HEAD, while Content-Length tells how long it would be.
struct Response {
    int status = 200;
    Headers headers;
    std::string body;
    /// What comes after `body`, a part at a time, as long as it gives one; then no Content-Length is told. Where it
    /// throws, the answer breaks off.
    std::function<std::optional<std::string>()> more = {};
};

/// What cannot be done, as the status and the text of its answer.
struct Refusal {
    int status;
    std::string text;
    Headers headers = {};
};

/// The answer in plain text.
Response refused(const Refusal& refusal);

/// How it is answered that the database could not do it: 507 where its disk is full, else 500.
Refusal failed(const StoreError& error);

struct Target {
    std::string path;  ///< decoded, "/xapi/statements": no double and no closing slashes
    Parameters parameters;
};

/// Throws Refusal (400) where percent signs are broken or a parameter is there twice.
Target read_target(std::string_view target);

/// The fields of a form (application/x-www-form-urlencoded). Throws Refusal (400) as read_target().
Parameters read_form(std::string_view form);

/// "application/json" of "Content-Type: Application/JSON; charset=utf-8"; empty where there is none.
std::string media_type(const Request& request);

/// Whether a text may stand as a header's value, of which some are kept and given back: no control character but the
/// tab is in it (RFC 9110, section 5.5), so that it cannot begin a header of its own.
bool is_header_value(std::string_view text);

/// Without spaces and tabs at both ends.
std::string_view trimmed(std::string_view text);

/// A parameter of a header's value, "abc" of `multipart/mixed; boundary="abc"`; without quotes.
std::optional<std::string> header_parameter(std::string_view value, std::string_view name);

/// "Sat, 28 Nov 2026 08:00:00 GMT" (RFC 9110, section 5.6.7) of microseconds since 1970 UTC.
std::string http_date(std::int64_t microseconds);

/// Percent-encodes all but the unreserved characters of RFC 3986.
std::string encode(std::string_view text);

/// Whether both are the same, in a time that depends on the length of `given` alone.
bool same_secret(std::string_view given, std::string_view expected);

}  // namespace palier::xapi
