// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <optional>

#include "adapters/formats/moodle_gaps.hpp"
#include "adapters/formats/moodle_numbers.hpp"
#include "adapters/formats/moodle_question.hpp"
#include "adapters/formats/number_text.hpp"

// Moodle's "embedded answers" (qtype_multianswer of Moodle 4.5): {WEIGHT:TYPE:ALTERNATIVE~ALTERNATIVE…} in the text, an
// alternative being [= or %PERCENT%] answer [#feedback]. A backslash takes their meaning from } and #.

namespace palier::formats::moodle {
namespace {

struct Kind {
    std::string_view name;
    ClozeEntry entry;
    bool option = false;  // of choices: shuffled; of texts: case counts
};
constexpr std::array kinds{Kind{"NUMERICAL", ClozeEntry::number},
                           Kind{"NM", ClozeEntry::number},
                           Kind{"MULTICHOICE", ClozeEntry::list},
                           Kind{"MC", ClozeEntry::list},
                           Kind{"MULTICHOICE_V", ClozeEntry::column},
                           Kind{"MCV", ClozeEntry::column},
                           Kind{"MULTICHOICE_H", ClozeEntry::row},
                           Kind{"MCH", ClozeEntry::row},
                           Kind{"SHORTANSWER", ClozeEntry::text},
                           Kind{"SA", ClozeEntry::text},
                           Kind{"MW", ClozeEntry::text},
                           Kind{"SHORTANSWER_C", ClozeEntry::text, true},
                           Kind{"SAC", ClozeEntry::text, true},
                           Kind{"MWC", ClozeEntry::text, true},
                           Kind{"MULTICHOICE_S", ClozeEntry::list, true},
                           Kind{"MCS", ClozeEntry::list, true},
                           Kind{"MULTICHOICE_VS", ClozeEntry::column, true},
                           Kind{"MCVS", ClozeEntry::column, true},
                           Kind{"MULTICHOICE_HS", ClozeEntry::row, true},
                           Kind{"MCHS", ClozeEntry::row, true},
                           Kind{"MULTIRESPONSE", ClozeEntry::boxes_column},
                           Kind{"MR", ClozeEntry::boxes_column},
                           Kind{"MULTIRESPONSE_H", ClozeEntry::boxes_row},
                           Kind{"MRH", ClozeEntry::boxes_row},
                           Kind{"MULTIRESPONSE_S", ClozeEntry::boxes_column, true},
                           Kind{"MRS", ClozeEntry::boxes_column, true},
                           Kind{"MULTIRESPONSE_HS", ClozeEntry::boxes_row, true},
                           Kind{"MRHS", ClozeEntry::boxes_row, true}};

struct Alternative {
    std::string answer, feedback;
    double fraction = 0;
};

struct Gap {
    std::string weight, source;
    Kind kind;
    std::vector<Alternative> alternatives;
    bool own_percentages = false;
    std::size_t end = 0;  // past the closing brace
};

bool digit(char c) { return c >= '0' && c <= '9'; }

/// An answer ends before ~ # or } that no backslash and no & (of a character reference) stands before.
std::size_t answer_end(const std::string& text, std::size_t from) {
    for (std::size_t at = from + 1; at < text.size(); ++at) {
        if (text[at] != '~' && text[at] != '#' && text[at] != '}') continue;
        const char before = text[at - 1];
        const bool reference = before == '&' || (at >= 5 && text.compare(at - 5, 5, "&amp;") == 0);
        if (before != '\\' && !reference) return at;
    }
    return std::string::npos;
}

std::size_t feedback_end(const std::string& text, std::size_t from) {
    for (std::size_t at = from; at < text.size(); ++at)
        if ((text[at] == '~' || text[at] == '}') && text[at - 1] != '\\') return at;
    return std::string::npos;
}

/// As the HTML editor's references and the backslashes of } and # are undone.
std::string unquoted(const std::string& text) {
    std::string plain = text.find('&') == std::string::npos ? text : decoded_references(text);
    for (const std::string_view quoted : {"\\}", "\\#"})
        for (std::size_t at = plain.find(quoted); at != std::string::npos; at = plain.find(quoted, at + 1))
            plain.erase(at, 1);
    return plain;
}

/// The gap that opens at `at`, if there is one.
std::optional<Gap> gap_at(const std::string& text, std::size_t at) {
    Gap gap;
    std::size_t to = at + 1;
    while (to < text.size() && digit(text[to])) ++to;
    if (to >= text.size() || text[to] != ':') return std::nullopt;
    gap.weight = text.substr(at + 1, to - at - 1);
    const std::size_t colon = text.find(':', to + 1);
    if (colon == std::string::npos || colon - to > 30) return std::nullopt;
    const std::string_view name = std::string_view(text).substr(to + 1, colon - to - 1);
    const auto kind = std::find_if(kinds.begin(), kinds.end(), [&](const Kind& one) { return one.name == name; });
    if (kind == kinds.end()) return std::nullopt;
    gap.kind = *kind;
    to = colon + 1;
    while (true) {
        Alternative alternative;
        if (to < text.size() && text[to] == '=') {
            alternative.fraction = 1;
            ++to;
        } else if (to < text.size() && text[to] == '%') {
            const std::size_t end = text.find('%', to + 1);
            if (end != std::string::npos && end - to < 20) {
                const WrittenNumber percent = written_number(text.substr(to + 1, end - to - 1), {",", " "});
                if (percent.value) {
                    alternative.fraction = *percent.value / 100;
                    gap.own_percentages = true;
                    to = end + 1;
                }
            }
        }
        if (to < text.size() && (text[to] == '~' || text[to] == '}'))
            throw Skip{"an alternative of the gap '" + xml::shortened(text.substr(at, 60), 60) + "' is empty"};
        const std::size_t end = answer_end(text, to);
        if (end == std::string::npos) return std::nullopt;
        alternative.answer = unquoted(text.substr(to, end - to));
        to = end;
        if (text[to] == '#') {
            const std::size_t last = feedback_end(text, to + 1);
            if (last == std::string::npos) return std::nullopt;
            alternative.feedback = unquoted(text.substr(to + 1, last - to - 1));
            to = last;
        }
        gap.alternatives.push_back(std::move(alternative));
        if (text[to] == '}') break;
        ++to;
    }
    gap.end = to + 1;
    gap.source = text.substr(at, gap.end - at);
    return gap;
}

/// Seven decimals, as Moodle's database keeps a fraction.
double kept(double fraction) { return std::round(fraction * 1e7) / 1e7; }

/// Of several right choices the positive fractions make 1; where no percentages were given, a wrong one takes away a
/// right one.
void share(Gap& gap) {
    double total = 0;
    for (const Alternative& one : gap.alternatives) total += std::max(0.0, one.fraction);
    if (total <= 0) return;
    for (Alternative& one : gap.alternatives) {
        if (one.fraction > 0)
            one.fraction /= total;
        else if (!gap.own_percentages)
            one.fraction = -1.0 / total;
    }
}

/// A gap as a field and its key.
class Fields {
public:
    explicit Fields(Texts& texts) : texts_(texts), numbers_(texts.numbers()) {}

    void add(Gap gap) {
        const std::string id = "g" + std::to_string(shown.fields.size() + 1);
        ClozeField field{id, gap.kind.entry, false, {}};
        ClozePart part;
        part.field = id;
        if (!gap.weight.empty()) part.weight = to_double(gap.weight);
        if (gap.kind.entry == ClozeEntry::number) {
            part.answers = number(gap);
        } else if (gap.kind.entry == ClozeEntry::text) {
            ShortAnswerKey answers{gap.kind.option, {}};
            for (const Alternative& one : gap.alternatives)
                if (const std::string pattern = xml::trimmed(one.answer); !pattern.empty())
                    answers.answers.push_back({pattern, kept(one.fraction), feedback(one)});
            part.answers = std::move(answers);
        } else {
            field.shuffle = gap.kind.option;
            part.answers = choices(gap, field);
        }
        shown.fields.push_back(std::move(field));
        key.parts.push_back(std::move(part));
    }
    void finish() const { numbers_.finish(); }

    ClozeInteraction shown;
    ClozeKey key;

private:
    Html feedback(const Alternative& one) { return texts_.rich_text(one.feedback, Texts::Half::key); }

    NumericalKey number(const Gap& gap) {
        NumericalKey answers;
        for (const Alternative& one : gap.alternatives) {
            NumericalAnswer answer;
            const std::string text = xml::trimmed(one.answer);
            const std::size_t colon = text.find(':');
            if (text != "*") answer.value = stored(numbers_.read("the answer", xml::trimmed(text.substr(0, colon))));
            if (colon != std::string::npos)
                answer.tolerance =
                    std::fabs(stored(numbers_.read("the tolerance", xml::trimmed(text.substr(colon + 1)))));
            answer.fraction = kept(one.fraction);
            answer.feedback = feedback(one);
            answers.answers.push_back(std::move(answer));
        }
        return answers;
    }

    ChoiceKey choices(Gap& gap, ClozeField& field) {
        const bool list = field.entry == ClozeEntry::list;
        if (field.entry == ClozeEntry::boxes_column || field.entry == ClozeEntry::boxes_row) share(gap);
        Identifiers ids('c');
        ChoiceKey scores;
        for (const Alternative& one : gap.alternatives) {
            const std::string id = ids.of(xml::trimmed(one.answer));
            field.choices.push_back(
                {id, list ? texts_.line(one.answer) : texts_.rich_text(one.answer, Texts::Half::presentation)});
            scores.scores.push_back({id, kept(one.fraction), feedback(one)});
        }
        return scores;
    }

    Texts& texts_;
    Numbers numbers_;
};

}  // namespace

Body read_cloze(Texts& texts) {
    const std::string text = texts.in_one_language(html_in(xml::child(texts.question(), "questiontext")));
    if (count_gaps(text, private_gap) > 0) throw Skip{"the text has characters of Unicode's private use area"};
    Fields fields(texts);
    std::string with_marks;
    for (std::size_t at = 0; at < text.size();) {
        auto gap = text[at] == '{' ? gap_at(text, at) : std::nullopt;
        if (!gap) {
            with_marks += text[at++];
            continue;
        }
        at = gap->end;
        fields.add(std::move(*gap));
        if (fields.shown.fields.size() > 200) throw Skip{"more than 200 gaps"};
        with_marks +=
            std::string(private_gap.open) + std::to_string(fields.shown.fields.size()) + std::string(private_gap.close);
    }
    if (fields.shown.fields.empty()) throw Skip{"there is no gap such as {1:SHORTANSWER:=answer} in the text"};
    fields.finish();
    Html prompt = texts.prompt(with_marks);
    if (put_gaps(prompt, private_gap).size() != fields.shown.fields.size())
        throw Skip{"a gap stands where the text that is carried has none"};
    return {std::move(prompt), std::move(fields.shown), std::move(fields.key)};
}

}  // namespace palier::formats::moodle
