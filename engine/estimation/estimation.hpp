// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/bank/tables.hpp"
#include "engine/estimation/fine_nodes.hpp"
#include "engine/estimation/options.hpp"
#include "engine/estimation/search_sums.hpp"
#include "engine/models/model.hpp"

// Ability from responses: theta in logits, within [low, high]. L is the likelihood prod P_i(x_i | theta), l = ln L, f
// the prior's density, I the expected information sum_i I_i, J Warm's sum_i J_i.
//
//   ml      argmax L                                           se = 1 / sqrt(I)
//   map     argmax L f                                         se = 1 / sqrt(I + 1 / sd^2)    Birnbaum 1969
//   eap     mean of L f on N equally spaced nodes              se = standard deviation there  Bock and Mislevy 1982
//   wle     root of l' + J / (2 I)                             se = 1 / sqrt(I)               Warm 1989
//   mlf     ml with two fences (options.hpp)                   se = 1 / sqrt(I), without them Han 2016
//   robust  root of sum_i w(a_i (theta - b_i)) l_i'            se = sqrt(sum w^2 I_i) / sum w I_i
//                                                              Schuster and Yuan 2011, Magis 2014
//
// Of several maxima ml and map take the global one (3PL, 4PL have several), wle the root of the largest weighted
// likelihood, robust the root, where its sum falls, of its largest integral, or a bound. Roots are solved to 1e-12 or
// better, in the log domain: thousands of responses do not underflow. An estimate on an end of the range is flagged
// at_bound. Without responses eap and map give the prior, the others its mean (clamped) and an infinite se, null in
// JSON. Where the nodes of eap are too far apart for a posterior, it is measured by as many points as it takes
// (quadrature.hpp). What else the standard error may be, the prior and the weights: options.hpp, prior.hpp.

namespace palier {

class Bank;

struct Observation {
    Parameters item;
    int category;
    ParameterErrors errors{};
    int position = -1;  ///< in the bank; -1: of none
};

/// A response to the item at a position of the bank.
Observation observation(const Bank& bank, int position, int category);

/// se has the doubt about the items in it where the plan carries it: where their parameters are uncertain (se_x in the
/// bank), each answer counts with the slope that the doubt leaves (engine/models/doubt.hpp), and se_measurement is what
/// se would be without the doubt. With `delta_method`, theta is in doubt by d theta / dx = (d l' / dx) / (I + 1/sd^2),
/// in expectation
///
///     se^2 = se_measurement^2 + sum_x (sum_k (P_k' / P_k) dP_k/dx)^2 se_x^2 / (I + 1/sd^2)^2
///
/// which for the b of a dichotomous item is (I_i se_b / (I + 1/sd^2))^2. 1/sd^2 is 0 for ml, mlf, wle, robust and a
/// prior that is not normal; robust has w I_i for I_i.
struct Estimate {
    double theta;
    double se;
    double se_measurement;
    bool at_bound;
};

/// Room that an estimate works in, kept from one to the next.
struct Workspace {
    std::vector<double> grid;         ///< where maxima are looked for
    std::vector<double> slopes;       ///< of what is to be the largest: at the equally spaced points among these
    std::vector<double> grid_slopes;  ///< and at all
    SearchSums sums;
    std::vector<double> maxima;  ///< of the likelihood
    std::vector<double> cuts;    ///< between the pieces of an integral
    std::vector<double> hermite_nodes;
    std::vector<double> hermite_log_weights;
    std::vector<double> theta;  ///< nodes of adaptive quadrature, and their weights
    std::vector<double> weight;
};

/// What equally spaced nodes have to be for the trapezoid rule to serve (engine/estimation/quadrature.hpp). A plan with
/// a number of nodes of its own is held to less, as figures of other programs are made on so many nodes: to three that
/// count.
class NodeLimits {
public:
    NodeLimits(double step, int nodes);
    /// Whether nodes of these weights, the largest 1, are too far apart for what they weigh. `steepest`: the largest
    /// steepness() of the items answered. `mass` is their sum.
    bool too_far_apart(const std::vector<double>& weights, double mass, double sd, double steepest) const;

private:
    double step_;
    bool own_;
};

/// The responses of one person on one scale, added one by one. For EAP the log-likelihood on the
/// nodes grows with each response, so that n responses cost O(n nodes) in all; with a bank, the curves
/// on the nodes are those that the bank keeps. The other estimators keep sums of the score where they look for
/// their root (search_sums.hpp) and go through all responses for the last steps to it, once an estimate. Estimating
/// allocates nothing.
class Evidence {
public:
    /// `bank` outlives this; nullptr where the items are of none.
    Evidence(const Estimation& estimation, const Prior& prior, const Bank* bank = nullptr);

    void add(const Observation& observation);
    void clear();
    /// Undoes the last add(), where the estimator has no nodes.
    void take_back();
    Estimate estimate() const;

    const std::vector<Observation>& observations() const { return observations_; }
    /// Grows with every clear(): observations() only grew between two equal values.
    std::uint32_t revision() const { return revision_; }
    double low() const { return low_; }
    double high() const { return high_; }
    bool has_normal_prior() const { return precision_ > 0; }
    double prior_mean() const { return prior_mean_; }
    /// 1 / sd^2 of a normal prior, 0 of a uniform one.
    double prior_precision() const { return precision_; }
    /// ln of the prior's density at a theta, but for a constant.
    double log_prior(double theta) const {
        const double distance = theta - prior_mean_;
        return -0.5 * precision_ * distance * distance;
    }
    /// The prior is Jeffreys': what it is at a theta depends on the items answered, and log_prior() is 0.
    bool has_jeffreys_prior() const { return jeffreys_; }
    StandardError standard_error() const { return standard_error_; }
    const Robust& robust() const { return robust_; }
    /// The two responses by which mlf holds ml; none for another estimator.
    const std::vector<Observation>& fences() const { return fences_; }
    /// Nodes of adaptive quadrature; 0: the trapezoid rule.
    int adaptive_nodes() const { return adaptive_nodes_; }
    Workspace& workspace() const { return workspace_; }
    /// Equally spaced, and the log-likelihood at each (eap by the trapezoid rule only).
    const std::vector<double>& nodes() const { return nodes_; }
    const std::vector<double>& log_likelihood() const { return log_likelihood_; }
    /// What the nodes can measure (engine/estimation/quadrature.hpp).
    const NodeLimits& node_limits() const { return limits_; }
    /// The largest steepness() of the items answered.
    double steepest() const { return steepest_; }
    /// Whether an item answered has c > 0 or d < 1: the likelihood may have several maxima.
    bool has_asymptotes() const { return asymptotes_; }
    /// The information of the items answered at each node, where the prior is Jeffreys' (eap by the trapezoid rule).
    const std::vector<double>& information() const { return information_; }
    /// The posterior on closer nodes.
    FineNodes& fine_nodes() const { return fine_nodes_; }
    /// Whether a density that stands at an end of the range is looked at more closely than on the nodes. Not on a
    /// number of nodes of the plan's own and not on [-4, 4]: there EAP is catR's to the last digit, which leaves it at
    /// that.
    bool minds_ends() const { return minds_ends_; }
    /// Whether the nodes can measure the posterior.
    bool nodes_suffice() const;
    /// The posterior at each node, relative to its largest value, end nodes halved (eap by the trapezoid rule only).
    /// Valid until this is called or changed again.
    const std::vector<double>& posterior() const;
    bool uses_nodes() const { return !nodes_.empty(); }
    const GridTables* tables() const { return tables_.get(); }
    /// By whose items the answers are scored: with the doubt in them, where the plan carries it. nullptr: of none.
    const Bank* scoring_bank() const { return scoring_bank_; }

private:
    const struct EstimatorRule* rule_;
    double low_;
    double high_;
    double prior_mean_;
    double precision_;
    bool carry_;  ///< by the delta method
    bool shrink_;
    bool jeffreys_;
    StandardError standard_error_;
    Robust robust_;
    int adaptive_nodes_;
    bool doubtful_ = false;  ///< an observed item has standard errors
    std::uint32_t revision_ = 0;
    std::vector<Observation> observations_;
    std::vector<Evidence> exact_;  ///< the same without the doubt, from the first answer to a doubtful item on
    std::vector<Observation> fences_;
    mutable Workspace workspace_;
    NodeLimits limits_;
    bool minds_ends_;
    double steepest_ = 0;
    bool asymptotes_ = false;
    const Bank* scoring_bank_ = nullptr;
    const Bank* exact_bank_ = nullptr;
    std::shared_ptr<const GridTables> tables_;
    std::shared_ptr<const GridTables> exact_tables_;
    std::vector<double> nodes_;
    std::vector<double> log_prior_;
    std::vector<double> log_likelihood_;
    std::vector<double> information_;  ///< on the nodes, for Jeffreys' prior
    mutable std::vector<double> posterior_;
    mutable FineNodes fine_nodes_;
};

/// One estimator. `measure` gives theta, se_measurement and at_bound.
struct EstimatorRule {
    const char* name;
    bool uses_prior;
    bool uses_nodes;
    Estimate (*measure)(const Evidence& evidence);
    /// Readies the workspace; nullptr where there is nothing to ready.
    void (*prepare)(const Evidence& evidence) = nullptr;
    /// What the score of an item is multiplied by; nullptr: 1.
    double (*weight)(const Evidence& evidence, const Parameters& item, double theta) = nullptr;
};

/// Names that a plan may use, in a fixed order.
const std::vector<std::string>& estimator_names();

/// "expected", "observed", "sampling".
const std::vector<std::string>& standard_error_names();
StandardError standard_error_named(const std::string& name);

/// ln of Jeffreys' prior where the information is this, held above the least double.
double log_jeffreys(double information);

/// Sum of the expected information of the observed items.
double total_information(const Evidence& evidence, double theta);

}  // namespace palier
