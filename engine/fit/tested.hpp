// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "engine/calibration/calibration.hpp"

// What is held against the answers when a bank's fit is asked for: items with their parameters, and the populations
// that gave the answers.

namespace palier::fit {

struct Tested {
    std::vector<Parameters> items;                     ///< in the order of the responses' items
    std::vector<calibration::Population> populations;  ///< of each group; what is free was estimated from the answers
    bool estimated = true;                             ///< the items' parameters were estimated from these answers
};

/// The populations under which answers are most likely, the items being as they are. Free are those numbers that the
/// calibration of such items frees (calibration::usual_populations); with `estimated` false mean and sd of each.
/// Throws ArgumentError as calibrate() does.
std::vector<calibration::Population> estimated_populations(const calibration::Responses& responses,
                                                           const std::vector<Parameters>& items, bool estimated);

/// Probabilities of every category over equally spaced nodes of [-6, 6], with the weights of each group's abilities,
/// N(mean, sd^2) at the nodes made to sum to 1.
class NodeTable {
public:
    NodeTable(const Tested& tested, int nodes);

    std::size_t nodes() const { return theta_.size(); }
    double theta(std::size_t node) const { return theta_[node]; }
    const std::vector<double>& weights(int group) const { return weights_[at(group)]; }
    /// P(category) at each node.
    const double* p(int item, int category) const { return p_[at(item)].data() + at(category) * theta_.size(); }
    /// E(category) and E(category^2) at each node.
    const std::vector<double>& mean(int item) const { return mean_[at(item)]; }
    const std::vector<double>& square(int item) const { return square_[at(item)]; }

private:
    std::vector<double> theta_;
    std::vector<std::vector<double>> weights_, p_, mean_, square_;
};

/// Of a node table the logarithms from which the posterior of one person is made.
class LogTable {
public:
    LogTable(const Tested& tested, const NodeTable& table);

    /// Of a group's density, but for a constant, at each node.
    const std::vector<double>& weights(int group) const { return weights_[at(group)]; }
    /// Of P(category of the answer) at each node.
    const double* p(const calibration::Answer& answer) const {
        return p_[at(answer.item)].data() + at(answer.category) * nodes_;
    }

private:
    std::size_t nodes_;
    std::vector<std::vector<double>> weights_, p_;
};

/// E(theta | answers) on 121 nodes of [-6, 6].
class ExpectedAbility {
public:
    explicit ExpectedAbility(const Tested& tested);
    double operator()(int group, const std::vector<calibration::Answer>& answers) const;

private:
    NodeTable table_;
    LogTable logs_;
};

/// The moments of one item's category given theta: mean, variance and fourth central moment. The variance is at least
/// 10^-2.5, so that no single answer has all the weight.
struct CategoryMoments {
    double mean;
    double variance;
    double fourth;
};
CategoryMoments category_moments(const Parameters& item, double theta);

/// A mean square by its Wilson-Hilferty transformation, (x^(1/3) - 1) 3 / q + q / 3, q being its standard deviation,
/// at most sqrt(2): near N(0, 1) where the model holds (Wright and Masters 1982).
double standardised_mean_square(double mean_square, double sd);

/// The answers of one pattern.
void answers_of(const calibration::Responses& responses, std::size_t pattern, std::vector<calibration::Answer>& to);

/// Persons who answered every item.
double complete_persons(const calibration::Responses& responses);

}  // namespace palier::fit
