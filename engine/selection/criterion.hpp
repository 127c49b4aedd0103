// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/estimation/options.hpp"
#include "engine/math/random.hpp"
#include "engine/selection/options.hpp"
#include "engine/selection/selection.hpp"
#include "engine/util/option.hpp"

// How a rule of selection is written. A rule gives every candidate a value; the largest is best.
//
// One object is made a session, so that it can keep its workspace (nothing is allocated once a
// session has begun). A decision calls prepare() once and then value() for each candidate. Both are
// functions of what they are given and of nothing else: the same session gives the same path on any
// host. The rules of the engine are in this folder, a family a file, each with its options; their table is in
// criterion.cpp, formulas and sources are in docs/measurement.md.
//
// A program that links the engine can bring a rule of its own: derive from Criterion, name it in the
// plan as "user:NAME" and hand a UserCriteria with that NAME to the session (tests/engine/selection_test.cpp
// has an example).

namespace palier {

class Bank;
class Evidence;

/// What is known when the next item is chosen. All references outlive the criterion.
struct SelectionState {
    const Bank& bank;
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

/// What a criterion is made from; all of it outlives the criterion.
struct CriterionSetup {
    const Bank& bank;
    const SelectionRules& selection;  ///< with the options
    const Estimation& estimation;
    std::optional<int> max_items;  ///< the longest length of the test

    const Json& options() const { return selection.options; }
};

using MadeCriterion = std::unique_ptr<Criterion>;
using MakeCriterion = std::function<MadeCriterion(const CriterionSetup& setup)>;
/// Rules of a host's own, by the NAME of "user:NAME".
using UserCriteria = std::map<std::string, MakeCriterion>;

/// A rule by its plan name (selection.criterion).
struct CriterionRule {
    const char* name;
    MadeCriterion (*make)(const CriterionSetup& setup);
    Options options = {};  ///< keys of `selection` that are its own; rules that share one declare the same
    /// Whether the literature states the value so that the smallest is best; it is shown that way.
    bool smallest_is_best = false;
    bool begins = false;        ///< it chooses the first items too, where the plan has no start.criterion
    bool needs_length = false;  ///< stop.max_items
};

/// An option and the criteria that have it.
struct CriterionOption {
    const Option* option;
    std::vector<std::string> criteria;
};
/// In the order of the table.
const std::vector<CriterionOption>& criterion_options();

const std::vector<std::string>& criterion_names();
const CriterionRule& criterion_named(const std::string& name);
bool is_user_criterion(const std::string& name);

/// The criterion of a plan, "user:…" from `user`. Throws PlanError where the host has no such rule.
MadeCriterion make_criterion(const std::string& name, const CriterionSetup& setup, const UserCriteria& user);

}  // namespace palier
