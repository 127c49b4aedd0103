// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/util/json.hpp"

namespace palier {

/// An option of a rule, as data: its reading, its checks, its value in the normalised plan and its place in
/// engine/schema/plan.schema.json all follow from this. A rule declares its options where it is written.
struct Option {
    enum class Kind : std::uint8_t { number, integer, choice, range };

    const char* key = nullptr;
    Kind kind = Kind::number;
    const char* description = nullptr;
    bool required = false;
    double low = -ObjectReader::no_limit;  ///< of numbers: low <= value <= high…
    double high = ObjectReader::no_limit;
    bool above_low = false;  ///< …or low < value
    bool below_high = false;
    std::optional<double> fallback = {};      ///< of numbers, where the plan does not say
    std::array<const char*, 4> choices = {};  ///< of a choice; the first is what holds where the plan does not say…
    const std::vector<std::string>& (*names)() = nullptr;  ///< …or the names of a table, and none holds then

    /// Reads the option into the normalised form. Throws PlanError.
    void read(const ObjectReader& in, Json& out) const;
    /// The names of a choice.
    std::vector<std::string> all_choices() const;

    /// The value in an object of options that were read; where it has none, the fallback.
    double number(const Json& options) const;
    int integer(const Json& options) const;
    std::optional<std::string> choice(const Json& options) const;
    std::optional<std::pair<double, double>> range(const Json& options) const;
};

/// The options of one rule; those without a key are none.
using Options = std::array<Option, 2>;

}  // namespace palier
