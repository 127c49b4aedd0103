// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstring>
#include <vector>

#include "engine/math/many.hpp"

// Curves of items at many thetas: the operations of the functions for one theta in the same order, two numbers side by
// side, and so the same bits.

namespace palier::pairs {

using Two = double __attribute__((vector_size(16)));

constexpr std::size_t most = 64;
/// Numbers at up to 64 thetas.
using Numbers = std::array<double, most>;

inline Two at(const Numbers& list, std::size_t i) {
    Two two;
    std::memcpy(&two, &list[i], sizeof two);
    return two;
}

inline void put(Two two, Numbers& list, std::size_t i) { std::memcpy(&list[i], &two, sizeof two); }

/// Calls see(from, thetas, count) for up to 64 thetas at a time, `count` even: where there is one too few, a 0 follows.
template <class See>
void each_part(const std::vector<double>& thetas, const See& see) {
    Numbers part;
    for (std::size_t from = 0; from < thetas.size(); from += most) {
        const std::size_t count = std::min(most, thetas.size() - from);
        std::copy_n(&thetas[from], count, part.begin());
        if (count % 2 == 1) part[count] = 0;
        see(from, part, count + count % 2);
    }
}

/// The numbers of a part into their place among `all`.
inline void copy(const Numbers& list, std::size_t from, std::size_t all, double* to) {
    std::copy_n(list.begin(), std::min(most, all - from), to + from);
}

/// z = slope (theta - point) and e^-|z|.
struct Distances {
    Distances() = default;
    Distances(const Numbers& thetas, std::size_t count, double slope, double point) {
        for (std::size_t i = 0; i < count; ++i) z[i] = slope * (thetas[i] - point);
        for (std::size_t i = 0; i < count; ++i) e[i] = -std::fabs(z[i]);
        math::exp_all(e.data(), count);
    }
    Numbers z;
    Numbers e;
};

/// 1 / (1 + e^-z) and 1 / (1 + e^z).
struct Logistics {
    Logistics(const Distances& from, std::size_t i) {
        const Two z = at(from.z, i);
        const Two e = at(from.e, i);
        const Two large = 1.0 / (1.0 + e);
        const Two small = e / (1.0 + e);
        s = z >= 0.0 ? large : small;
        q = z >= 0.0 ? small : large;
    }
    Two s;
    Two q;
};

/// The logarithms of the same; `log` has ln(1 + e^-|z|).
struct LogLogistics {
    LogLogistics(const Distances& from, const Numbers& logs, std::size_t i) {
        const Two z = at(from.z, i);
        const Two log = at(logs, i);
        s = z >= 0.0 ? -log : z - log;
        q = z <= 0.0 ? -log : -z - log;
    }
    Two s;
    Two q;
};

}  // namespace palier::pairs
