// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/classification/classification.hpp"

// The methods of classification; the table is in classification.cpp.

namespace palier {

struct ClassificationRule {
    const char* name;
    Side (*side)(const Classification& rules, double cut, const Estimate& estimate, const Evidence& evidence);
};

extern const ClassificationRule by_probability;
extern const ClassificationRule by_interval;
extern const ClassificationRule by_sprt;
extern const ClassificationRule by_glr;

}  // namespace palier
