// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/util/json.hpp"

namespace palier {

/// Standard deviations that a normal prior may have, logits.
constexpr double least_prior_sd = 1e-6;
constexpr double most_prior_sd = 1000;

/// What is held of a theta (logits) before any answer: N(mean, sd^2), flat over the range of the estimation, or, for
/// map and eap, Jeffreys' sqrt(I(theta)), I the expected information of the items answered (Jeffreys 1946); flat before
/// the first. map is then a root of l' + I' / (2 I), of all models but 3pl and 4pl that of wle (Warm 1989; Magis 2015),
/// and se = 1 / sqrt(I - (ln I)'' / 2), or 1 / sqrt(I) where that is not above 0.
struct Prior {
    enum class Distribution { normal, uniform, jeffreys };
    Distribution distribution = Distribution::normal;
    double mean = 0;
    double sd = 1;
};

/// Where a plan names no prior: N(0, 1), the population that calibrations fix the metric by; N(0, 2^2) where the test
/// asks for a floor, as N(0, 1) says of somebody below it, before any answer, that they are not.
Prior default_prior(bool with_floor);
/// Reads {"distribution":…}; `path` opens messages.
Prior prior_from_json(const Json& json, const std::string& path, ErrorKind kind);
Json to_json(const Prior& prior);

}  // namespace palier
