// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/calibration/structure.hpp"
#include "engine/fit/drift.hpp"
#include "engine/fit/persons.hpp"
#include "engine/util/json.hpp"

// What a calibration also tells of its items, from the same answers: whether groups answer them differently, whether
// they have left their parameters, and how long they take.

namespace palier::host {

/// Two groups to compare: on which side each person is, 0, 1 or -1 (neither).
struct Comparison {
    std::string name;
    std::vector<int> side;
};

/// Answers of one scale.
struct Watched {
    std::vector<std::string> ids;
    std::vector<bool> anchors;                    ///< whether an item's parameters stay
    std::vector<double> errors;                   ///< of the b of those that stay; 0 where none is known
    std::vector<fit::Person> persons;             ///< by their places in `ids`
    std::vector<std::vector<std::int64_t>> when;  ///< of each answer; empty where that is not known
    std::vector<std::vector<double>> seconds;     ///< likewise; 0: not known
    std::vector<Comparison> comparisons;
    bool likelihood_ratio = false;                           ///< whether groups are compared by it, too
    std::vector<palier::calibration::ItemRequest> requests;  ///< by which the items were calibrated; for it alone
};

/// Persons that a group must have, in all and of an item, for anything to be told of it.
constexpr int least_in_group = 10;

/// Adds `groups`, `drift`, `time` and the reasons that come of them to the `items` of a calibration's scale, and
/// `groups` to the scale.
void add_watch(Json& scale, const Watched& of, const fit::Tested& tested);

/// `answers.groups`, `answers.when` and `answers.ms` of a request, `persons` having so many answers each.
std::vector<Comparison> comparisons_of(const ObjectReader& answers, std::size_t persons);
std::vector<std::vector<std::int64_t>> whens_of(const ObjectReader& answers, const std::vector<std::size_t>& lengths);
std::vector<std::vector<double>> seconds_of(const ObjectReader& answers, const std::vector<std::size_t>& lengths);

}  // namespace palier::host
