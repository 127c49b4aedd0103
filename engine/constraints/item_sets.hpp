// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/constraints/options.hpp"

// Item sets: items about one text, table or case, that are asked one after the other. Items whose
// `item_set` is empty are on their own.
//
// A set is chosen for the mean value of the items that would be asked of it, and begun only where all
// of these still fit into the test; once begun, its items come in order until `max_items` of them
// were asked.

namespace palier {

/// The items as units in order of their first item: one item, or the items of a set that would be
/// asked (the first `max_items` in the bank's order). Without rules every item is a unit.
std::vector<std::vector<int>> units_of_sets(const std::vector<int>& items, const Bank& bank,
                                            const std::optional<ItemSetRules>& rules);

}  // namespace palier
