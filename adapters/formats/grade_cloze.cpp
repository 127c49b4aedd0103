// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/formats/grade_parts.hpp"

namespace palier::formats::grading {
namespace {

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        if (end > at) parts.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return parts;
}

Grade of_part(const ClozeField& field, const ClozePart& part, const std::string& given, const NumberFormat& format) {
    if (const auto* key = std::get_if<NumericalKey>(&part.answers))
        return numerical(NumericalInteraction{}, *key, Entry{given, std::nullopt}, format);
    if (const auto* key = std::get_if<ShortAnswerKey>(&part.answers))
        return short_answer(*key, Entry{given, std::nullopt});
    const bool several = field.entry == ClozeEntry::boxes_column || field.entry == ClozeEntry::boxes_row;
    return choice(ChoiceInteraction{several, false, Numbering::none, field.choices}, std::get<ChoiceKey>(part.answers),
                  Selection{split(given)});
}

}  // namespace

Grade cloze(const ClozeInteraction& shown, const ClozeKey& key, const Pairs& response, const NumberFormat& format) {
    double sum = 0, weights = 0;
    std::size_t answered = 0, complete = 0, known = 0;
    bool unknown = false;
    for (std::size_t i = 0; i < std::min(shown.fields.size(), key.parts.size()); ++i) {
        weights += key.parts[i].weight;
        const auto given = response.pairs.find(shown.fields[i].id);
        if (given == response.pairs.end()) continue;
        ++known;
        const Grade grade = of_part(shown.fields[i], key.parts[i], given->second, format);
        sum += grade.fraction * key.parts[i].weight;
        answered += grade.state == State::not_answered ? 0 : 1;
        complete += grade.state == State::graded ? 1 : 0;
        unknown = unknown || grade.reason == Reason::unknown_choice;
    }
    unknown = unknown || known < response.pairs.size();
    if (answered == 0 && !unknown) return {State::not_answered, Reason::no_answer, 0};
    const double fraction = weights > 0 ? sum / weights : 0;
    if (unknown) return {State::invalid, Reason::unknown_choice, fraction};
    if (complete < shown.fields.size()) return {State::invalid, Reason::incomplete, fraction};
    return {State::graded, Reason::none, fraction};
}

}  // namespace palier::formats::grading
