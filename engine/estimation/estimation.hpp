// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/bank/tables.hpp"
#include "engine/models/model.hpp"

// Ability from responses. One interface, one file a rule:
//
//   ml   the theta that maximises the likelihood L(theta) = prod P_i(x_i | theta) over the range:
//        the GLOBAL maximum, where there are several (3PL, 4PL); se = 1 / sqrt(I(theta))
//   map  the same for L(theta) f(theta), f the prior; se = 1 / sqrt(I(theta) + 1 / sd^2)
//        (Birnbaum 1969); with a uniform prior it is ml
//   wle  the root of Warm's weighted score, l'(theta) + J(theta) / (2 I(theta)) = 0 (Warm 1989); where
//        there are several, the one with the largest weighted likelihood; se = 1 / sqrt(I(theta))
//   eap  the mean of the posterior, by the trapezoid rule on N equally spaced nodes of the range,
//        se = its standard deviation on the same nodes (Bock and Mislevy 1982)
//
// I is the expected information, sum of the items'. Estimates lie in [low, high]; one that lies on
// an end is flagged at_bound, and ml, map and wle then give the SE there. All work is in the log
// domain: thousands of responses do not underflow. Roots are solved to 1e-12 or better.
//
// Without responses eap and map give the prior's mean and standard deviation (eap: those of the nodes
// where the prior is uniform, or its mean outside the range); ml, wle and robust give the prior mean (clamped to the
// range) and an infinite SE, which JSON shows as null.
//
// Jeffreys' prior, for map and eap, is sqrt(I(theta)), I the expected information of the items answered (Jeffreys
// 1946); flat before the first. map is then the maximum of L(theta) sqrt(I(theta)), a root of l' + I' / (2 I) = 0 (of
// all models but 3pl and 4pl that is wle's, Warm 1989; Magis 2015); se = 1 / sqrt(I - (ln I)'' / 2), or 1 / sqrt(I)
// where that is not above 0.
//
//   robust  the root of sum_i w(a_i (theta - b_i)) l_i'(theta) = 0, dichotomous items only (Schuster and Yuan 2011): a
//           slip on a question far from theta, or a lucky guess, counts less. w(r) is Huber's, 1 to |r| = t and t / |r|
//           beyond, or Tukey's, (1 - (r / t)^2)^2 to |r| = t and 0 beyond, t estimation.robust_constant; a_i in the
//           bank's metric. Of several roots where the sum falls, the one with its largest integral; without one, and of
//           constant patterns, a bound. se = sqrt(sum w^2 I_i) / sum w I_i (Magis 2014)
//
//   mlf  ml with fences (Han 2016): two more responses, a right one to an item at the low fence and a
//        wrong one to an item at the high fence, both of slope estimation.fence_slope; finite for
//        constant patterns, which are flagged at_bound; se without the fences
//
// estimation.standard_error "observed" takes -l'' at the estimate for I, where that is above 0. "sampling" is how far
// the estimates of persons of this ability spread (Magis 2016): sqrt(I) / |I - r'|, r what the estimator adds to the
// score l' (map: (mean - theta) / sd^2 or I' / (2 I); wle: J / (2 I); mlf: the fences' scores). After few answers it is
// small, as the prior holds the estimates together: intervals and stops are better served by "expected".
// estimation.quadrature "adaptive" computes eap by Gauss-Hermite nodes around the posterior's mode
// (Naylor and Smith 1982) in place of the trapezoid rule.
//
// Item uncertainty. Where the items' parameters x are themselves uncertain (se_x in the bank), theta
// is too: by the delta method, d theta / d x = (d l' / d x) / (I + 1/sd^2), with the expectation of
// the cross derivative, so
//     se = sqrt(se_measurement^2 + sum_x (sum_k (P_k' / P_k) dP_k/dx)^2 se_x^2 / (I + 1/sd^2)^2)
// which for the b of a dichotomous item is (I_i se_b / (I + 1/sd^2))^2; 1/sd^2 = 0 for ml, wle, robust and a prior that
// is not normal; robust has w I_i and sum w I_i for I_i and I. When `carry` is false se is se_measurement.

namespace palier {

struct Prior;
struct Estimation;
class Bank;

/// What se is computed from, of ml, mlf, map and wle.
enum class StandardError { expected, observed, sampling };

/// The weights of estimator robust: Huber's or Tukey's, and their constant t.
struct Robust {
    bool tukey = false;
    double constant = 1;
};

struct Observation {
    Parameters item;
    int category;
    ParameterErrors errors{};
    int position = -1;  ///< in the bank; -1: of none
};

/// A response to the item at a position of the bank.
Observation observation(const Bank& bank, int position, int category);

struct Estimate {
    double theta;
    double se;
    double se_measurement;
    bool at_bound;
};

/// Room that an estimate works in, kept from one to the next.
struct Workspace {
    std::vector<double> grid;    ///< where maxima are looked for
    std::vector<double> maxima;  ///< of the likelihood
    std::vector<double> hermite_nodes;
    std::vector<double> hermite_log_weights;
    std::vector<double> theta;  ///< nodes of adaptive quadrature, and their weights
    std::vector<double> weight;
};

/// The responses of one person on one scale, added one by one. For EAP the log-likelihood on the
/// nodes grows with each response, so that n responses cost O(n nodes) in all; with a bank, the curves
/// on the nodes are those that the bank keeps. The other estimators go through all responses each time.
/// Estimating allocates nothing.
class Evidence {
public:
    /// `bank` outlives this; nullptr where the items are of none.
    Evidence(const Estimation& estimation, const Prior& prior, const Bank* bank = nullptr);

    void add(const Observation& observation);
    void clear();
    /// Undoes the last add(), where the estimator has no nodes.
    void take_back() { observations_.pop_back(); }
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
    /// The posterior at each node, relative to its largest value, end nodes halved (eap by the trapezoid rule only).
    /// Valid until this is called or changed again.
    const std::vector<double>& posterior() const;
    bool uses_nodes() const { return !nodes_.empty(); }
    const GridTables* tables() const { return tables_.get(); }

private:
    const struct EstimatorRule* rule_;
    double low_;
    double high_;
    double prior_mean_;
    double precision_;
    bool carry_;
    bool jeffreys_;
    StandardError standard_error_;
    Robust robust_;
    int adaptive_nodes_;
    bool doubtful_ = false;  ///< an observed item has standard errors
    std::uint32_t revision_ = 0;
    std::vector<Observation> observations_;
    std::vector<Observation> fences_;
    mutable Workspace workspace_;
    std::shared_ptr<const GridTables> tables_;
    std::vector<double> nodes_;
    std::vector<double> log_prior_;
    std::vector<double> log_likelihood_;
    std::vector<double> information_;  ///< on the nodes, for Jeffreys' prior
    mutable std::vector<double> posterior_;
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
