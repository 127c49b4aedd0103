// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/constraints/proportions.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/constraints/demands.hpp"
#include "engine/util/index.hpp"

namespace palier {
namespace {

std::optional<int> kingsbury_zara(const ProportionRules& rules, const std::vector<int>& asked,
                                  const std::vector<int>& candidates) {
    const double n = std::accumulate(asked.begin(), asked.end(), 0);
    std::optional<int> best;
    double most = 0;
    for (std::size_t k = 0; k < rules.targets.size(); ++k) {
        if (candidates[k] == 0) continue;
        const double lack = rules.targets[k].share - (n > 0 ? asked[k] / n : 0);
        if (best && lack <= most + 1e-12) continue;
        best = static_cast<int>(k);
        most = lack;
    }
    return best;
}

std::optional<int> multinomial(const ProportionRules& rules, const std::vector<int>& asked,
                               const std::vector<int>& candidates, int length, double u) {
    const auto wanted = quotas(rules, length);
    // Areas below their number; where those have no candidate left, any area that has one.
    for (const bool below_quota : {true, false}) {
        const auto open = [&](std::size_t k) { return candidates[k] > 0 && (!below_quota || asked[k] < wanted[k]); };
        double total = 0;
        for (std::size_t k = 0; k < rules.targets.size(); ++k)
            if (open(k)) total += rules.targets[k].share;
        std::optional<int> last;
        double below = 0;
        for (std::size_t k = 0; k < rules.targets.size(); ++k) {
            if (!open(k)) continue;
            last = static_cast<int>(k);
            below += rules.targets[k].share;
            if (u * total < below) return last;
        }
        if (last) return last;
    }
    return std::nullopt;
}

}  // namespace

const std::vector<std::string>& proportion_rules() {
    static const std::vector<std::string> names = {"kingsbury_zara", "multinomial"};
    return names;
}

int area_of(const Item& item, const ProportionRules& rules) {
    for (std::size_t k = 0; k < rules.targets.size(); ++k)
        if (has_value(item, rules.attribute, rules.targets[k].value)) return static_cast<int>(k);
    return -1;
}

std::vector<int> quotas(const ProportionRules& rules, int length) {
    std::vector<int> result;
    std::vector<std::pair<double, std::size_t>> remainders;
    for (std::size_t k = 0; k < rules.targets.size(); ++k) {
        const double exact = rules.targets[k].share * length;
        result.push_back(static_cast<int>(std::floor(exact + 1e-9)));
        remainders.emplace_back(exact - result.back(), k);
    }
    std::stable_sort(remainders.begin(), remainders.end(),
                     [](const auto& x, const auto& y) { return x.first > y.first; });
    const int rest = length - std::accumulate(result.begin(), result.end(), 0);
    for (int i = 0; i < rest; ++i) ++result[remainders[at(i) % remainders.size()].second];
    return result;
}

std::vector<BoundRule> bounds_of(const ProportionRules& rules, int length) {
    std::vector<BoundRule> bounds;
    for (std::size_t k = 0; k < rules.targets.size(); ++k) {
        BoundRule bound;
        bound.key = "constraints.proportions.targets[" + std::to_string(k) + "]";
        bound.attribute = rules.attribute;
        bound.value = rules.targets[k].value;
        const double exact = rules.targets[k].share * length;
        bound.min = std::floor(exact + 1e-9);
        bound.max = std::ceil(exact - 1e-9);
        bounds.push_back(std::move(bound));
    }
    return bounds;
}

std::optional<int> next_area(const ProportionRules& rules, const std::vector<int>& asked,
                             const std::vector<int>& candidates, int length, const math::Random& random,
                             std::uint32_t step) {
    if (rules.rule == "kingsbury_zara") return kingsbury_zara(rules, asked, candidates);
    return multinomial(rules, asked, candidates, length, random.uniform(math::Stream::content, step));
}

}  // namespace palier
