// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <string_view>

// The IRIs that Palier's statements are made of: ADL's verbs and activity types, and the extensions
// of Palier's own profile. What each extension means and its unit: docs/xapi.md and
// profile/palier-profile-v1.jsonld.

namespace palier::xapi {

/// Version IRI of the profile: the category activity of every statement. It claims no host; `palier serve` answers the
/// profile at /profile (profile/profile.hpp).
inline constexpr std::string_view profile_iri = "urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307";

/// IRI of one of the profile's extensions, for example extension("theta").
inline std::string extension(std::string_view name) {
    return std::string(profile_iri) + "#extensions/" + std::string(name);
}

/// The same in statements of before the profile had this IRI: read, never written.
inline std::string former_extension(std::string_view name) {
    return "https://w3id.org/palier/xapi/v1/extensions/" + std::string(name);
}

namespace activity_type {
inline constexpr std::string_view course = "http://adlnet.gov/expapi/activities/course";
inline constexpr std::string_view assessment = "http://adlnet.gov/expapi/activities/assessment";
inline constexpr std::string_view interaction = "http://adlnet.gov/expapi/activities/cmi.interaction";
inline constexpr std::string_view profile = "http://adlnet.gov/expapi/activities/profile";
/// Of ADL's Total Learning Architecture.
inline constexpr std::string_view competency = "https://w3id.org/xapi/tla/activity-types/competency";
/// Palier's own: a framework of competences.
inline constexpr std::string_view framework = "urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307#activity-types/framework";
}  // namespace activity_type

/// A verb, with the words that a reader sees between the learner's name and the activity's.
struct Verb {
    std::string_view name;  ///< last part of the IRI
    std::string_view french;
    std::string_view english;
    std::string_view base = "http://adlnet.gov/expapi/verbs/";
    std::string iri() const { return std::string(base) + std::string(name); }
};

namespace verb {
inline constexpr Verb initialized{"initialized", "a commencé", "started"};
inline constexpr Verb answered{"answered", "a répondu à", "answered"};
inline constexpr Verb suspended{"suspended", "a fait une pause dans", "paused"};
inline constexpr Verb resumed{"resumed", "a repris", "resumed"};
inline constexpr Verb scored{"scored", "a un résultat à", "has a result in"};
inline constexpr Verb passed{"passed", "a atteint le seuil de", "reached the threshold of"};
inline constexpr Verb failed{"failed", "n’a pas atteint le seuil de", "did not reach the threshold of"};
inline constexpr Verb achieved{"achieved", "a un résultat en", "has a result in", "https://w3id.org/xapi/tla/verbs/"};
inline constexpr Verb completed{"completed", "est allé au bout de", "completed"};
inline constexpr Verb terminated{"terminated", "a quitté", "left"};
inline constexpr Verb voided{"voided", "a annulé", "voided"};
}  // namespace verb

/// Interaction types of xAPI 1.0.3, appendix C.
inline constexpr std::array<std::string_view, 10> interaction_types{
    "true-false",  "choice",     "fill-in", "long-fill-in", "matching",
    "performance", "sequencing", "likert",  "numeric",      "other"};

/// A list of what an interaction is made of, in the definition of its activity, and the interaction types that have it.
struct ComponentList {
    const char* key;
    std::string_view type;
    std::string_view other_type;
};
inline constexpr ComponentList component_lists[]{{"choices", "choice", "sequencing"},
                                                 {"scale", "likert", "likert"},
                                                 {"source", "matching", "matching"},
                                                 {"target", "matching", "matching"},
                                                 {"steps", "performance", "performance"}};

}  // namespace palier::xapi
