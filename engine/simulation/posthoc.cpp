// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/posthoc.hpp"

namespace palier {

PosthocPerson posthoc_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                             const std::vector<KnownResponse>& responses, std::uint64_t seed) {
    std::vector<int> given(static_cast<std::size_t>(bank->size()), -1);
    for (const KnownResponse& response : responses) given[static_cast<std::size_t>(response.item)] = response.category;
    Event started;
    for (int i = 0; i < bank->size(); ++i)
        if (given[static_cast<std::size_t>(i)] < 0) started.excluded.push_back({(*bank)[i].id, "other"});
    Session session(bank, plan, seed, std::move(started));
    while (true) {
        const Decision decision = session.decide();
        if (!decision.next) return {session.steps(), decision.stop};
        Event asked;
        asked.type = EventType::asked;
        asked.item = (*bank)[*decision.next].id;
        Event answered;
        answered.type = EventType::answered;
        answered.item = asked.item;
        answered.category = given[static_cast<std::size_t>(*decision.next)];
        session.append(std::move(asked));
        session.append(std::move(answered));
    }
}

}  // namespace palier
