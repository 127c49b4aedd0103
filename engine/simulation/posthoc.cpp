// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/posthoc.hpp"

namespace palier {

PosthocSession begin_posthoc(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                             const std::vector<KnownResponse>& responses, std::uint64_t seed) {
    std::vector<int> given(static_cast<std::size_t>(bank->size()), -1);
    for (const KnownResponse& response : responses) given[static_cast<std::size_t>(response.item)] = response.category;
    Event started;
    for (int i = 0; i < bank->size(); ++i)
        if (given[static_cast<std::size_t>(i)] < 0) started.excluded.push_back({(*bank)[i].id, "other"});
    return {Session(bank, plan, seed, std::move(started)), std::move(given)};
}

std::string finish(PosthocSession& posthoc) {
    while (true) {
        const Decision decision = posthoc.session.decide();
        if (!decision.next) return decision.stop;
        posthoc.session.answer(*decision.next, posthoc.given[static_cast<std::size_t>(*decision.next)]);
    }
}

Session posthoc_person(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan,
                       const std::vector<KnownResponse>& responses, std::uint64_t seed) {
    auto [session, given] = begin_posthoc(bank, plan, responses, seed);
    while (true) {
        const Decision decision = session.decide();
        if (!decision.next) {
            Event stopped;
            stopped.type = EventType::stopped;
            stopped.reason = decision.stop;
            session.append(std::move(stopped));
            return std::move(session);
        }
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

Estimate estimate_of_all(const Bank& bank, const Plan& plan, const std::vector<KnownResponse>& responses) {
    const Prior prior = prior_of(plan);
    const std::string scale = scale_of(plan, bank);
    Evidence evidence(plan.estimation, prior);
    for (const KnownResponse& response : responses) {
        const Item& item = bank[response.item];
        if (item.scale == scale) evidence.add(observation(bank, response.item, response.category));
    }
    return evidence.estimate();
}

}  // namespace palier
