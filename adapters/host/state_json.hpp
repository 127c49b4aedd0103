// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "adapters/host/words.hpp"
#include "engine/util/json.hpp"

// Reading a state (docs/host-calls.md) that may have been stored years ago: what has another type than the shape says
// is taken as absent.

namespace palier::host::state {

inline const Json& at(const Json& object, const char* key) {
    static const Json none;
    const auto found = object.is_object() ? object.find(key) : object.end();
    return !object.is_object() || found == object.end() ? none : *found;
}

inline const Json& element(const Json& array, std::size_t i) {
    static const Json none;
    return array.is_array() && i < array.size() ? array[i] : none;
}

inline std::optional<double> number(const Json& json) {
    if (!json.is_number() || !std::isfinite(json.get<double>())) return {};
    return json.get<double>();
}

inline std::optional<int> whole(const Json& json) {
    const auto x = number(json);
    if (!x || std::fabs(*x) > 1e6 || *x != std::floor(*x)) return {};
    return static_cast<int>(*x);
}

inline std::string name_of(const Json& name, Language language) {
    const bool texts =
        name.is_object() && std::all_of(name.begin(), name.end(), [](const Json& t) { return t.is_string(); });
    return name.is_string() || texts ? text_of(name, language) : "";
}

}  // namespace palier::host::state
