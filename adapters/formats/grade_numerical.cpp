// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "adapters/formats/grade_parts.hpp"
#include "adapters/formats/number_text.hpp"

namespace palier::formats {

namespace {

// Decimal signs by language: Unicode CLDR 42 (as ICU 72 has it). Moodle's thousands separator is a blank where CLDR has
// one of its blanks.
constexpr std::string_view comma_and_blank =
    " af be bg br cs eo et fi fr hu hy ka kk lt lv nb nn no pl pt-pt ru sk sq sv uk de-at en-za ";
constexpr std::string_view comma_and_point = " az bs ca da de el es eu fo gl hr id is it lb mk nl pt ro sl sr tr vi ";
constexpr std::string_view point_and_comma = " es-mx es-us es-419 es-pr es-gt es-hn es-ni es-pa es-sv es-do es-pe ";
constexpr std::string_view point_and_apostrophe = " de-ch de-li it-ch ";

bool lists(std::string_view list, const std::string& tag) {
    return list.find(" " + tag + " ") != std::string_view::npos;
}

}  // namespace

NumberFormat number_format(std::string_view language) {
    std::string tag;
    for (const char c : language) tag += c == '_' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    // "fr-ca-x" as a whole, then "fr-ca", then "fr".
    while (!tag.empty()) {
        if (lists(comma_and_blank, tag)) return {",", " "};
        if (lists(comma_and_point, tag)) return {",", "."};
        if (lists(point_and_comma, tag)) return {};
        if (lists(point_and_apostrophe, tag)) return {".", "\xE2\x80\x99"};
        const std::size_t cut = tag.rfind('-');
        tag.resize(cut == std::string::npos ? 0 : cut);
    }
    return {};
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
