// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/bank/bank.hpp"
#include "engine/math/random.hpp"

namespace palier {

/// What an item's parameters may truly be: each drawn from its estimate and standard error, normal; the slope of all
/// models but nrm log-normal of that mean and standard deviation; c and d kept in [0, 1] and 0.01 apart; the steps of
/// grm put in order. `shift` is the standard deviation of an error of all locations that is the same for every item of
/// this `random`. A function of (seed of `random`, item, shift).
Parameters drawn(const Item& item, const math::Random& random, std::uint32_t position, double shift = 0);

}  // namespace palier
