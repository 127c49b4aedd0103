// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/bank/bank.hpp"
#include "engine/util/json.hpp"

// Items given by slopes on named scales and intercepts (Reckase 2009, Multidimensional Item Response Theory):
//
//     1pl to 4pl   P = c + (d - c) / (1 + exp(-z)), z = sum_s a_s theta_s + intercept
//     grm          P(X >= k) = 1 / (1 + exp(-(sum_s a_s theta_s + intercept_k))), intercept_1 > intercept_2 > …
//     gpcm         P(X = k) proportional to exp(k sum_s a_s theta_s + intercept_k), intercept_0 = 0
//
// which are mirt's. Along its own direction w = a / |a|, |a| the root of sum_s a_s^2, such an item is an item of one
// scale at t = sum_s w_s theta_s, with slope |a| and
//
//     b = -intercept / |a|;  grm: b_k = -intercept_k / |a|;  gpcm: b_k = -(intercept_k - intercept_(k - 1)) / |a|
//
// so that every function of engine/models serves. Doubt: the variance of z is se_intercept^2 + sum_s theta_s^2
// se_a.s^2; in the terms of one scale se_a^2 = sum_s w_s^2 se_a.s^2 and se_b^2 = (se_intercept^2 + b^2 se_a^2) / |a|^2,
// the errors taken as independent.

namespace palier {

/// Whether a key of an item is one of these: a.SCALE, intercept, intercept1…, se_a.SCALE, se_intercept….
bool is_loading_key(const std::string& key);
/// Whether the item of this JSON object is given so.
bool has_loadings(const Json& item);
/// Reads them into the item, whose model is known; `path` opens messages. With D != 1 slopes, intercepts and their
/// errors are multiplied by D. Throws ItemFault.
void read_loadings(const Json& object, const std::string& path, double D, Item& item);
/// The scale on which an item loads most, the first of equals: the one whose own question it is.
const std::string& own_scale(const Item& item);
/// `parameters`, se_* and `scale` from slopes and intercepts; of one slope above 0 the scale is that of the slope.
void derive_from_loadings(Item& item);
/// Refuses what read_loadings() would have. Throws ItemFault.
void check_loadings(const Item& item, const std::string& where);
void write_loadings(const Item& item, Json& object);

}  // namespace palier
