// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

// The three notations that statements need: name-based UUIDs, instants and durations.

namespace palier::xapi {

/// UUID version 5 (SHA-1, RFC 4122 section 4.3) of the name in the namespace "URL"
/// (6ba7b811-9dad-11d1-80b4-00c04fd430c8), lower case with hyphens.
std::string uuid5(std::string_view name);

/// A random UUID (version 4).
std::string uuid4();

/// The 16 bytes of a UUID as text. Throws std::runtime_error where is_uuid() does not hold.
std::string uuid_bytes(std::string_view uuid);

/// ISO 8601 in UTC with milliseconds, "2025-10-09T08:53:20.000Z", of milliseconds since 1970-01-01
/// UTC. Throws RequestError outside the years 0001 to 9999.
std::string timestamp(std::int64_t milliseconds);

/// The same with microseconds, of microseconds since 1970-01-01 UTC.
std::string timestamp_microseconds(std::int64_t microseconds);

/// ISO 8601 duration to the hundredth of a second that xAPI compares ("PT1M5.3S"), rounded half up.
/// Negative values, a clock that went back, give PT0S.
std::string duration(std::int64_t milliseconds);

}  // namespace palier::xapi
