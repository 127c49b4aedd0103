// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/classification/classification.hpp"
#include "engine/stopping/stopping.hpp"

// Rules about what is decided of the person.

namespace palier {
namespace {

constexpr Option method = {.key = "method", .kind = Option::Kind::choice, .names = classification_method_names};

StopTest classified(const Json& options) {
    std::optional<ClassificationMethod> own;
    if (const auto name = method.choice(options)) own = classification_method_named(*name);
    return {[own](const Situation& now) {
        const Classification& rules = *now.classification;
        return decided_category(rules, own.value_or(rules.method), now.estimate, now.evidence).has_value();
    }};
}

}  // namespace

extern const StopRule classified_stop = {
    .name = "classified",
    .description = "Every cut of `classification` is decided, by its method or this one.",
    .options = {method},
    .make = classified,
    .promise = true,
    .needs = "classification",
    .needs_example = "{\"cuts\": [0]}"};

}  // namespace palier
