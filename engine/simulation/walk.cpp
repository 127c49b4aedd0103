// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/walk.hpp"

#include <vector>

#include "engine/simulation/map_study.hpp"
#include "engine/simulation/simulation.hpp"

namespace palier {

Session walk(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan, double theta,
             std::uint64_t seed) {
    const std::uint64_t own = person_seed(seed, 0);
    const math::Random random(own);
    Session session(bank, plan, own, Event{});
    const std::vector<double> truth(plan->scales.size(), theta);
    while (true) {
        const Decision decision = session.decide();
        Event event;
        if (!decision.next) {
            event.type = EventType::stopped;
            event.reason = decision.stop;
            session.append(std::move(event));
            return session;
        }
        const int position = *decision.next;
        const Item& item = (*bank)[position];
        event.type = EventType::asked;
        event.item = item.id;
        session.append(event);
        const double measured =
            session.map() ? along(*bank, session.map()->evidence().numbers(), position, truth) : theta;
        event.type = EventType::answered;
        event.category = simulated_category(item, position, measured, random, 0);
        event.fraction = *event.category / static_cast<double>(categories(item.parameters) - 1);
        session.append(std::move(event));
    }
}

}  // namespace palier
