// SPDX-License-Identifier: GPL-3.0-or-later
#include <array>
#include <cmath>
#include <cstdio>

#include "adapters/formats/moodle_question.hpp"
#include "adapters/formats/number_text.hpp"

namespace palier::formats::moodle {
namespace {

// Moodle's list of fractions of a mark (question_bank::fraction_options of Moodle 4.5), in its order.
constexpr std::array grid{1.0, 0.9,  0.8333333, 0.8,       0.75,      0.7,   0.6666667, 0.6, 0.5,  0.4, 0.3333333,
                          0.3, 0.25, 0.2,       0.1666667, 0.1428571, 0.125, 0.1111111, 0.1, 0.05, 0.0};
// Moodle's import takes a fraction of the list within 1e-5; "nearest grade" takes the nearest. Here that is done for
// percentages that were rounded or cut to whole ones, and noted; a fraction of nothing in the list is refused.
constexpr double same = 0.00001, rounded = 0.01;

std::string percent(double fraction) {
    std::string text = written_decimal(100 * fraction);
    return text + " %";
}

}  // namespace

double on_grid(double fraction, Texts& texts) {
    double nearest = 1;
    for (const double known : grid)
        for (const double signed_one : {known, -known})
            if (std::fabs(fraction - signed_one) < std::fabs(fraction - nearest)) nearest = signed_one + 0.0;
    const double distance = std::fabs(fraction - nearest);
    if (distance < same) return nearest;
    const std::string given = percent(fraction);
    if (!(distance < rounded))
        throw Skip{"the grade " + given + " is not in Moodle's list of grades; the nearest is " + percent(nearest)};
    texts.note("the grade " + given + " is read as " + percent(nearest) + ", the nearest in Moodle's list");
    return nearest;
}

double fraction_of(const xmlNode* answer, Texts& texts) {
    const std::string text = xml::trimmed(xml::attribute(answer, "fraction", "0"));
    // A percentage is no more than 100: its comma parts decimals, whatever the language.
    const WrittenNumber number = written_number(text, {",", " "});
    if (!number.value) throw Skip{"the grade " + number.problem};
    return on_grid(*number.value / 100, texts);
}

std::string written_decimal(double value) {
    char text[40];
    std::snprintf(text, sizeof text, "%.7g", value);
    return text;
}

}  // namespace palier::formats::moodle
