// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "adapters/formats/grader.hpp"

// The numbers of one question's key: each a number from its first to its last character (number_text.hpp).

namespace palier::formats::moodle {

class Numbers {
public:
    explicit Numbers(NumberFormat format) : format_(std::move(format)) {}

    /// `what` is the number's name for a message. Throws Skip where the text is no number.
    double read(const std::string& what, const std::string& text);
    /// The same with a unit of the question behind or before it, in the unit of the answers, at the 14 digits that
    /// Moodle keeps.
    double read(const std::string& what, const std::string& text, const std::vector<NumericalUnit>& units,
                bool unit_before);
    /// "1,500" beside "0.5" may be one and a half, or one thousand five hundred: throws Skip.
    void finish() const;

private:
    NumberFormat format_;
    bool points_ = false;   // some number has a point
    std::string doubtful_;  // the one whose comma may part thousands
};

/// As Moodle keeps a number: whole ones exactly, others at 14 digits.
double stored(double value);

}  // namespace palier::formats::moodle
