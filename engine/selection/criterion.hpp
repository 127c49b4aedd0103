// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/math/random.hpp"
#include "engine/selection/selection.hpp"

// How a rule of selection is written. A rule gives every candidate a value; the largest is best.
//
// One object is made a session, so that it can keep its workspace (nothing is allocated once a
// session has begun). A decision calls prepare() once and then value() for each candidate. Both are
// functions of what they are given and of nothing else: the same session gives the same path on any
// host.

namespace palier {

class Bank;
class Evidence;
struct Plan;

/// What is known when the next item is chosen. All references outlive the criterion.
struct SelectionState {
    const Bank& bank;
    const Plan& plan;
    const Evidence& evidence;    ///< responses that count, prior, nodes and log-likelihood
    const math::Random& random;  ///< a function of (seed, stream, step, draw)
    double theta;                ///< the ability to choose for, logits
    std::uint32_t step;          ///< items asked before
};

class Criterion {
public:
    virtual ~Criterion() = default;
    /// Once a decision, before any value.
    virtual void prepare(const SelectionState& now) = 0;
    /// The value of the item at a position of the bank. Finite; the largest is best.
    virtual double value(int position) const = 0;
};

/// A rule by its plan name (selection.criterion).
struct CriterionRule {
    const char* name;
    std::unique_ptr<Criterion> (*make)(const Bank& bank, const Plan& plan);
};

const std::vector<std::string>& criterion_names();
const CriterionRule& criterion_named(const std::string& name);

}  // namespace palier
