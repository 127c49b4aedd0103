// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "adapters/formats/grade_parts.hpp"
#include "adapters/formats/number_text.hpp"

namespace palier::formats {

NumberFormat number_format(std::string_view language) {
    const bool french = language == "fr" || language.starts_with("fr-") || language.starts_with("fr_");
    return french ? NumberFormat{",", " "} : NumberFormat{};
}

namespace grading {
namespace {

bool holds(const NumericalAnswer& answer, double value) {
    if (!answer.value) return true;
    constexpr double epsilon = 1e-14;
    const double a = *answer.value, t = std::fabs(answer.tolerance);
    double low = 0, high = 0;
    switch (answer.tolerance_type) {
        case ToleranceType::relative: {
            const double range = std::fabs(a) * (t + epsilon);
            low = a - range;
            high = a + range;
            break;
        }
        case ToleranceType::nominal: {
            const double range = t + epsilon * std::max({t, std::fabs(a), epsilon});
            low = a - range;
            high = a + range;
            break;
        }
        case ToleranceType::geometric: {
            const double quotient = 1 + t + epsilon;
            low = a < 0 ? a * quotient : a / quotient;
            high = a < 0 ? a / quotient : a * quotient;
            break;
        }
    }
    return low <= value && value <= high;
}

const NumericalUnit* find_unit(const NumericalKey& key, const std::string& name) {
    for (const NumericalUnit& unit : key.units)
        if (unit.name == name) return &unit;
    return nullptr;
}

double without_right_unit(const NumericalKey& key, double fraction) {
    if (key.unit_grading == UnitGrading::of_mark) fraction -= key.unit_penalty * fraction;
    if (key.unit_grading == UnitGrading::of_maximum) fraction -= key.unit_penalty;
    return std::max(fraction, 0.0);
}

double fraction_of(const NumericalKey& key, double value, const NumericalUnit* unit) {
    const double scaled = unit == nullptr ? value : value * (1 / unit->multiplier);
    for (const NumericalAnswer& answer : key.answers) {
        if (!holds(answer, scaled) && !holds(answer, value)) continue;
        const bool unit_right = unit != nullptr && holds(answer, scaled);
        return unit_right ? answer.fraction : without_right_unit(key, answer.fraction);
    }
    return 0;
}

bool separator_misread(const std::string& thousands, std::string_view text) {
    return (thousands == "." || thousands == ",") && text.find(thousands) != std::string_view::npos;
}

}  // namespace

Grade numerical(const NumericalInteraction& shown, const NumericalKey& key, const Entry& response,
                const NumberFormat& format) {
    const std::string_view text = trimmed(response.text);
    if (text.empty()) return {State::not_answered, Reason::no_answer, 0};
    // Moodle reads units before the number only where there are units.
    const auto number = read_number(text, format, shown.unit_before && !key.units.empty());
    if (!number) return {State::invalid, Reason::not_a_number, 0};

    const bool apart = shown.unit_entry == UnitEntry::radio || shown.unit_entry == UnitEntry::menu;
    const std::string chosen{trimmed(response.unit.value_or(""))};
    const std::string unit = apart && response.unit ? chosen : number->rest;
    const double fraction = fraction_of(key, number->value, find_unit(key, unit));
    if (shown.unit_entry != UnitEntry::typed && !number->rest.empty())
        return {State::invalid, Reason::unit_not_expected, fraction};
    if (apart && chosen.empty()) return {State::invalid, Reason::unit_missing, fraction};
    if (separator_misread(format.thousands, text)) return {State::invalid, Reason::thousands_separator, fraction};
    return {State::graded, Reason::none, fraction};
}

}  // namespace grading
}  // namespace palier::formats
