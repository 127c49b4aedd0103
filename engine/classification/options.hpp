// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "engine/levels/options.hpp"
#include "engine/util/json.hpp"

// The sections `classification` and `floor` of a plan.

namespace palier {

enum class ClassificationMethod : std::uint8_t { probability, interval, sprt, glr };

/// On which side of each cut?
struct Classification {
    ClassificationMethod method = ClassificationMethod::probability;
    std::vector<double> cuts;
    int first = 0;  ///< number of the category below the first cut
    std::vector<Json> names;
    double confidence = 0.9;
    double alpha = 0.1;
    double beta = 0.1;
    double indifference = 0.3;     ///< half-width, logits
    bool wald_thresholds = false;  ///< of glr: those of version 0.1.0, by which errors exceed alpha and beta
};

/// The ability below which a person needs help.
struct Floor {
    double theta = 0;
    double confidence = 0.9;
    int min_items = 6;
    int max_items = 25;
    bool halfway = true;  ///< items are chosen for half-way between the estimate and the floor
};

/// A classification without cuts of its own takes the threshold, else the cuts of the levels.
std::optional<Classification> read_classification(const Json& plan, const std::optional<Levels>& levels,
                                                  const std::optional<Threshold>& threshold, Json& normalised);
std::optional<Floor> read_floor(const Json& plan, const std::optional<Levels>& levels, Json& normalised);

}  // namespace palier
