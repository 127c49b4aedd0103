// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/constraints/demands.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/bank/scale_items.hpp"
#include "engine/errors.hpp"
#include "engine/util/index.hpp"

namespace palier {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();

// The scale whose own question it is: that of the largest slope.
const std::string& own_scale(const Bank& bank, int item) { return bank.scales()[at(bank.scale_items().own(item))]; }

bool in_class(const BoundRule& bound, const Item& item) {
    if (bound.attribute.empty()) return true;
    if (bound.attribute.rfind("num.", 0) == 0) {
        const auto number = item.number(bound.attribute.substr(4));
        return number && *number >= bound.from && *number <= bound.to;
    }
    return has_value(item, bound.attribute, bound.value);
}

std::string words_of(const BoundRule& bound) {
    std::string words;
    if (bound.quantity == BoundRule::Quantity::sum) words = "sum of " + bound.number + ", ";
    if (bound.quantity == BoundRule::Quantity::mean) words = "mean of " + bound.number + ", ";
    if (!bound.scales.empty()) words = "questions of " + join(bound.scales) + ", ";
    if (bound.attribute.rfind("num.", 0) == 0) {
        words += bound.attribute + " " + dump_json(bound.from) + " to " + dump_json(bound.to) + ", ";
    } else if (!bound.attribute.empty()) {
        words += bound.attribute + " = " + bound.value + ", ";
    }
    const auto number = [](double x) {
        return x == std::floor(x) ? dump_json(static_cast<std::int64_t>(x)) : dump_json(x);
    };
    if (bound.min && bound.max) {
        words += *bound.min == *bound.max ? "exactly " + number(*bound.min)
                                          : number(*bound.min) + " to " + number(*bound.max);
    } else {
        words += bound.min ? "at least " + number(*bound.min) : "at most " + number(*bound.max);
    }
    return words;
}

}  // namespace

bool has_value(const Item& item, const std::string& attribute, const std::string& value) {
    if (attribute == "content") return std::find(item.content.begin(), item.content.end(), value) != item.content.end();
    if (attribute == "key_format") return item.key_format == value;
    if (attribute == "item_set") return item.item_set == value;
    if (attribute == "model") return name(item.parameters.model) == value;
    return attribute == "item" && item.id == value;
}

Demands::Demands(const std::vector<BoundRule>& bounds, const Bank& bank,
                 const std::function<bool(const Item& item)>& measured)
    : signatures_(at(bank.size()), 0) {
    std::vector<CountBound> counts;
    bool only_counts = true;
    for (const BoundRule& bound : bounds) {
        const std::size_t bit = list_.size();
        Demand demand{
            bound.key, words_of(bound), bound.quantity, bound.min.value_or(-infinite), bound.max.value_or(infinite),
            {}};
        if (bound.quantity != BoundRule::Quantity::count) {
            only_counts = false;
            demand.coefficients.resize(at(bank.size()), 0);
        }
        for (int i = 0; i < bank.size(); ++i) {
            const Item& item = bank[i];
            if (!measured(item) || !in_class(bound, item)) continue;
            if (!bound.scales.empty() &&
                std::find(bound.scales.begin(), bound.scales.end(), own_scale(bank, i)) == bound.scales.end())
                continue;
            signatures_[at(i)] |= std::uint64_t{1} << bit;
            if (bound.quantity == BoundRule::Quantity::count) continue;
            const auto number = item.number(bound.number);
            if (!number && item.status == Status::operational)
                throw PlanError("'" + bound.key + "' needs the number '" + bound.number + "'; item '" + item.id +
                                "' has none (column num." + bound.number + " of the bank)");
            demand.coefficients[at(i)] = number.value_or(0);
        }
        counts.push_back({static_cast<int>(std::max(0.0, std::ceil(std::min(demand.low, 1e9)))),
                          static_cast<int>(std::max(0.0, std::floor(std::min(demand.high, 1e9))))});
        list_.push_back(std::move(demand));
    }
    if (only_counts) laminar_ = Laminar::make(counts, signatures_);
}

double Demands::coefficient(std::size_t demand, int item) const {
    if (((signatures_[at(item)] >> demand) & 1u) == 0) return 0;
    const auto& values = list_[demand].coefficients;
    return values.empty() ? 1 : values[at(item)];
}

bool Demands::kept(const std::vector<int>& items) const {
    for (std::size_t d = 0; d < list_.size(); ++d) {
        double sum = 0;
        for (const int item : items) sum += coefficient(d, item);
        const double scale = list_[d].quantity == BoundRule::Quantity::mean ? static_cast<double>(items.size()) : 1;
        const double slack = list_[d].quantity == BoundRule::Quantity::count ? 0 : 1e-9 * (1 + std::fabs(sum));
        if (sum < list_[d].low * scale - slack || sum > list_[d].high * scale + slack) return false;
    }
    return true;
}

}  // namespace palier
