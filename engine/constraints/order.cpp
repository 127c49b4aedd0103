// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/constraints/order.hpp"

#include <algorithm>

#include "engine/util/index.hpp"

namespace palier {

ContentOrder::ContentOrder(const OrderRules& rules, std::vector<std::vector<int>> classes_of, int classes)
    : rules_(rules), classes_of_(std::move(classes_of)), classes_(classes) {}

bool ContentOrder::has(int item, int of) const {
    const std::vector<int>& classes = classes_of_[at(item)];
    return std::find(classes.begin(), classes.end(), of) != classes.end();
}

// A question goes on with the run, where that is not over; else it begins one, of the first of its classes from the
// next in order.
ContentOrder::Run ContentOrder::run_of(const std::vector<int>& given) const {
    Run run;
    for (const int item : given) {
        const bool over = rules_.run && run.length >= *rules_.run;
        if (run.of >= 0 && has(item, run.of) && !(over && classes_of_[at(item)].size() > 1)) {
            ++run.length;
            continue;
        }
        const int from = run.of;
        for (int step = 1; step <= classes_; ++step) {
            const int next = (std::max(from, -1) + step + classes_) % classes_;
            if (!has(item, next)) continue;
            run = {next, 1};
            break;
        }
    }
    return run;
}

bool ContentOrder::is_open(const Pool& pool, int of) const {
    for (std::size_t i = 0; i < pool.open.size(); ++i)
        if (pool.open[i] && has(static_cast<int>(i), of)) return true;
    return false;
}

std::vector<int> ContentOrder::narrow(Pool& pool, const std::vector<int>& given,
                                      const std::function<bool(int)>& closed) const {
    const Run run = run_of(given);
    int wanted = -1;
    const bool goes_on = run.of >= 0 && (rules_.run ? run.length < *rules_.run : !closed(run.of));
    if (goes_on && is_open(pool, run.of)) {
        wanted = run.of;
    } else if (!rules_.values.empty()) {
        const int first = rules_.run ? run.of + 1 : 0;
        for (int step = 0; step < classes_ && wanted < 0; ++step) {
            const int next = (first + step) % classes_;
            if ((rules_.run || !closed(next)) && is_open(pool, next)) wanted = next;
        }
    }
    std::vector<int> items;
    if (wanted < 0) return items;
    for (std::size_t i = 0; i < pool.open.size(); ++i) {
        const int item = static_cast<int>(i);
        if (!pool.open[i] || has(item, wanted)) continue;
        pool.close(item);
        items.push_back(item);
    }
    return items;
}

}  // namespace palier
