// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/session/session.hpp"

namespace palier {

/// A category that a person gave to an item of the bank.
struct KnownResponse {
    int item;
    int category;
};

struct PosthocPerson {
    std::vector<Step> steps;
    std::string stop;
};

/// Runs the plan for a person whose responses are known. Items without a response are no
/// candidates.
PosthocPerson posthoc_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                             const std::vector<KnownResponse>& responses, std::uint64_t seed);

}  // namespace palier
