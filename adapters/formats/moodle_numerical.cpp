// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "adapters/formats/moodle_question.hpp"
#include "adapters/formats/number_text.hpp"

namespace palier::formats::moodle {
namespace {

using Half = Texts::Half;

/// As Moodle keeps a number: whole ones exactly, others at 14 digits.
double stored(double value) {
    if (value == std::floor(value) && std::fabs(value) < 1e14) return value;
    char text[40];
    std::snprintf(text, sizeof text, "%.14g", value);
    return to_double(text);
}

/// A number of the file, in the unit of the answers if it names one.
std::optional<double> number(const std::string& text, const std::vector<NumericalUnit>& units, bool unit_before) {
    const auto typed = read_number(text, NumberFormat{}, unit_before && !units.empty());
    if (!typed) return std::nullopt;
    for (const NumericalUnit& unit : units)
        if (unit.name == typed->rest) return stored(typed->value * (1 / unit.multiplier));
    return stored(typed->value);
}

std::vector<NumericalUnit> read_units(const xmlNode* question) {
    std::vector<NumericalUnit> units;
    for (const xmlNode* unit : xml::children(xml::child(question, "units"), "unit")) {
        const std::string name = value(unit, "unit_name");
        const auto multiplier = number(value(unit, "multiplier", "1"), {}, false);
        const bool known =
            std::any_of(units.begin(), units.end(), [&](const NumericalUnit& other) { return other.name == name; });
        if (name.empty() || known) continue;
        if (!multiplier || *multiplier == 0) continue;
        units.push_back({name, *multiplier});
    }
    return units;
}

UnitEntry unit_entry(const std::string& showunits, bool has_units) {
    if (showunits.empty()) return has_units ? UnitEntry::typed : UnitEntry::none;
    if (showunits == "0") return UnitEntry::typed;
    return showunits == "1" ? UnitEntry::radio : showunits == "2" ? UnitEntry::menu : UnitEntry::none;
}

NumericalAnswer read_answer(Texts& texts, const xmlNode* answer, const NumericalKey& key, bool unit_before) {
    NumericalAnswer result;
    const std::string text = text_in(answer);
    if (text != "*") {
        result.value = number(text, key.units, unit_before);
        if (!result.value) throw Skip{"the answer '" + text + "' is no number"};
    }
    const std::string tolerance = value(answer, "tolerance");
    if (!tolerance.empty()) {
        const auto read = number(tolerance, key.units, unit_before);
        if (!read) throw Skip{"the tolerance '" + tolerance + "' is no number"};
        result.tolerance = std::fabs(*read);
    }
    const xmlNode* old_fraction = xml::child(answer, "fraction");
    result.fraction = old_fraction != nullptr ? to_double(xml::trimmed(xml::text(old_fraction))) : fraction_of(answer);
    result.feedback = texts.rich(xml::child(answer, "feedback"), Half::key);
    return result;
}

}  // namespace

Body read_numerical(Texts& texts) {
    const xmlNode* question = texts.question();
    Html prompt = texts.rich(xml::child(question, "questiontext"), Half::presentation);
    NumericalInteraction shown;
    NumericalKey key;
    key.units = read_units(question);
    shown.unit_before = flag(value(question, "unitsleft", "0")) && !key.units.empty();
    shown.unit_entry = unit_entry(value(question, "showunits"), !key.units.empty());
    if (shown.unit_entry == UnitEntry::radio || shown.unit_entry == UnitEntry::menu)
        for (const NumericalUnit& unit : key.units) shown.units.push_back(unit.name);
    const std::string graded = value(question, "unitgradingtype", "0");
    key.unit_grading = graded == "1"   ? UnitGrading::of_mark
                       : graded == "2" ? UnitGrading::of_maximum
                                       : UnitGrading::none;
    key.unit_penalty = to_double(value(question, "unitpenalty", "0.1"));
    for (const xmlNode* answer : xml::children(question, "answer")) {
        if (text_in(answer).empty()) continue;
        key.answers.push_back(read_answer(texts, answer, key, shown.unit_before));
    }
    if (key.answers.empty()) throw Skip{"there is no answer"};
    if (!text_in(xml::child(question, "instructions")).empty()) texts.note("instructions are not carried");
    return {std::move(prompt), std::move(shown), std::move(key)};
}

}  // namespace palier::formats::moodle
