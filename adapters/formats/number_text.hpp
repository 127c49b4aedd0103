// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "adapters/formats/grader.hpp"

// How a typed number is read. Blanks are dropped; e, E, x10^, *10^, ×10^ (or ** for ^) all write a
// power of ten. With a point, or with two commas or more, commas are thousands separators; else the
// language's separators are read, and a comma that is left is a decimal comma. What is not number
// is the unit, after it or (`unit_before`) before it. Source: qtype_numerical of Moodle 4.5.

namespace palier::formats {

struct TypedNumber {
    double value = 0;
    std::string rest;  // the unit, or whatever else was typed
};

/// Nothing if there is no number where it should be.
std::optional<TypedNumber> read_number(std::string_view text, const NumberFormat& format, bool unit_before = false);

/// A number of a file, or why it is none.
struct WrittenNumber {
    std::optional<double> value;
    std::string problem;
    bool decimal_comma = false;  // its fraction part stands after a comma
};
/// Reads a text that is a number from its first to its last character: [sign] digits [. digits] [power of ten], as
/// Moodle writes numbers whatever the site's language. Digits may stand in groups of three parted by blanks, and by
/// commas where a point follows; a comma alone is a decimal comma if it is the sign of the language, else in doubt.
WrittenNumber written_number(std::string_view text, const NumberFormat& format);

/// The double nearest to a text of [+-] digits [.digits] [e[+-]digits], whatever the process's
/// locale.
double to_double(const std::string& digits);

}  // namespace palier::formats
