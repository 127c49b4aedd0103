// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/calibration/responses.hpp"
#include "engine/fit/tested.hpp"

// Persons one by one, where answers are not counted by patterns alone: what the others of a person's answers say of the
// person's ability, when one of them is judged.

namespace palier::fit {

/// The answers of one person, each item once.
using Person = std::vector<calibration::Answer>;

/// The posterior of ability from a person's answers but one, on 61 nodes of [-6, 6].
class OtherAnswers {
public:
    explicit OtherAnswers(const Tested& tested);

    std::size_t nodes() const { return table_.nodes(); }
    double theta(std::size_t node) const { return table_.theta(node); }

    /// Takes a person of a group; answers to items that `counts` leaves out do not tell of ability. How many do.
    std::size_t take(int group, const Person& person, const std::vector<char>& counts);
    /// Weights of the nodes, summing to 1, by the answers taken but this one, which is one of the person's.
    const std::vector<double>& weights_without(const calibration::Answer& answer);
    /// E(theta) by them.
    double ability_without(const calibration::Answer& answer);

private:
    NodeTable table_;
    LogTable logs_;
    std::vector<double> sum_, weights_;
    const std::vector<char>* counts_ = nullptr;
};

}  // namespace palier::fit
