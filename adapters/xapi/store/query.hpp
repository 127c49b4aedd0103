// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

// What is asked of the store and what it gives, whichever database keeps it.

namespace palier::xapi {

/// One more name that a statement has to have, as agent_term(), activity_term() or verb_term() gives it.
struct AlsoNamed {
    std::string term;
    bool related = false;  ///< anywhere in the statement; else as actor, verb or object
};

/// Which statements, by the filters of xAPI part three, section 2.1.3: those that meet them all, and those that
/// refer to one that does. Times are microseconds since 1970 UTC; since, until and cursor are about when a statement
/// was stored, what stands after them about its own time and level (ops/time_and_level.hpp).
struct Query {
    std::optional<std::string> agent;         ///< as agent_term() names it
    std::optional<std::string> activity;      ///< IRI
    std::optional<std::string> verb;          ///< IRI
    std::optional<std::string> registration;  ///< UUID
    std::optional<std::string> authority;     ///< only those that it vouches for, as agent_term() names it; what
                                              ///< they refer to counts where it vouches for that, too
    bool related_agents = false;
    bool related_activities = false;
    std::vector<AlsoNamed> also;                  ///< those that it names besides: two activities, a person and a team
    std::optional<std::int64_t> since;            ///< after it
    std::optional<std::int64_t> until;            ///< up to it
    std::optional<std::int64_t> cursor;           ///< where the page before ended
    std::optional<std::int64_t> happened_from;    ///< its timestamp: then or later
    std::optional<std::int64_t> happened_before;  ///< its timestamp: before it
    std::optional<std::int64_t> level_at_most;    ///< the level of its result
    bool ascending = false;
    bool voided_too = false;  ///< those that were voided, too
    std::size_t limit = 100;
    std::size_t largest = std::size_t{8} << 20;  ///< bytes of statements in a page that holds more than one
};

struct Page {
    std::vector<std::string> bodies;     ///< JSON text of the statements
    std::vector<std::int64_t> places;    ///< of each, as a cursor
    std::optional<std::int64_t> cursor;  ///< for the next page, where there is one
};

/// Bytes that came with a statement, by the SHA-2 that its `attachments` names.
struct Attachment {
    std::string sha2;  ///< lower case
    std::string type;  ///< Content-Type
    std::string bytes;
    bool matches = true;  ///< `sha2` is that of the bytes; where others claimed it too, these are kept
};

/// What a host keeps beside the statements, found by its collection and key.
struct Record {
    std::int64_t revision = 0;
    std::string body;
};

struct KeyedRecord {
    std::string key;
    Record record;
};

/// A record as it shall be. `replaces`: the revision that it was made from, nothing for a new record.
struct RecordChange {
    std::string collection;
    std::string key;
    std::optional<std::int64_t> replaces;
    Record record;
};

/// Which document of the document resources (xAPI part three, section 2.2): of an activity's state, the activity,
/// the agent and perhaps a registration; of a profile, the activity or the agent.
enum class DocumentKind { state = 0, activity_profile = 1, agent_profile = 2 };
struct DocumentKey {
    DocumentKind kind = DocumentKind::state;
    std::string activity;      ///< IRI, or empty
    std::string agent;         ///< as agent_term() names it, or empty
    std::string registration;  ///< UUID in lower case, or empty
    std::string id;            ///< stateId or profileId
};

struct Document {
    std::string type;           ///< Content-Type as it came
    std::string etag;           ///< SHA-1 of the body, 40 hexadecimal digits, without quotes
    std::int64_t modified = 0;  ///< microseconds since 1970 UTC
    std::string body;
};

/// Several documents: those of a key without its id, of any registration where `registration` is nothing.
struct DocumentQuery {
    DocumentKind kind = DocumentKind::state;
    std::string activity;
    std::string agent;
    std::optional<std::string> registration;
    std::optional<std::int64_t> since;  ///< changed after it
};

/// A client's key. Of its secret only what it is checked with is kept.
struct Credential {
    std::string key;
    std::string salt;
    std::string hash;    ///< hexadecimal SHA-256 of salt and secret
    std::string scopes;  ///< names of scopes, separated by spaces
    std::string label;
    std::int64_t created = 0;  ///< microseconds since 1970 UTC
    std::int64_t revoked = 0;  ///< the same, or 0
};

}  // namespace palier::xapi
