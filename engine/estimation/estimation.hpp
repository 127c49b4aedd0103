// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

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
// where the prior is uniform, or its mean outside the range); ml and wle give the prior mean (clamped to the range) and an infinite SE, which JSON shows as null.
//
// Item uncertainty. Where the difficulties are themselves uncertain (se_b), theta is too: by the
// delta method, d theta / d b_i = I_i / (I + 1/sd^2), so
//     se = sqrt(se_measurement^2 + sum_i (I_i / (I + 1/sd^2))^2 se_b_i^2)
// with 1/sd^2 = 0 for ml, wle and a uniform prior. When `carry` is false se is se_measurement.

namespace palier {

struct Prior;
struct Estimation;

struct Observation {
    Parameters item;
    int category;
    double se_b = 0;
};

struct Estimate {
    double theta;
    double se;
    double se_measurement;
    bool at_bound;
};

/// The responses of one person on one scale, added one by one. For EAP the log-likelihood on the
/// nodes grows with each response, so that n responses cost O(n nodes) in all.
class Evidence {
public:
    Evidence(const Estimation& estimation, const Prior& prior);

    void add(const Observation& observation);
    void clear();
    Estimate estimate() const;

    const std::vector<Observation>& observations() const { return observations_; }
    double low() const { return low_; }
    double high() const { return high_; }
    bool has_normal_prior() const { return precision_ > 0; }
    double prior_mean() const { return prior_mean_; }
    /// 1 / sd^2 of a normal prior, 0 of a uniform one.
    double prior_precision() const { return precision_; }
    /// Equally spaced, and the log-likelihood at each (eap only).
    const std::vector<double>& nodes() const { return nodes_; }
    const std::vector<double>& log_likelihood() const { return log_likelihood_; }

private:
    const struct EstimatorRule* rule_;
    double low_;
    double high_;
    double prior_mean_;
    double precision_;
    bool carry_;
    std::vector<Observation> observations_;
    std::vector<double> nodes_;
    std::vector<double> log_likelihood_;
};

/// One estimator. `measure` gives theta, se_measurement and at_bound.
struct EstimatorRule {
    const char* name;
    bool uses_prior;
    bool uses_nodes;
    Estimate (*measure)(const Evidence& evidence);
};

/// Names that a plan may use, in a fixed order.
const std::vector<std::string>& estimator_names();

/// Sum of the expected information of the observed items.
double total_information(const Evidence& evidence, double theta);

}  // namespace palier
