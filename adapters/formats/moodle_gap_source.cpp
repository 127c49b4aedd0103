// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_question.hpp"
#include "adapters/formats/qti3_parts.hpp"
#include "adapters/text/markup.hpp"

// The inverse of moodle_cloze.cpp: a gap as {WEIGHT:TYPE:ALTERNATIVE~…}. What has a meaning there is written as a
// reference, which Moodle reads in answers and feedback alike.

namespace palier::formats::moodle {
namespace {

std::string referred(const std::string& text) {
    std::string result;
    for (const char c : text) switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '}':
            case '#':
            case '~':
            case '=':
            case '%':
            case '\\':
                result += "&#" + std::to_string(static_cast<int>(c)) + ";";
                break;
            default:
                result += c;
        }
    return result;
}

std::string type_name(const ClozeField& field, const ClozePart& part) {
    const std::string shuffled = field.shuffle ? "S" : "";
    switch (field.entry) {
        case ClozeEntry::list:
            return field.shuffle ? "MULTICHOICE_S" : "MULTICHOICE";
        case ClozeEntry::column:
            return "MULTICHOICE_V" + shuffled;
        case ClozeEntry::row:
            return "MULTICHOICE_H" + shuffled;
        case ClozeEntry::boxes_column:
            return field.shuffle ? "MULTIRESPONSE_S" : "MULTIRESPONSE";
        case ClozeEntry::boxes_row:
            return "MULTIRESPONSE_H" + shuffled;
        case ClozeEntry::number:
            return "NUMERICAL";
        case ClozeEntry::text:
            break;
    }
    return std::get<ShortAnswerKey>(part.answers).case_sensitive ? "SHORTANSWER_C" : "SHORTANSWER";
}

/// `whole`: "=" will do for the whole mark, and nothing for none.
std::string alternative(const std::string& answer, double fraction, const Html& feedback, bool whole = true) {
    const std::string worth = whole && fraction == 1   ? "="
                              : whole && fraction == 0 ? ""
                                                       : "%" + written_decimal(100 * fraction) + "%";
    return worth + referred(answer) + (feedback.empty() ? "" : "#" + referred(feedback));
}

std::string number(double value) { return qti3::number(value); }

}  // namespace

std::string gap_source(const ClozeField& field, const ClozePart& part) {
    std::vector<std::string> alternatives;
    if (const auto* choices = std::get_if<ChoiceKey>(&part.answers)) {
        const bool boxes = field.entry == ClozeEntry::boxes_column || field.entry == ClozeEntry::boxes_row;
        for (const Choice& choice : field.choices) {
            ChoiceScore score{choice.id, 0, {}};
            for (const ChoiceScore& known : choices->scores)
                if (known.id == choice.id) score = known;
            alternatives.push_back(alternative(field.entry == ClozeEntry::list ? line_of(choice) : choice.content,
                                               score.fraction, score.feedback, !boxes));
        }
    } else if (const auto* numbers = std::get_if<NumericalKey>(&part.answers)) {
        for (const NumericalAnswer& one : numbers->answers)
            alternatives.push_back(alternative(one.value ? number(*one.value) + ":" + number(one.tolerance) : "*",
                                               one.fraction, one.feedback));
    } else {
        for (const ShortAnswer& one : std::get<ShortAnswerKey>(part.answers).answers)
            alternatives.push_back(alternative(one.pattern, one.fraction, one.feedback));
    }
    std::string text = "{" + number(part.weight) + ":" + type_name(field, part) + ":";
    for (std::size_t i = 0; i < alternatives.size(); ++i) text += (i == 0 ? "" : "~") + alternatives[i];
    return text + "}";
}

}  // namespace palier::formats::moodle
