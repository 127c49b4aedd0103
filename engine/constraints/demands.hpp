// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/constraints/laminar.hpp"
#include "engine/constraints/options.hpp"

// The bounds of a plan, met with a bank: which items each counts, and how much.

namespace palier {

/// low <= sum over the test of the coefficients of its items <= high. A mean over a test of n items
/// is a sum with n times its bounds.
struct Demand {
    std::string key;    ///< "constraints.bounds[2]"
    std::string words;  ///< "content = algebra, 3 to 5 items"
    BoundRule::Quantity quantity = BoundRule::Quantity::count;
    double low = 0;  ///< -infinity and infinity where there is no bound
    double high = 0;
    std::vector<double> coefficients;  ///< by position; empty for counts, which are bits of signatures
};

class Demands {
public:
    /// Throws PlanError where an item of the scale lacks a number that a bound sums.
    Demands(const std::vector<BoundRule>& bounds, const Bank& bank,
            const std::function<bool(const Item& item)>& measured);

    const std::vector<Demand>& list() const { return list_; }
    bool empty() const { return list_.empty(); }
    /// Bit d of an item's signature: demand d counts it.
    const std::vector<std::uint64_t>& signatures() const { return signatures_; }
    double coefficient(std::size_t demand, int item) const;

    /// Counts of nested or disjoint classes; nothing where classes cross or a bound is on a sum.
    const std::optional<Laminar>& laminar() const { return laminar_; }

    /// Whether a test of these items keeps every bound, sums within 1e-9.
    bool kept(const std::vector<int>& items) const;

    static constexpr std::size_t most = 64;

private:
    std::vector<Demand> list_;
    std::vector<std::uint64_t> signatures_;
    std::optional<Laminar> laminar_;
};

/// Whether an item has this value of a text attribute; of content it may have several.
bool has_value(const Item& item, const std::string& attribute, const std::string& value);

}  // namespace palier
