// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string_view>

#include "adapters/xapi/lrs/http.hpp"

// Palier's xAPI profile, as `palier serve` answers it at /profile, open to all.
//
//   GET, HEAD /profile               JSON-LD by ADL's profile specification 1.0 (application/ld+json)
//   the same with Accept: text/html  a page for people, in French or English (Accept-Language, or ?lang=fr, ?lang=en)
//   /profile?format=jsonld           JSON-LD, whatever the browser asks for
//
// The profile's own IRIs are URNs of UUIDs (RFC 9562): they claim no host, and any server of Palier answers for them.

namespace palier::xapi {

inline constexpr std::string_view profile_path = "/profile";

/// The document, as it stands in profile/palier-profile-v1.jsonld.
std::string_view profile_document();

/// Whether a request is for the profile.
bool asks_for_profile(const Request& request);

/// Answers a request for the profile; never throws but for lack of memory.
Response answer_profile(const Request& request);

}  // namespace palier::xapi
