// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <span>

#include "engine/models/model.hpp"

// The models of engine/models/model.hpp in the form that calibration works in, where a maximum is found most easily:
// every probability is smooth in parameters without bounds, and the normal metric of theta enters linearly.
//
//     1pl to 4pl   [a, i, g, u]           P = c + (d - c) / (1 + exp(-(a theta + i))), i = -a b; logits of c and d
//                                         (c = 0 is g = -infinity, d = 1 is u = infinity)
//     grm          [a, i_1 … i_K-1]       P(X >= k) = 1 / (1 + exp(-(a theta + i_k))), i_k = -a b_k
//     pcm, gpcm    [a, i_1 … i_K-1]       P(X = k) proportional to exp(k a theta + i_k), i_k = -a (b_1 + … + b_k)
//     rsm          [l, t_1 … t_K-2]       P(X = k) proportional to exp(k (theta + l) - t_1 - … - t_k), b = -l; steps
//                                         sum to 0
//     nrm          [a_1 …, i_1 …]         P(X = k) proportional to exp(a_k theta + i_k)
//
// One function gives ln P of each category, one its partials, another adds up the second partials. All are exact.

namespace palier::calibration {

constexpr int most_parameters = 2 * (max_categories - 1);

/// What a working vector is of.
struct Form {
    Model model = Model::two_pl;
    int categories = 2;
};

/// Parameters in the working vector: 4 of a dichotomous model, asymptotes that it does not have among them.
int parameter_count(const Form& form);

using Working = std::array<double, most_parameters>;

/// The working vector of an item and back. Back with a slope of 0 gives infinite difficulties.
Working working_of(const Parameters& item);
Parameters parameters_of(const Form& form, const Working& working);

/// For each number of an item as a bank has it (in order: a and b and c and d; a and the steps; rsm: b and the steps;
/// nrm: slopes and intercepts) its partials in the working parameters: rows of `parameter_count` numbers.
struct Jacobian {
    int rows = 0;
    std::array<Working, max_categories + most_parameters> row{};
};
Jacobian bank_jacobian(const Form& form, const Working& working);

/// P(k | theta) and the partials of ln P in the working parameters.
struct Terms {
    std::array<double, max_categories> p;
    std::array<Working, max_categories> gradient;
};
void item_terms(const Form& form, const Working& working, double theta, Terms& terms);

/// ln P of each category at these abilities, a row of `stride` numbers each.
void item_log_probabilities(const Form& form, const Working& working, std::span<const double> thetas, double* rows,
                            std::size_t stride);

/// Adds sum_k weights[k] d^2 ln P(k | theta) / dx dx' to the lower half of `to`, a square of `parameter_count` rows.
void add_curvature(const Form& form, const Working& working, double theta, const double* weights, double* to);

}  // namespace palier::calibration
