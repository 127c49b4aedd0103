// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/begin_with.hpp"

#include <algorithm>

namespace palier {

std::vector<int> begin_with(const Session& session, const Result& found) {
    std::vector<int> items;
    if (!found.known || !found.achieved.empty()) return items;
    for (const Step& step : session.outcomes())
        if (!step.dropped && !step.pretest && step.category) items.push_back(step.item);
    std::stable_sort(items.begin(), items.end(), [&](int one, int other) {
        return difficulty(session.bank()[one].parameters) < difficulty(session.bank()[other].parameters);
    });
    return items;
}

}  // namespace palier
