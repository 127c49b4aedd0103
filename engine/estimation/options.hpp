// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/estimation/prior.hpp"
#include "engine/util/json.hpp"

// The sections `scales` and `estimation` of a plan.

namespace palier {

/// What se is computed from, of ml, mlf, map and wle: the expected information; the observed one, -l'' at the estimate,
/// where that is above 0; or how far the estimates of persons of this ability spread, sqrt(I) / |I - r'|, r what the
/// estimator adds to the score l' (map: (mean - theta) / sd^2 or I' / (2 I); wle: J / (2 I); mlf: the fences' scores;
/// Magis 2016). After few answers the last is small, as the prior holds the estimates together: intervals and stops are
/// better served by the first.
enum class StandardError { expected, observed, sampling };

/// The weights w(r) of estimator robust, for dichotomous items: a slip on a question far from theta, or a lucky guess,
/// counts less. Huber's are 1 to |r| = t and t / |r| beyond, Tukey's (1 - (r / t)^2)^2 to |r| = t and 0 beyond.
struct Robust {
    bool tukey = false;
    double constant = 1;
};

struct Estimation {
    std::string estimator = "eap";
    double low = -6;
    double high = 6;
    int nodes = 61;
    bool carry_item_uncertainty = true;
    bool delta_method = false;  ///< the doubt widens se by the delta method, as engine 0.1.0 did, not the slopes
    StandardError standard_error = StandardError::expected;
    /// Of mlf: a right response to an item at the first and a wrong one to an item at the second, both of slope
    /// fence_slope, hold the estimate of constant patterns (flagged at_bound). Absent: the ends of the range.
    std::optional<std::pair<double, double>> fences;
    double fence_slope = 3;
    Robust robust;
    /// Of eap: Gauss-Hermite nodes around the posterior's mode (Naylor and Smith 1982); 0: the trapezoid rule.
    int adaptive_nodes = 0;
};

struct ScaleRules {
    std::string id;
    Json name;  ///< text, language map or null
    Prior prior;
    // Of plans of several scales (engine/ability/options.hpp).
    std::string domain = {};                    ///< that it belongs to; "" for none
    std::optional<double> standard_error = {};  ///< its own target; absent: stop.standard_error
    int min_items = 0;                          ///< at least so many of its own questions…
    std::optional<int> max_items = {};          ///< …and at most so many
    double weight = 1;                          ///< of its variance in the choice, and of it in its domain
    bool reported = true;                       ///< false: a factor of the model (a testlet's, say), told to nobody
    std::optional<double> required_theta = {};  ///< that a profile (a job, a common base) asks for
    /// The highest level that is asked about, where that is not the plan's highest: no own question of a level above it
    /// is asked, and whoever is told it has it at least. The plan's reader holds it to the levels.
    std::optional<int> top_level = {};
};

Estimation read_estimation(const Json& plan, Json& normalised);
/// Empty where the plan names none. With more than one, every prior is normal and no id is there twice.
std::vector<ScaleRules> read_scales(const Json& plan, Json& normalised);

}  // namespace palier
