// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/assembly/sub_bank.hpp"

#include <boost/test/unit_test.hpp>
#include <cmath>
#include <numeric>

#include "engine/errors.hpp"

using namespace palier;

// Parts of a bank: systematic sampling with equal probabilities (Madow and Madow 1944), whose chances are the share and
// whose counts are within one of n times the share, by the definition.

namespace {

/// `each` items a scale and difficulty from -3 to 3; in the bank they stand in no order. Every tenth pair is an item
/// set.
Bank bank(int each) {
    Json items = Json::array();
    for (int i = 0; i < 2 * each; ++i) {
        const int place = i * 7 % (2 * each);
        Json item = {{"item", "q" + std::to_string(place)},
                     {"scale", place < each ? "reading" : "writing"},
                     {"model", "rasch"},
                     {"b", -3 + 6.0 * (place % each) / each}};
        if (place % 20 < 2) item["item_set"] = "set" + std::to_string(place / 20);
        items.push_back(item);
    }
    return Bank::from_json(items);
}

std::vector<int> all_of(const Bank& bank) {
    std::vector<int> positions(static_cast<std::size_t>(bank.size()));
    std::iota(positions.begin(), positions.end(), 0);
    return positions;
}

int place_of(const Item& item) { return std::stoi(item.id.substr(1)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(sub_banks)

BOOST_AUTO_TEST_CASE(the_whole_bank_is_all_of_its_items_and_a_share_is_of_the_candidates_alone) {
    const Bank whole = bank(50);
    BOOST_TEST(sub_bank(whole, all_of(whole), 1, 7) == all_of(whole), boost::test_tools::per_element());
    const std::vector<int> few{3, 8, 21, 34};
    BOOST_TEST(sub_bank(whole, few, 1, 7) == few, boost::test_tools::per_element());
    BOOST_CHECK_THROW(sub_bank(whole, few, 0, 7), ArgumentError);
    BOOST_CHECK_THROW(sub_bank(whole, few, 1.01, 7), ArgumentError);
    BOOST_CHECK_THROW(sub_bank(whole, few, std::nan(""), 7), ArgumentError);
}

BOOST_AUTO_TEST_CASE(each_item_is_in_a_share_of_all_parts) {
    const Bank whole = bank(50);
    const std::vector<int> all = all_of(whole);
    constexpr int parts = 4000;
    for (const double share : {0.25, 0.4}) {
        std::vector<int> times(all.size());
        for (int seed = 0; seed < parts; ++seed)
            for (const int position : sub_bank(whole, all, share, static_cast<std::uint64_t>(seed)))
                ++times[static_cast<std::size_t>(position)];
        // Five standard errors of a share of so many draws, for a hundred items.
        const double doubt = 5 * std::sqrt(share * (1 - share) / parts);
        for (const int count : times) BOOST_TEST(std::abs(static_cast<double>(count) / parts - share) < doubt);
    }
}

BOOST_AUTO_TEST_CASE(a_part_has_of_every_scale_and_difficulty_its_share_and_item_sets_whole) {
    const Bank whole = bank(50);
    for (const double share : {0.3, 0.5, 0.75})
        for (std::uint64_t seed = 0; seed < 20; ++seed) {
            std::vector<bool> in(100);
            for (const int position : sub_bank(whole, all_of(whole), share, seed))
                in[static_cast<std::size_t>(place_of(whole[position]))] = true;
            // Units in their order: places go by scale, then by difficulty; a set is one unit, where its first item is.
            std::vector<bool> units;
            for (std::size_t place = 0; place < in.size(); ++place) {
                if (place % 20 == 1) {
                    BOOST_TEST(in[place] == in[place - 1]);
                    continue;
                }
                units.push_back(in[place]);
            }
            for (std::size_t first = 0; first < units.size(); ++first) {
                int count = 0;
                for (std::size_t n = 1; first + n <= units.size(); ++n) {
                    count += units[first + n - 1];
                    BOOST_TEST(std::abs(count - static_cast<double>(n) * share) < 1 + 1e-9);
                }
            }
        }
}

BOOST_AUTO_TEST_SUITE_END()
