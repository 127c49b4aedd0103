// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/classification/classification.hpp"

#include <array>

#include "engine/classification/methods.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/math/elementary.hpp"

namespace palier {
namespace {

// In the order of ClassificationMethod.
constexpr std::array<const ClassificationRule*, 4> methods = {&by_probability, &by_interval, &by_sprt, &by_glr};

Side by_probability_of(double confidence, double above) {
    if (above >= confidence) return Side::above;
    return above <= 1 - confidence ? Side::below : Side::undecided;
}

Side probability_side(const Classification& rule, double cut, const Estimate& estimate, const Evidence&) {
    return by_probability_of(rule.confidence, probability_above(cut, estimate.theta, estimate.se));
}

Side interval_side(const Classification& rule, double cut, const Estimate& estimate, const Evidence&) {
    const double half = math::normal_quantile(0.5 * (1 + rule.confidence)) * estimate.se;
    if (estimate.theta - half > cut) return Side::above;
    return estimate.theta + half < cut ? Side::below : Side::undecided;
}

}  // namespace

const ClassificationRule by_probability = {"probability", probability_side};
const ClassificationRule by_interval = {"interval", interval_side};

const char* name(Side side) {
    constexpr std::array<const char*, 3> names = {"below", "undecided", "above"};
    return names[static_cast<std::size_t>(side)];
}

const char* name(ClassificationMethod method) { return methods[static_cast<std::size_t>(method)]->name; }

const std::vector<std::string>& classification_method_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const ClassificationRule* rule : methods) list.emplace_back(rule->name);
        return list;
    }();
    return names;
}

ClassificationMethod classification_method_named(const std::string& name) {
    for (std::size_t i = 0; i < methods.size(); ++i)
        if (name == methods[i]->name) return static_cast<ClassificationMethod>(i);
    throw ArgumentError("unknown method of classification '" + name + "'");
}

Side side_of(const Classification& rule, ClassificationMethod method, double cut, const Estimate& estimate,
             const Evidence& evidence) {
    return methods[static_cast<std::size_t>(method)]->side(rule, cut, estimate, evidence);
}

std::optional<int> decided_category(const Classification& rule, ClassificationMethod method, const Estimate& estimate,
                                    const Evidence& evidence) {
    int above = 0;
    bool below = false;
    for (const double cut : rule.cuts) {
        const Side side = side_of(rule, method, cut, estimate, evidence);
        if (side == Side::undecided || (side == Side::above && below)) return std::nullopt;
        if (side == Side::above) {
            ++above;
        } else {
            below = true;
        }
    }
    return above;
}

Side side_of_threshold(const Threshold& threshold, const std::optional<Classification>& classification,
                       const Estimate& estimate, const Evidence& evidence) {
    if (classification)
        for (const double cut : classification->cuts)
            if (cut == threshold.theta)
                return side_of(*classification, classification->method, cut, estimate, evidence);
    return by_probability_of(threshold.confidence, probability_above(threshold.theta, estimate.theta, estimate.se));
}

Side side_of_floor(const Floor& floor, const Estimate& estimate) {
    return by_probability_of(floor.confidence, probability_above(floor.theta, estimate.theta, estimate.se));
}

}  // namespace palier
