// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/util/option.hpp"

#include <sstream>

#include "engine/util/section.hpp"

namespace palier {
namespace {

std::string text_of(double number) {
    std::ostringstream text;
    text << number;
    return text.str();
}

}  // namespace

void Option::read(const ObjectReader& in, Json& out) const {
    switch (kind) {
        case Kind::number: {
            const double value = in.number(key, fallback.value_or(0), low, high);
            const bool below = below_high && !(value < high);
            if ((above_low && !(value > low)) || below)
                in.refuse(key, "a number above " + text_of(low) + (below_high ? " and below " + text_of(high) : ""));
            out[key] = value;
            return;
        }
        case Kind::integer:
            out[key] = in.integer(key, static_cast<std::int64_t>(fallback.value_or(low)),
                                  static_cast<std::int64_t>(low), static_cast<std::int64_t>(high));
            return;
        case Kind::choice:
            out[key] = in.choice(key, "", all_choices());
            return;
        case Kind::range: {
            const auto [from, to] = read_range(in, key);
            out[key] = {from, to};
            return;
        }
    }
}

std::vector<std::string> Option::all_choices() const {
    if (names) return names();
    std::vector<std::string> list;
    for (const char* name : choices)
        if (name) list.emplace_back(name);
    return list;
}

double Option::number(const Json& options) const {
    return options.contains(key) ? options[key].get<double>() : fallback.value_or(0);
}

int Option::integer(const Json& options) const {
    return options.contains(key) ? options[key].get<int>() : static_cast<int>(fallback.value_or(0));
}

std::optional<std::string> Option::choice(const Json& options) const {
    if (options.contains(key)) return options[key].get<std::string>();
    return choices[0] ? std::optional<std::string>(choices[0]) : std::nullopt;
}

std::optional<std::pair<double, double>> Option::range(const Json& options) const {
    if (!options.contains(key)) return std::nullopt;
    return std::pair{options[key][0].get<double>(), options[key][1].get<double>()};
}

}  // namespace palier
