// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <charconv>
#include <map>
#include <set>

#include "adapters/formats/content_names.hpp"
#include "adapters/formats/moodle_gaps.hpp"
#include "adapters/formats/moodle_question.hpp"

namespace palier::formats::moodle {
namespace {

using Half = Texts::Half;

void by_identifier(std::vector<Choice>& choices) {
    std::sort(choices.begin(), choices.end(), [](const Choice& a, const Choice& b) { return a.id < b.id; });
}

/// Answers that look the same: which of them is meant, nobody can tell if their marks differ.
class Twins {
public:
    void add(const std::string& shown, double fraction) {
        const auto first = fractions_.emplace(shown, fraction).first;
        if (first->second != fraction) same_.insert(shown);
    }
    void report(const std::string& what, Texts& texts) const {
        for (const std::string& one : same_)
            texts.note("two " + what + " are the same, with different marks: '" + text_of_html(one) + "'");
    }

private:
    std::map<std::string, double> fractions_;
    std::set<std::string> same_;
};

Numbering numbering(const std::string& word) { return names::value(names::numbering, word).value_or(Numbering::none); }

Body multichoice(Texts& texts) {
    const xmlNode* question = texts.question();
    Html prompt = texts.prompt();
    ChoiceInteraction shown;
    ChoiceKey key;
    shown.multiple = !flag(value(question, "single", "true"));
    shown.shuffle = flag(value(question, "shuffleanswers", "false"));
    const std::string style = value(question, "answernumbering", "abc");
    shown.numbering = numbering(style.empty() ? "abc" : style);
    Identifiers ids('c');
    Twins twins;
    for (const xmlNode* answer : xml::children(question, "answer")) {
        const std::string text = text_in(answer);
        if (text.empty()) continue;
        const std::string id = ids.of(text);
        shown.choices.push_back({id, texts.rich(answer, Half::presentation)});
        key.scores.push_back({id, fraction_of(answer, texts), texts.rich(xml::child(answer, "feedback"), Half::key)});
        twins.add(shown.choices.back().content, key.scores.back().fraction);
    }
    if (shown.choices.size() < 2) throw Skip{"fewer than two choices"};
    twins.report("choices", texts);
    return {std::move(prompt), std::move(shown), std::move(key)};
}

Body truefalse(Texts& texts) {
    const xmlNode* question = texts.question();
    Html prompt = texts.prompt();
    TrueFalseKey key;
    bool first = true;
    std::vector<bool> whole;  // which of the answers are worth the whole mark
    for (const xmlNode* answer : xml::children(question, "answer")) {
        const std::string text = text_in(answer);
        const bool named = text == "true" || text == "false";
        const bool is_true = named ? text == "true" : first;
        whole.push_back(fraction_of(answer, texts) == 1.0);
        key.right = whole.back() == is_true;
        (is_true ? key.feedback_true : key.feedback_false) = texts.rich(xml::child(answer, "feedback"), Half::key);
        if (!named) texts.note("the answers are not named true and false: the first is taken as true");
        first = false;
    }
    if (whole.empty()) throw Skip{"there is no answer"};
    if (whole.size() > 1 && std::count(whole.begin(), whole.end(), true) != 1)
        throw Skip{"one of true and false should be worth the whole mark, and here " +
                   std::string(whole.front() ? "both are" : "neither is")};
    return {std::move(prompt), TrueFalseInteraction{}, std::move(key)};
}

Body match(Texts& texts) {
    const xmlNode* question = texts.question();
    Html prompt = texts.prompt();
    MatchInteraction shown;
    MatchKey key;
    shown.shuffle_stems = flag(value(question, "shuffleanswers", "1"));
    Identifiers stem_ids('s'), choice_ids('c');
    std::map<std::string, std::string> choice_of;
    std::map<Html, std::string> seen_stems;
    for (const xmlNode* pair : xml::children(question, "subquestion")) {
        const std::string stem = text_in(pair), answer = text_in(xml::child(pair, "answer"));
        if (stem.empty() && answer.empty()) continue;
        if (answer.empty()) throw Skip{"a stem has no answer"};
        auto choice = choice_of.find(answer);
        if (choice == choice_of.end()) {
            choice = choice_of.emplace(answer, choice_ids.of(answer)).first;
            shown.choices.push_back({choice->second, texts.line(answer)});
            if (shown.choices.back().content.empty())
                throw Skip{"an answer has no words that a list could show: '" + xml::shortened(answer, 60) + "'"};
        }
        if (stem.empty()) continue;
        const std::string id = stem_ids.of(stem);
        shown.stems.push_back({id, texts.rich(pair, Half::presentation)});
        key.right[id] = choice->second;
        if (const auto twin = seen_stems.emplace(shown.stems.back().content, choice->second);
            twin.first->second != choice->second)
            texts.note("two lines to match are the same, with different answers: '" + text_of_html(stem) + "'");
    }
    if (shown.stems.empty()) throw Skip{"there is no stem"};
    by_identifier(shown.choices);
    return {std::move(prompt), std::move(shown), std::move(key)};
}

OrderGrading order_grading(std::string word) {
    for (char& c : word)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (word == "abs" || word == "absolute") return OrderGrading::absolute_position;
    return names::value(names::order_grading, word).value_or(OrderGrading::relative_next_exclude_last);
}

OrderSelect order_select(std::string word) {
    for (char& c : word)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (word == "all" || word == "exact") return OrderSelect::all;
    return word == "contiguous" || word == "contig" ? OrderSelect::contiguous : OrderSelect::random;
}

bool horizontal(std::string word) {
    for (char& c : word)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
    return word == "HORIZONTAL" || word == "HORI" || word == "H" || word == "1";
}

/// "<p>text</p>" as "text", as Moodle keeps the items of an ordering.
std::string without_paragraph(const std::string& text) {
    const std::string open = "<p>", close = "</p>";
    const bool one = text.starts_with(open) && text.ends_with(close) && text.find(open, 1) == std::string::npos &&
                     text.find('\n') == std::string::npos;
    return one ? xml::trimmed(text.substr(open.size(), text.size() - open.size() - close.size())) : text;
}

Body ordering(Texts& texts) {
    const xmlNode* question = texts.question();
    Html prompt = texts.prompt();
    const bool named_now = xml::child(question, "selecttype") != nullptr;
    OrderInteraction shown;
    OrderKey key;
    shown.horizontal = horizontal(value(question, "layouttype", "VERTICAL"));
    shown.numbering = numbering(value(question, "numberingstyle"));
    key.grading = order_grading(value(question, "gradingtype", "RELATIVE"));
    key.select = order_select(value(question, named_now ? "selecttype" : "logical", "RANDOM"));
    const std::string count = value(question, named_now ? "selectcount" : "studentsee", "6");
    const auto end = std::from_chars(count.data(), count.data() + count.size(), key.select_count).ptr;
    if (end != count.data() + count.size() && key.select != OrderSelect::all)
        throw Skip{"the number of items to show, '" + count + "', is no whole number"};
    Identifiers ids('o');
    std::set<std::string> seen;
    for (const xmlNode* answer : xml::children(question, "answer")) {
        const std::string text = text_in(answer);
        if (text.empty()) continue;
        if (!seen.insert(without_paragraph(text)).second)
            throw Skip{"two items have the same text, and Moodle cannot tell them apart"};
        const std::string id = ids.of(text);
        shown.items.push_back({id, texts.rich(answer, without_paragraph(text), Half::presentation)});
        key.order.push_back(id);
    }
    if (key.order.size() < 2) throw Skip{"fewer than two items"};
    const int all = static_cast<int>(key.order.size());
    key.select_count = std::min(all, std::max(2, key.select_count));
    if (key.select_count == all) key.select = OrderSelect::all;
    if (key.select == OrderSelect::all) key.select_count = all;
    by_identifier(shown.items);
    return {std::move(prompt), std::move(shown), std::move(key)};
}

/// The choices of a gapselect or ddwtos that are not blank, and the text with its gaps renumbered to them.
std::vector<std::pair<std::string, std::string>> gap_choices(const xmlNode* question, const char* element,
                                                             std::string& text) {
    std::vector<std::pair<std::string, std::string>> choices;  // text, group
    std::size_t number = 0;
    for (const xmlNode* option : xml::children(question, element)) {
        ++number;
        const std::string choice = text_in(option);
        if (choice.empty()) continue;
        choices.emplace_back(choice, value(option, "group", "1"));
        if (choices.size() == number) continue;
        const std::string from = "[[" + std::to_string(number) + "]]",
                          to = "[[" + std::to_string(choices.size()) + "]]";
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
            text.replace(at, from.size(), to);
    }
    return choices;
}

/// `element`: what holds a choice, <selectoption> or the <dragbox> of ddwtos, whose key and marks are the same.
Body gapselect(Texts& texts, const char* element) {
    const xmlNode* question = texts.question();
    std::string text = texts.in_one_language(html_in(xml::child(question, "questiontext")));
    const auto choices = gap_choices(question, element, text);
    if (choices.empty()) throw Skip{std::string("there is no <") + element + ">"};

    GapSelectInteraction shown;
    GapSelectKey key;
    shown.shuffle = flag(value(question, "shuffleanswers", "1"));
    std::vector<std::string> ids;
    std::map<std::string, Identifiers> by_group;
    std::set<std::pair<std::string, Html>> seen;
    for (const auto& [choice, group] : choices) {
        ids.push_back(by_group.try_emplace(group, 'c').first->second.of(choice));
        shown.groups[group].push_back({ids.back(), texts.line(choice)});
        if (!seen.emplace(group, shown.groups[group].back().content).second)
            texts.note("two choices of a list are the same, and a gap takes one of them: '" + text_of_html(choice) +
                       "'");
    }
    Html prompt = texts.prompt(text);
    const std::vector<std::size_t> numbers = put_gaps(prompt, square_gap);
    if (numbers.empty()) throw Skip{"there is no gap [[1]] in the text"};
    if (numbers.size() > 1000) throw Skip{"more than 1,000 gaps"};
    if (numbers.size() != count_gaps(text, square_gap))
        throw Skip{"a gap stands where the text that is carried has none"};
    std::set<std::string> used;
    for (const std::size_t number : numbers) {
        if (number == 0 || number > choices.size())
            throw Skip{"the gap [[" + std::to_string(number) + "]] has no choice"};
        const std::string id = "g" + std::to_string(shown.gaps.size() + 1);
        const std::string& group = choices[number - 1].second;
        shown.gaps.push_back({id, group});
        key.right[id] = ids[number - 1];
        used.insert(group);
    }
    std::erase_if(shown.groups, [&](const auto& group) { return !used.contains(group.first); });
    if (shown.shuffle)
        for (auto& [name, group] : shown.groups) by_identifier(group);
    return {std::move(prompt), std::move(shown), std::move(key)};
}

Body shortanswer(Texts& texts) {
    const xmlNode* question = texts.question();
    Html prompt = texts.prompt();
    ShortAnswerKey key;
    key.case_sensitive = flag(value(question, "usecase", "0"));
    Twins twins;
    double best = 0;
    for (const xmlNode* answer : xml::children(question, "answer")) {
        const std::string pattern = text_in(answer);
        if (pattern.empty()) continue;
        key.answers.push_back(
            {pattern, fraction_of(answer, texts), texts.rich(xml::child(answer, "feedback"), Half::key)});
        best = std::max(best, key.answers.back().fraction);
        twins.add(pattern, key.answers.back().fraction);
    }
    if (best < 1) throw Skip{"no answer is worth the whole mark"};
    twins.report("answers", texts);
    return {std::move(prompt), ShortAnswerInteraction{}, std::move(key)};
}

/// Why, and what can be done.
std::string not_carried(const std::string& type) {
    std::string advice;
    if (type.starts_with("calculated"))
        advice = "its numbers are drawn anew for each learner: make numerical questions of some of its draws";
    else if (type == "essay")
        advice = "a person has to mark it";
    else if (type == "description")
        advice = "it asks nothing: put its text into the questions that need it";
    else if (type.starts_with("random"))
        advice = "it stands for other questions: export those";
    else if (type == "ddimageortext" || type == "ddmarker")
        advice = "make a question of type match, gapselect or ddwtos of it";
    else if (type == "coderunner" || type == "stack" || type == "formulas")
        advice = "another program marks it: it can be asked in Moodle alone";
    else
        advice =
            "ask it in Moodle, or make a multichoice, truefalse, match, ordering, gapselect, ddwtos, numerical, "
            "shortanswer or cloze question of it";
    return "the question type '" + xml::shortened(type, 60) + "' is not carried" +
           (advice.empty() ? "" : "; " + advice);
}

}  // namespace

Body read_body(const std::string& type, Texts& texts) {
    if (xml::children(texts.question()).size() > 1000) throw Skip{"more than 1,000 parts"};
    if (text_in(xml::child(texts.question(), "questiontext")).size() > (1U << 20))
        throw Skip{"the text is larger than 1 MiB"};
    if (type == "multichoice") return multichoice(texts);
    if (type == "truefalse") return truefalse(texts);
    // ddmatch is a match whose answers are dragged: HTML, of which a list shows the words.
    if (type == "match" || type == "matching" || type == "ddmatch") return match(texts);
    if (type == "ordering") return ordering(texts);
    if (type == "gapselect") return gapselect(texts, "selectoption");
    if (type == "ddwtos") return gapselect(texts, "dragbox");
    if (type == "numerical") return read_numerical(texts);
    if (type == "shortanswer") return shortanswer(texts);
    if (type == "cloze" || type == "multianswer") return read_cloze(texts);
    throw Skip{not_carried(type)};
}

}  // namespace palier::formats::moodle
