// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

// The notations of strings in statements, checked and where needed read. Nothing here throws.
//
// Sources: RFC 3987 (IRI), RFC 9562 (UUID), RFC 5646 (language tags), RFC 3339 and ISO 8601
// (instants, durations), xAPI 1.0.3 part two, sections 2 and 4.

namespace palier::xapi {

/// An IRI with a scheme: "http://example.org/é", "urn:x" (RFC 3987, section 2.2). Of http and https a host is
/// demanded; square brackets are for hosts alone, characters for private use for queries alone.
bool is_iri(std::string_view text);

/// 8-4-4-4-12 hexadecimal digits in either case, variant 10, versions 1 to 8 (RFC 9562).
bool is_uuid(std::string_view text);

/// A well-formed BCP 47 tag: "fr", "fr-CA", "zh-Hant-TW", "x-private", "i-klingon".
bool is_language_tag(std::string_view text);

/// "mailto:" and one address, words with dots between them on either side of its @ (RFC 5322, section 3.4.1, without
/// quotes and comments), and no header fields behind it (RFC 6068).
bool is_mailto(std::string_view text);

/// 40 hexadecimal digits.
bool is_sha1(std::string_view text);

/// 64, 96 or 128 hexadecimal digits (SHA-256, 384, 512; SHA-224 has 56).
bool is_sha2(std::string_view text);

/// "type/subtype" with optional parameters.
bool is_media_type(std::string_view text);

/// "1.0", "1.0.N" or "2.0.N".
bool is_version(std::string_view text);

/// Microseconds since 1970-01-01 UTC of an RFC 3339 instant, or one of ISO 8601 without seconds or without separators
/// (20260131T0800Z), which xAPI 1.0.3 lets pass; nothing when it is not one. A missing zone is UTC; the offset -00:00
/// ("unknown") is refused, as xAPI wants.
std::optional<std::int64_t> read_timestamp(std::string_view text);

/// An ISO 8601 duration. Months have no fixed length in seconds, so the two are kept apart.
struct Duration {
    std::int64_t months = 0;
    std::int64_t hundredths = 0;  ///< hundredths of a second, the precision that xAPI compares
    bool operator==(const Duration&) const = default;
};
std::optional<Duration> read_duration(std::string_view text);

/// UTF-8 of at most so many code points; of a longer text the first ones, then "…".
std::string shortened(const std::string& text, std::size_t longest);

}  // namespace palier::xapi
