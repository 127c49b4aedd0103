// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_numbers.hpp"

#include <cmath>
#include <cstdio>

#include "adapters/formats/moodle_question.hpp"
#include "adapters/formats/number_text.hpp"

namespace palier::formats::moodle {

double Numbers::read(const std::string& what, const std::string& text) {
    const WrittenNumber number = written_number(text, format_);
    if (!number.value) throw Skip{what + " " + number.problem};
    points_ = points_ || text.find('.') != std::string::npos;
    if (number.decimal_comma && text.size() - text.find(',') == 4) doubtful_ = what + " '" + text + "'";
    return *number.value;
}

double Numbers::read(const std::string& what, const std::string& text, const std::vector<NumericalUnit>& units,
                     bool unit_before) {
    for (const NumericalUnit& unit : units) {
        if (!(unit_before ? text.starts_with(unit.name) : text.ends_with(unit.name))) continue;
        const std::string rest =
            xml::trimmed(unit_before ? text.substr(unit.name.size()) : text.substr(0, text.size() - unit.name.size()));
        if (written_number(rest, format_).value) return stored(read(what, rest) * (1 / unit.multiplier));
    }
    return stored(read(what, text));
}

void Numbers::finish() const {
    if (points_ && !doubtful_.empty())
        throw Skip{doubtful_ +
                   " has a comma and other numbers of the question have a point: it may be thousands or decimals"};
}

double stored(double value) {
    if (value == std::floor(value) && std::fabs(value) < 1e14) return value;
    char text[40];
    std::snprintf(text, sizeof text, "%.14g", value);
    return to_double(text);
}

}  // namespace palier::formats::moodle
