// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "adapters/xapi/store/store.hpp"

namespace palier::xapi {

/// What is taken away for good: what meets all that is given.
struct Erasure {
    std::optional<std::string> agent;      ///< as agent_term() names it: whose actor or object it is
    bool related = false;                  ///< also where it stands elsewhere, as instructor, in a team, as authority
    std::optional<std::int64_t> until;     ///< stored up to it, microseconds since 1970 UTC
    std::optional<std::string> verb = {};  ///< IRI
    std::optional<std::string> activity = {};  ///< IRI of the object, with `related` also of a context activity
};

/// Statements with their attachments, voided ones too, and documents: those of the agent; by date alone, those that
/// were last changed up to it; with a verb or an activity, none. Of an agent alone, names are forgotten too, and the
/// identifier where no statement is left.
/// The ids of statements stay: one that is sent again is answered as if it were kept, and is not. What activities are
/// (names, descriptions) stays. Several commits: where it is broken off, call it again.
Erased erase(Store& store, const Erasure& what);

/// How many statements it would be.
std::int64_t count_to_erase(Store& store, const Erasure& what);

}  // namespace palier::xapi
