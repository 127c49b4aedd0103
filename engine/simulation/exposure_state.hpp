// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "engine/session/session.hpp"

// Exposure control over a run of sessions, as a host keeps it: before each session it hands out what
// the `started` event needs, after it takes the session into the counts. A simulation that holds one
// runs its persons one after the other.

namespace palier {

class ExposureState {
public:
    ExposureState(std::shared_ptr<const Bank> bank, std::shared_ptr<const Plan> plan);

    /// Whether the plan's control needs counts (maximum_rate, eligibility).
    static bool needed(const Plan& plan) { return plan.exposure && needs_counts(*plan.exposure); }

    /// The started event of the next session: the counts so far, from which it draws by its own seed.
    Event started() const;
    /// Takes a session into the counts.
    void record(const Session& session);

    const ExposureCounts& counts() const { return counts_; }

private:
    std::shared_ptr<const Bank> bank_;
    std::shared_ptr<const Plan> plan_;
    ExposureCounts counts_;
};

}  // namespace palier
