// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <vector>

#include "engine/ability/matrix.hpp"
#include "engine/calibration/expectation.hpp"
#include "engine/calibration/structure.hpp"

// What a calibration makes as large as it can: the marginal log-likelihood of all persons (Bock and Aitkin 1981)
//
//     sum over persons of ln sum_q w_gq prod_j P_j(x_ij | theta_q),    w_gq proportional to the density of the group
//
// plus the logarithms of the priors. Its gradient is that of the expected complete log-likelihood at the same point
// (Fisher's identity), and the information of the complete data, which is a block for each item, is what a step is
// measured by.

namespace palier::calibration {

/// Equally spaced nodes of theta.
std::vector<double> equal_nodes(int count, double low, double high);

class Objective {
public:
    Objective(const Structure& structure, const Expectation& expectation, std::vector<double> nodes);

    /// The complete-data information at x with the counts expected there, ready to divide by.
    class Metric {
    public:
        /// Of a vector in the place of it: the information's inverse times it.
        void divide(std::vector<double>& v) const;

    private:
        friend class Objective;
        using Square = std::array<double, at(most_parameters) * at(most_parameters)>;
        void add_block(const Structure::Entry& entry, const Square& h, Matrix& between_shared);
        struct Block {  // an item's own parameters
            int own = 0;
            Matrix factor;
            std::vector<double> crossed;  // own x shared: with the shared parameters
        };
        std::vector<Block> blocks_;
        int first_shared_ = 0;
        int shared_ = 0;
        Matrix shared_factor_;
        std::vector<std::pair<std::vector<int>, Matrix>> populations_;
    };

    struct Value {
        double log_likelihood = 0;
        double log_prior = 0;
        double sum() const { return log_likelihood + log_prior; }
        std::vector<double> gradient;
        Metric metric;
        Expectation::Result expected;
    };
    /// Of an x outside the priors' range the sum is -infinity and the rest is empty.
    Value at_point(const std::vector<double>& x) const;

    /// The M step from x with its value: up to `steps` Newton steps up the expected complete log-likelihood plus
    /// priors, which never falls.
    std::vector<double> m_step(std::vector<double> x, Value value, int steps) const;

    NodeRows log_probabilities(const std::vector<double>& x) const;
    NodeRows log_weights(const std::vector<double>& x) const;
    const Structure& structure() const { return structure_; }
    const Expectation& expectation() const { return expectation_; }
    const std::vector<double>& nodes() const { return nodes_; }

private:
    double complete(const std::vector<double>& x, const Expectation::Result& expected) const;
    /// Gradient, metric and priors at x of what is expected there, or at another point.
    void climb(const std::vector<double>& x, Value& value) const;

    const Structure& structure_;
    const Expectation& expectation_;
    std::vector<double> nodes_;
};

/// Partials in (mean, ln sd) of the logarithm of a population's weight at each node, less their mean under the weights;
/// and the weights.
struct PopulationTerms {
    std::vector<double> weight, mean, log_sd;
    double mean_mean, mean_log, log_log;  ///< their covariances under the weights
};
PopulationTerms population_terms(const Population& population, const std::vector<double>& nodes);

/// The Cholesky factor of a symmetric matrix in its lower half, of which the diagonal is raised until there is one.
Matrix safe_factor(Matrix matrix);

}  // namespace palier::calibration
