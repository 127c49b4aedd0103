// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <optional>

#include "adapters/host/words.hpp"
#include "engine/simulation/map_study.hpp"

// What a map's intervals hold where the plan or its bank is wrong.

namespace palier::host {

/// By 200 persons each, where 95 % intervals hold less than 90 % of the truths: of persons whose abilities correlate by
/// 0.3 less than the plan says, all scales together (map_correlation: `coverage_95`, `tried`); of persons of whom one
/// scale has nothing to do with the others, that scale (map_apart: `scale`, `coverage_95`, `tried`); of persons for
/// whom every difficulty is off by a normal error of 0.7 level, less the doubt that the bank has of it, all scales
/// together (map_difficulties: `off` in logits, `coverage_95`). The scale that is set apart is the one that
/// most_exposed() names. Of each change that was tried, with persons who are as far from the changed plan: the `change`
/// in words, the plan's `field` ("map.correlation", or "scales.min_items" for the least of each reported scale) with
/// its `value`, `coverage_95`, `length` and whether it `works`. `posterior` is a covariance that the plan's tests end
/// with, the mean of some.
Json robustness_warnings(const std::shared_ptr<const palier::Bank>& bank,
                         const std::shared_ptr<const palier::Plan>& plan, const Matrix& posterior, std::uint64_t seed,
                         int threads, Language language);

/// The scale whose intervals hold least where it is the one apart, of those that are reported and correlate with
/// another; of equals the first. With answers of the information H = V^-1 - P, P the prior's precision, the error of a
/// posterior mean has the covariance V H V + V P S P V for persons of the covariance S, which is V - D for S the
/// prior's with the correlations of scale s left out, D_ss = 2 a_s sum_j a_j Sigma_sj, a = row s of V P. What is
/// compared is that error's variance over V_ss.
std::optional<int> most_exposed(const palier::Plan& plan, const Matrix& posterior);

/// Persons of whom `scale` has nothing to do with the others.
AbilityPrior with_one_apart(const palier::Plan& plan, int scale);

/// Persons whose positive correlations are lower by `less`, none below 0; where no such persons are possible, all
/// correlations times 1 - less / the largest of them.
AbilityPrior less_correlated(const palier::Plan& plan, double less);

}  // namespace palier::host
