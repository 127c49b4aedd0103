// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "adapters/formats/moodle_numbers.hpp"
#include "adapters/formats/moodle_question.hpp"

namespace palier::formats::moodle {
namespace {

using Half = Texts::Half;

std::vector<NumericalUnit> read_units(Texts& texts, Numbers& numbers) {
    std::vector<NumericalUnit> units;
    for (const xmlNode* unit : xml::children(xml::child(texts.question(), "units"), "unit")) {
        const std::string name = value(unit, "unit_name");
        if (name.empty()) continue;
        const double multiplier =
            stored(numbers.read("the multiplier of the unit '" + name + "'", value(unit, "multiplier", "1")));
        if (multiplier == 0) throw Skip{"the unit '" + name + "' has the multiplier 0"};
        const auto known =
            std::find_if(units.begin(), units.end(), [&](const NumericalUnit& other) { return other.name == name; });
        if (known == units.end())
            units.push_back({name, multiplier});
        else if (known->multiplier != multiplier)
            texts.note("the unit '" + name + "' is there twice, with different multipliers: the first counts");
    }
    return units;
}

UnitEntry unit_entry(const std::string& showunits, bool has_units) {
    if (showunits.empty()) return has_units ? UnitEntry::typed : UnitEntry::none;
    if (showunits == "0") return UnitEntry::typed;
    return showunits == "1" ? UnitEntry::radio : showunits == "2" ? UnitEntry::menu : UnitEntry::none;
}

NumericalAnswer read_answer(Texts& texts, const xmlNode* answer, const NumericalKey& key, bool unit_before,
                            Numbers& numbers) {
    NumericalAnswer result;
    const std::string text = text_in(answer);
    if (text != "*") result.value = numbers.read("the answer", text, key.units, unit_before);
    const std::string tolerance = value(answer, "tolerance");
    if (!tolerance.empty())
        result.tolerance = std::fabs(numbers.read("the tolerance", tolerance, key.units, unit_before));
    const xmlNode* old_fraction = xml::child(answer, "fraction");
    result.fraction = old_fraction != nullptr
                          ? on_grid(Numbers({",", " "}).read("the grade", xml::trimmed(xml::text(old_fraction))), texts)
                          : fraction_of(answer, texts);
    result.feedback = texts.rich(xml::child(answer, "feedback"), Half::key);
    return result;
}

}  // namespace

Body read_numerical(Texts& texts) {
    const xmlNode* question = texts.question();
    Html prompt = texts.prompt();
    NumericalInteraction shown;
    NumericalKey key;
    Numbers numbers(texts.numbers());
    key.units = read_units(texts, numbers);
    shown.unit_before = flag(value(question, "unitsleft", "0")) && !key.units.empty();
    shown.unit_entry = unit_entry(value(question, "showunits"), !key.units.empty());
    if (shown.unit_entry == UnitEntry::radio || shown.unit_entry == UnitEntry::menu)
        for (const NumericalUnit& unit : key.units) shown.units.push_back(unit.name);
    const std::string graded = value(question, "unitgradingtype", "0");
    key.unit_grading = graded == "1"   ? UnitGrading::of_mark
                       : graded == "2" ? UnitGrading::of_maximum
                                       : UnitGrading::none;
    const std::string penalty = value(question, "unitpenalty");
    if (!penalty.empty()) key.unit_penalty = numbers.read("the unit penalty", penalty);
    for (const xmlNode* answer : xml::children(question, "answer")) {
        if (text_in(answer).empty()) continue;
        key.answers.push_back(read_answer(texts, answer, key, shown.unit_before, numbers));
    }
    numbers.finish();
    if (key.answers.empty()) throw Skip{"there is no answer"};
    if (!text_in(xml::child(question, "instructions")).empty()) texts.note("instructions are not carried");
    return {std::move(prompt), std::move(shown), std::move(key)};
}

}  // namespace palier::formats::moodle
