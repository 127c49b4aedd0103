// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/selection/pool_filters.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <type_traits>

#include "engine/util/index.hpp"

namespace palier {
namespace {

constexpr std::size_t run = 64;

// Of `count` items from `first` on, those that are open and easy enough into `kept`; how many are neither surely easy
// nor surely hard.
template <class Count>
int divide(const float* easy_from, const float* hard_below, float low, float high, const std::uint8_t* open,
           Count count, std::uint8_t* kept) {
    int unsure = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const int easy = low >= easy_from[k];
        const int hard = high < hard_below[k];
        kept[k] = static_cast<std::uint8_t>(open[k] & easy);
        unsure += open[k] & (1 - (easy | hard));
    }
    return unsure;
}

}  // namespace

double largest_information(const Bank& bank, const Pool& pool, double theta) {
    double largest = 0;
    if (const InformationIndex::Cell* cell = bank.tables().information()->cell(theta)) {
        for (const InformationIndex::Entry& entry : cell->entries) {
            if (entry.bound <= largest) return largest;
            if (pool.open[at(entry.item)]) largest = std::max(largest, information(bank[entry.item].parameters, theta));
        }
        if (cell->rest <= largest) return largest;
    }
    for (int i = 0; i < bank.size(); ++i)
        if (pool.open[at(i)]) largest = std::max(largest, information(bank[i].parameters, theta));
    return largest;
}

void close_too_hard(const Bank& bank, const SuccessPoints& points, double theta, Pool& pool,
                    std::vector<std::uint8_t>& kept) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    const float low = std::nextafter(static_cast<float>(theta), -infinity);
    const float high = std::nextafter(static_cast<float>(theta), infinity);
    const std::size_t size = pool.open.size();
    const auto success = [&](std::size_t i) { return expected_fraction(bank.items()[i].parameters, theta); };
    kept.resize(size);
    int count = 0;
    for (std::size_t first = 0; first < size; first += run) {
        const std::size_t here = std::min(run, size - first);
        const float* easy_from = points.easy_from() + first;
        const float* hard_below = points.hard_below() + first;
        const std::uint8_t* open = pool.open.data() + first;
        // A length that is known lets compilers make vector code.
        const int unsure = here == run ? divide(easy_from, hard_below, low, high, open,
                                                std::integral_constant<std::size_t, run>(), &kept[first])
                                       : divide(easy_from, hard_below, low, high, open, here, &kept[first]);
        if (unsure > 0)
            for (std::size_t k = 0; k < here; ++k)
                if (open[k] && low < easy_from[k] && !(high < hard_below[k]))
                    kept[first + k] = success(first + k) >= points.share() ? 1 : 0;
        for (std::size_t k = 0; k < here; ++k) count += kept[first + k];
    }
    if (count > 0) {
        pool.open.swap(kept);
        pool.count = count;
        return;
    }
    int easiest = -1;
    double most = -1;
    for (std::size_t i = 0; i < size; ++i) {
        if (!pool.open[i] || success(i) <= most) continue;
        most = success(i);
        easiest = static_cast<int>(i);
    }
    for (std::size_t i = 0; i < size; ++i)
        if (pool.open[i] && static_cast<int>(i) != easiest) pool.close(static_cast<int>(i));
}

void close_all_but_easiest(const Bank& bank, std::vector<Candidate>& values, double theta, double share,
                           std::size_t count, Pool& pool) {
    double largest = 0;
    for (const Candidate& candidate : values) largest = std::max(largest, candidate.value);
    std::erase_if(values, [&](const Candidate& candidate) { return candidate.value < share * largest; });
    for (Candidate& candidate : values) candidate.value = expected_fraction(bank[candidate.item].parameters, theta);
    order_candidates(values, count);
    std::fill(pool.open.begin(), pool.open.end(), 0);
    pool.count = static_cast<int>(std::min(count, values.size()));
    for (int k = 0; k < pool.count; ++k) pool.open[at(values[at(k)].item)] = 1;
}

}  // namespace palier
