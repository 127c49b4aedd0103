// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/bank/bank.hpp"
#include "engine/calibration/calibration.hpp"
#include "engine/fit/persons.hpp"

// Whether an item's answers still go with its parameters: how much harder it is by the answers than its parameters say,
// and whether its latest answers say otherwise than those before, as of an item that has become known.

namespace palier::fit {

/// How much harder an item is than its parameters say: the shift of its whole curve under which its answers are most
/// likely, each person's ability being known as far as the other answers tell it, and shifts being N(0, 2^2) before
/// any answer, so that an item that everybody passes has one. `found` where it is within 10 logits.
struct Shift {
    double answers = 0;
    double shift = 0;  ///< logits; above 0: harder
    double se = 0;
    bool found = false;
};

struct ItemShifts {
    Shift all;
    Shift before;  ///< all but the latest answers; none where the order of answers is not known
    Shift latest;
};

/// The rules by which an item's answers have left its parameters. Drifted: by at least `size` logits (0.3: Miller,
/// Rotou and Twing 2004), and by more than `sure` standard errors (2.58: 1 % of items that have not), the error of the
/// parameter's own b among them. Eased: the latest answers make it easier than those before by at least `drop` logits
/// and `certain` standard errors (3: 0.13 % of items that have not).
struct DriftRules {
    double size = 0.3;
    double sure = 2.58;
    double drop = 0.5;
    double certain = 3;
    double latest =
        100;            ///< answers that are the latest ones: as many, or half of them where there are fewer than twice
    double least = 30;  ///< answers on either side
};

/// Who the persons are, where they are not one of each and all of the first population.
struct Crowd {
    std::vector<int> groups;    ///< of each, the place of the population; empty: the first
    std::vector<double> times;  ///< how many persons each stands for; empty: one
    std::vector<char> wanted;   ///< of each item whether its shift is asked for; empty: of all
};

/// Of each item. `when` is when each answer was given (any unit), in the order of the persons' answers; empty where
/// that is not known. Answers that are a person's only one tell nothing.
std::vector<ItemShifts> item_shifts(const Tested& tested, const std::vector<Person>& persons,
                                    const std::vector<std::vector<std::int64_t>>& when, const DriftRules& rules,
                                    const Crowd& crowd = {});

enum class Drift { none, harder, easier };

/// Whether the item has drifted; `se_b`: the error of its parameters' b, 0 where none is known.
Drift drifted(const Shift& shift, double se_b, const DriftRules& rules);

/// Anchors of a calibration whose answers contradict the parameters that they were held at.
struct MovedAnchor {
    std::string item;
    Shift shift;
    Drift drift = Drift::none;
};

/// Those of the anchors that have drifted, in the order of the calibration's items: each against the abilities that
/// the other answers tell, the other anchors' among them, so that of two that contradict each other both may be told.
/// `bank` has the standard errors of their b, where it has any. By the first 20,000 patterns of answers.
std::vector<MovedAnchor> moved_anchors(const calibration::Responses& responses,
                                       const calibration::Calibration& calibration, const Bank& bank,
                                       const DriftRules& rules);

/// Whether its latest answers make it easier.
bool eased(const ItemShifts& shifts, const DriftRules& rules);

}  // namespace palier::fit
