// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <map>
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
// host. The rules of the engine are in this folder, a family a file; formulas and sources are in
// docs/measurement.md.
//
// A program that links the engine can bring a rule of its own: derive from Criterion, name it in the
// plan as "user:NAME" and hand a UserCriteria with that NAME to the session (tests/engine/selection_test.cpp
// has an example).

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
    double standard_error;       ///< of theta; infinite where nothing is known
    std::uint32_t step;          ///< items asked before
};

class Criterion {
public:
    virtual ~Criterion() = default;
    /// Once a decision, before any value.
    virtual void prepare(const SelectionState& now) = 0;
    /// The value of the item at a position of the bank. Not NaN; the largest is best.
    virtual double value(int position) const = 0;
    /// Fills `candidates` with the open items and their values: all of them, or at least every one that
    /// can be among the `count` best (at least 1), ties included. To be overridden only to be faster.
    virtual void collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const;
};

using MakeCriterion = std::function<std::unique_ptr<Criterion>(const Bank& bank, const Plan& plan)>;
/// Rules of a host's own, by the NAME of "user:NAME".
using UserCriteria = std::map<std::string, MakeCriterion>;

/// A rule by its plan name (selection.criterion).
struct CriterionRule {
    const char* name;
    std::unique_ptr<Criterion> (*make)(const Bank& bank, const Plan& plan);
    /// Whether the literature states the value so that the smallest is best; it is shown that way.
    bool smallest_is_best;
};

const std::vector<std::string>& criterion_names();
const CriterionRule& criterion_named(const std::string& name);
bool is_user_criterion(const std::string& name);

/// The criterion of a plan, "user:…" from `user`. Throws PlanError where the host has no such rule.
std::unique_ptr<Criterion> make_criterion(const std::string& name, const Bank& bank, const Plan& plan,
                                          const UserCriteria& user);

/// By which rule items are chosen until a response counts: the plan's start.criterion, else mfi, but
/// for random, a_stratified, target_information and rules of a host's own, which begin themselves.
std::string start_criterion(const Plan& plan);

}  // namespace palier
