// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/session/session.hpp"

// A plan run on responses that are already there.

namespace palier {

/// A category that a person gave to an item of the bank.
struct KnownResponse {
    int item;
    int category;
};

/// A session in which items without a response are no candidates.
struct PosthocSession {
    Session session;
    std::vector<int> given;  ///< category by position; -1 where there is none
};
PosthocSession begin_posthoc(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                             const std::vector<KnownResponse>& responses, std::uint64_t seed);

/// Runs the plan to its end and says why it stopped; the session has its steps and no log, as in a simulation.
std::string finish(PosthocSession& posthoc);

/// Runs the plan to its end for a person whose responses are known: a stopped session with its log.
Session posthoc_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                       const std::vector<KnownResponse>& responses, std::uint64_t seed);

/// The plan's estimate from all responses.
Estimate estimate_of_all(const Bank& bank, const Plan& plan, const std::vector<KnownResponse>& responses);

}  // namespace palier
