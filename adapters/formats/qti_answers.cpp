// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti_answers.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <limits>

#include "adapters/formats/html_clean.hpp"
#include "adapters/formats/moodle_numbers.hpp"
#include "adapters/formats/xml.hpp"

namespace palier::formats::qti {
namespace {

constexpr double none = 1e-9;
constexpr std::size_t most_points = 600;

std::string number_text(double number) {
    char text[40];
    std::snprintf(text, sizeof text, "%.17g", number);
    return text;
}

std::string id_of(const Part& part, std::size_t choice) { return part.choices[choice].id; }

std::string swapped_case(std::string text) {
    for (char& c : text)
        if (c >= 'a' && c <= 'z')
            c = static_cast<char>(c - 32);
        else if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c + 32);
    return text;
}

std::string as_pattern(const std::string& text) {
    std::string pattern;
    for (const char c : text) pattern += c == '*' ? std::string("\\*") : std::string(1, c);
    return pattern;
}

Given choose(std::size_t choice) { return {{choice}, std::nullopt, std::nullopt}; }
Given typed_text(std::string text) { return {{}, std::move(text), std::nullopt}; }
Given typed_number(double number) { return {{}, std::nullopt, number}; }

void of_one(const Part& part, const ScoreWith& score, Worth& worth) {
    for (std::size_t c = 0; c < part.choices.size(); ++c) {
        worth.of_choice.push_back(score(choose(c)));
        if (worth.of_choice.back() <= worth.most + none) continue;
        worth.most = worth.of_choice.back();
        worth.best = choose(c);
    }
}

/// Of several each adds its own: what a right one is worth alone, and what a wrong one takes away beside right ones,
/// as a lower bound may hide it where it stands alone.
void of_several(const Part& part, const ScoreWith& score, Worth& worth) {
    const std::size_t n = part.choices.size();
    std::vector<std::size_t> right;
    for (std::size_t c = 0; c < n; ++c) {
        worth.of_choice.push_back(score(choose(c)));
        if (worth.of_choice.back() > none) right.push_back(c);
    }
    if (right.empty()) return;
    std::stable_sort(right.begin(), right.end(),
                     [&](std::size_t a, std::size_t b) { return worth.of_choice[a] > worth.of_choice[b]; });
    if (part.most > 0 && right.size() > static_cast<std::size_t>(part.most))
        right.resize(static_cast<std::size_t>(part.most));
    worth.best.chosen = right;
    worth.most = score(worth.best);
    for (std::size_t c = 0; c < n; ++c) {
        if (worth.of_choice[c] > none) continue;
        Given pair{{right.front(), c}, std::nullopt, std::nullopt}, all = worth.best;
        all.chosen.push_back(c);
        worth.of_choice[c] =
            std::min({worth.of_choice[c], score(pair) - worth.of_choice[right.front()], score(all) - worth.most});
    }
}

void of_text(const Processing& processing, const ScoreWith& score, Worth& worth) {
    struct Found {
        std::string text;
        double value;
        bool anywhere, any_case;
    };
    std::vector<Found> found;
    bool case_counts = false, none_has_case = true;
    for (const std::string& text : processing.texts()) {
        if (xml::trimmed(text).empty()) continue;
        const double value = score(typed_text(text));
        const std::string other = swapped_case(text);
        worth.tried.push_back(typed_text(text));
        worth.tried.push_back(typed_text(other));
        const bool anywhere = std::fabs(value) > none && std::fabs(score(typed_text("~" + text + "~")) - value) <= none;
        const bool same = other != text && std::fabs(score(typed_text(other)) - value) <= none;
        found.push_back({text, value, anywhere, same});
        if (other == text || std::fabs(value) <= none) continue;
        none_has_case = false;
        case_counts = case_counts || !same;
    }
    worth.tried.push_back(typed_text("~ palier ~"));
    const double otherwise = score(worth.tried.back());
    worth.texts.case_sensitive = case_counts || none_has_case;
    std::stable_sort(found.begin(), found.end(),
                     [](const Found& a, const Found& b) { return a.anywhere < b.anywhere; });
    const bool wild = std::fabs(otherwise) > none ||
                      std::any_of(found.begin(), found.end(), [](const Found& one) { return one.anywhere; });
    for (const Found& one : found) {
        if (std::fabs(one.value) <= none && !wild) continue;
        const std::string pattern = as_pattern(one.text);
        worth.texts.answers.push_back(
            {one.anywhere ? "*" + pattern + "*" : pattern, one.value, {}, case_counts && one.any_case});
        if (one.value <= worth.most + none) continue;
        worth.most = one.value;
        worth.best = typed_text(one.text);
    }
    if (std::fabs(otherwise) > none) worth.texts.answers.push_back({"*", otherwise, {}});
    if (otherwise > worth.most + none) {
        worth.most = otherwise;
        worth.best = worth.tried.back();
    }
}

/// Rules that compute with what is typed may change the score at a number that they do not name.
bool stays(const ScoreWith& score, double from, double to, double value) {
    if (to - from <= none * (std::fabs(from) + std::fabs(to))) return true;
    for (const double part : {0.03, 0.11, 0.23, 0.37, 0.61, 0.79, 0.93})
        if (std::fabs(score(typed_number(from + part * (to - from))) - value) > none) return false;
    return true;
}

/// The worth of numbers as steps: it can change at a number that the rules name, and stays between two of them.
void of_number(const Part& part, const Processing& processing, const ScoreWith& score, Worth& worth) {
    const std::set<double> set = processing.breakpoints();
    const std::vector<double> edges(set.begin(), set.end());
    if (edges.empty()) return;
    if (edges.size() > most_points) throw Refusal{part.line, "its rules name more than 600 numbers"};
    std::vector<double> points;  // before the first edge, edge, between, edge, …, behind the last
    points.push_back(edges.front() - 1 - std::fabs(edges.front()));
    for (std::size_t i = 0; i < edges.size(); ++i) {
        points.push_back(edges[i]);
        points.push_back(i + 1 < edges.size() ? edges[i] + (edges[i + 1] - edges[i]) / 2
                                              : edges[i] + 1 + std::fabs(edges[i]));
    }
    std::vector<double> values;
    for (const double point : points) {
        values.push_back(score(typed_number(point)));
        worth.tried.push_back(typed_number(point));
        if (values.back() <= worth.most + none) continue;
        worth.most = values.back();
        worth.best = typed_number(point);
    }
    const double rest = values.front(), far = 1000 * (1 + std::fabs(edges.front()) + std::fabs(edges.back()));
    for (std::size_t i = 0; i <= edges.size(); ++i)
        if (!stays(score, i == 0 ? edges.front() - far : edges[i - 1],
                   i == edges.size() ? edges.back() + far : edges[i], values[2 * i]))
            throw Refusal{part.line,
                          "its rules compute with the number that is typed, so that its worth changes at "
                          "numbers that they do not name"};
    for (std::size_t i = 0; i < points.size();) {
        std::size_t end = i;
        while (end + 1 < points.size() && std::fabs(values[end + 1] - values[i]) <= none) ++end;
        if (std::fabs(values[i] - rest) > none) {
            if (end + 1 == points.size())
                throw Refusal{part.line, "numbers without an end, above " + number_text(edges.back()) +
                                             ", are worth something else than others"};
            const bool open_low = i % 2 == 0, open_high = end % 2 == 0;
            double low = points[open_low ? i - 1 : i], high = points[open_high ? end + 1 : end];
            const double sliver = (high - low) * 1e-9;
            low += open_low ? sliver : 0;
            high -= open_high ? sliver : 0;
            NumericalAnswer answer;
            answer.value = moodle::stored(low + (high - low) / 2);
            answer.tolerance = moodle::stored((high - low) / 2);
            answer.fraction = values[i];
            worth.numbers.push_back(answer);
        }
        i = end + 1;
    }
    if (std::fabs(rest) > none) worth.numbers.push_back({std::nullopt, 0, ToleranceType::nominal, rest, {}});
}

}  // namespace

Variables as_variables(const Answers& answers, const std::vector<Part>& parts, const Declarations& responses) {
    Variables variables;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        const Declaration& declared = responses.at(parts[p].variable);
        Value& value =
            variables.try_emplace(parts[p].variable, Value{declared.shape, declared.base, {}, {}}).first->second;
        if (answers[p].number) value.numbers.push_back(*answers[p].number);
        if (answers[p].text && !answers[p].text->empty()) value.texts.push_back(*answers[p].text);
        for (const std::size_t choice : answers[p].chosen) {
            const std::string& one = parts[p].values[choice];
            Value single{Shape::single, declared.base, {one}, {}};
            bool there = false;
            for (std::size_t i = 0; i < value.texts.size() && declared.base == Base::pair; ++i)
                there = there || same_content(value, i, single, 0);
            if (!there) value.texts.push_back(one);
        }
    }
    return variables;
}

Response as_response(const Answers& answers, const std::vector<Part>& parts, const Interaction& interaction) {
    if (std::holds_alternative<ChoiceInteraction>(interaction)) {
        Selection selection;
        for (const std::size_t choice : answers[0].chosen) selection.choices.push_back(id_of(parts[0], choice));
        return selection;
    }
    if (std::holds_alternative<OrderInteraction>(interaction)) {
        Sequence sequence;
        for (const std::size_t choice : answers[0].chosen) sequence.order.push_back(id_of(parts[0], choice));
        return sequence;
    }
    const auto typed = [](const Given& given) {
        return given.number ? number_text(*given.number) : given.text.value_or("");
    };
    if (std::holds_alternative<NumericalInteraction>(interaction) ||
        std::holds_alternative<ShortAnswerInteraction>(interaction))
        return Entry{typed(answers[0]), std::nullopt};
    Pairs pairs;
    for (std::size_t p = 0; p < parts.size(); ++p) {
        if (answers[p].open()) continue;
        const bool match = std::holds_alternative<MatchInteraction>(interaction);
        std::string& text = pairs.pairs[match ? parts[p].stem.id : "g" + std::to_string(p + 1)];
        text = typed(answers[p]);
        for (const std::size_t choice : answers[p].chosen) text += (text.empty() ? "" : ",") + id_of(parts[p], choice);
    }
    return pairs;
}

std::string as_words(const Answers& answers, const std::vector<Part>& parts) {
    std::string words;
    for (std::size_t p = 0; p < parts.size() && words.size() < 200; ++p) {
        if (answers[p].open()) continue;
        std::string own;
        if (answers[p].number) own = number_text(*answers[p].number);
        if (answers[p].text) own = *answers[p].text;
        for (const std::size_t choice : answers[p].chosen)
            own += (own.empty() ? "" : ", ") +
                   (parts[p].owners.empty() ? parts[p].values[choice] : parts[p].owners[choice]);
        words += (words.empty() ? "" : "; ") + (parts[p].own.empty() ? "" : parts[p].own + ": ") + own;
    }
    return words.empty() ? "nothing" : xml::shortened(words, 200);
}

Worth worth_of(const Part& part, const Processing& processing, const ScoreWith& score,
               const std::optional<std::vector<std::size_t>>& several_right) {
    Worth worth;
    switch (part.kind) {
        case Part::Kind::one:
            of_one(part, score, worth);
            break;
        case Part::Kind::several:
            if (!several_right) {
                of_several(part, score, worth);
                break;
            }
            worth.of_choice.assign(part.choices.size(), -1);
            for (const std::size_t choice : *several_right)
                worth.of_choice[choice] = 1 / static_cast<double>(several_right->size());
            worth.best.chosen = *several_right;
            worth.most = several_right->empty() ? 0 : 1;
            break;
        case Part::Kind::order:
            break;
        case Part::Kind::text:
            of_text(processing, score, worth);
            break;
        case Part::Kind::number:
            of_number(part, processing, score, worth);
            break;
    }
    return worth;
}

}  // namespace palier::formats::qti
