// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/calibration/responses.hpp"
#include "engine/calibration/structure.hpp"

namespace palier::calibration {

/// What makes the data hopeless, each a sentence that names item or group and what would be right: an item that nobody
/// answered or whose answers are all of one category (unless a prior holds its difficulty), a category that nobody
/// gave, an anchor item of other categories, groups that no items connect, nothing to estimate.
std::vector<std::string> faults_of(const Responses& responses, const std::vector<ItemRequest>& items,
                                   const std::vector<Population>& populations, const Priors& priors);

/// What a reader of the result should know before trusting it: items with few answers, items that share no person
/// (they are on one scale only if persons were given them at random).
std::vector<std::string> doubts_of(const Responses& responses);

/// The items that nobody answered who also answered the first one, directly or by way of other items.
std::vector<std::string> items_apart(const Responses& responses);

}  // namespace palier::calibration
