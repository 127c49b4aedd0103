// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/change.hpp"

namespace palier {

std::vector<ScaleChange> changes(const Session& before, const Session& after) {
    const Result first = result(before);
    const Result second = result(after);
    std::vector<ScaleChange> found;
    if (!first.known || !second.known) return found;
    for (std::size_t k = 0; k < first.scales.size() && k < second.scales.size(); ++k) {
        const ScaleResult& one = first.scales[k];
        const ScaleResult& other = second.scales[k];
        if (one.state != ScaleState::measured || other.state != ScaleState::measured) continue;
        ScaleChange change{one.id, one, other};
        const double theta = other.estimate.theta;
        change.beyond_margin = theta < one.interval.low || theta > one.interval.high;
        found.push_back(std::move(change));
    }
    return found;
}

Log with_other_bank(Log log) {
    log.bank.clear();
    return log;
}

}  // namespace palier
