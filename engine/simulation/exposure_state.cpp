// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/exposure_state.hpp"

namespace palier {

ExposureState::ExposureState(std::shared_ptr<const Bank> bank, std::shared_ptr<const Plan> plan)
    : bank_(std::move(bank)), plan_(std::move(plan)) {
    counts_.sessions.assign(plan_->exposure ? static_cast<std::size_t>(segment_count(*plan_->exposure)) : 1, 0);
}

Event ExposureState::started() const {
    Event event;
    event.exposure_counts = counts_;
    return event;
}

void ExposureState::record(const Session& session) {
    counts_ = with_session(std::move(counts_), plan_->exposure.value_or(ExposureRules{}), *bank_, session.ineligible(),
                           session.asked_at());
}

}  // namespace palier
