// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "adapters/formats/qti_body.hpp"
#include "adapters/formats/response.hpp"

// Answers to the parts of a QTI item: as values for its rules, and as a response for our grader.

namespace palier::formats::qti {

/// What is given for one part; nothing of it: left open.
struct Given {
    std::vector<std::size_t> chosen;  // places in Part::choices; of an ordering all of them
    std::optional<std::string> text;
    std::optional<double> number;
    bool open() const { return chosen.empty() && !text && !number; }
    bool operator==(const Given&) const = default;
};
using Answers = std::vector<Given>;  // one for each part

Variables as_variables(const Answers& answers, const std::vector<Part>& parts, const Declarations& responses);
Response as_response(const Answers& answers, const std::vector<Part>& parts, const Interaction& interaction);
/// For a message: "A, B" by the words of the choices.
std::string as_words(const Answers& answers, const std::vector<Part>& parts);

/// What a part is worth by itself.
struct Worth {
    std::vector<double> of_choice;
    ShortAnswerKey texts;
    std::vector<NumericalAnswer> numbers;
    Given best;
    double most = 0;
    std::vector<Given> tried;  // worth trying once more, with the others
};
/// The score that answers get with this given for the part in question.
using ScoreWith = std::function<double(const Given&)>;
/// `several_right`: whose answer is right only as a whole: those that belong to it.
Worth worth_of(const Part& part, const Processing& processing, const ScoreWith& score,
               const std::optional<std::vector<std::size_t>>& several_right);

}  // namespace palier::formats::qti
