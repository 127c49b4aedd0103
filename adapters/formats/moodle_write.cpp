// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_write.hpp"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <set>

#include "adapters/formats/content_names.hpp"
#include "adapters/formats/html_clean.hpp"
#include "adapters/formats/moodle_question.hpp"
#include "adapters/formats/moodle_xml.hpp"
#include "adapters/formats/qti3_parts.hpp"
#include "adapters/text/base64.hpp"
#include "adapters/text/markup.hpp"

namespace palier::formats {
namespace {

using markup::element;
using markup::escaped;

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

/// With quotes as they are between tags, as people write them.
std::string with_quotes(const Html& html) {
    std::string result, text;
    const auto flush = [&] {
        result += replaced(replaced(replaced(text, "&quot;", "\""), "&apos;", "'"), "&#39;", "'");
        text.clear();
    };
    bool in_tag = false;
    for (const char c : html) {
        if (c == '<') flush();
        in_tag = c == '<' || (in_tag && c != '>');
        if (in_tag || c == '>')
            result += c;
        else
            text += c;
        if (c == '>') in_tag = false;
    }
    flush();
    return result;
}

/// The text that the identifier is made of, where one of them is; else the first.
std::string of_identifier(const std::string& id, const std::vector<std::string>& texts) {
    for (const std::string& text : texts)
        if (!id.empty() && id.substr(0, 9) == text_id(id.front(), text)) return text;
    return texts.front();
}

std::string line_text(const Choice& choice) {
    const std::string plain = text_of_html(choice.content);
    std::string marked = replaced(replaced(replaced(plain, "&", "&amp;"), "<", "&lt;"), ">", "&gt;");
    const auto shows = [&](const std::string& text) { return escaped(text_of_html(text)) == choice.content; };
    std::vector<std::string> texts;
    for (const std::string& text : {plain, std::move(marked), choice.content})
        if (shows(text)) texts.push_back(text);
    if (texts.empty()) texts.push_back(choice.content);
    return of_identifier(choice.id, texts);
}

std::string number_text(double value) { return qti3::number(value); }

std::string yes_or_no(bool value) { return value ? "true" : "false"; }
std::string one_or_zero(bool value) { return value ? "1" : "0"; }

std::string upper(std::string_view word) {
    std::string result(word);
    std::transform(result.begin(), result.end(), result.begin(), [](unsigned char c) { return std::toupper(c); });
    return result;
}

std::string simple(const std::string& name, const std::string& text) {
    return "    " + element(name, {}, escaped(text)) + "\n";
}
std::string text_only(const std::string& text) { return element("text", {}, escaped(text)); }

/// One question.
class QuestionText {
public:
    explicit QuestionText(const Item& item) : item_(item), key_(*item.key) {}

    std::string text() {
        const std::string type(std::visit([](const auto& shown) { return type_of(shown); }, item_.interaction));
        const std::string own = std::visit([this](const auto& shown) { return body(shown); }, item_.interaction);
        std::string result = "  <question type=\"" + type + "\">\n    " +
                             element("name", {}, text_only(key_.title.empty() ? item_.id : key_.title)) + "\n" +
                             rich("questiontext", prompt_.empty() ? html_of(item_.prompt) : prompt_) +
                             rich("generalfeedback", html_of(key_.feedback.general));
        if (type != "cloze") result += simple("defaultgrade", number_text(key_.default_mark));
        result += simple("penalty", "0") + simple("hidden", "0") + simple("idnumber", item_.id) + own;
        if (type == "multichoice" || type == "match" || type == "ordering" || type == "gapselect" ||
            !(key_.feedback.right + key_.feedback.partly_right + key_.feedback.wrong).empty())
            result += rich("correctfeedback", html_of(key_.feedback.right)) +
                      rich("partiallycorrectfeedback", html_of(key_.feedback.partly_right)) +
                      rich("incorrectfeedback", html_of(key_.feedback.wrong));
        return result + tags() + "  </question>\n";
    }

private:
    static std::string_view type_of(const ChoiceInteraction&) { return "multichoice"; }
    static std::string_view type_of(const TrueFalseInteraction&) { return "truefalse"; }
    static std::string_view type_of(const MatchInteraction&) { return "match"; }
    static std::string_view type_of(const OrderInteraction&) { return "ordering"; }
    static std::string_view type_of(const GapSelectInteraction&) { return "gapselect"; }
    static std::string_view type_of(const NumericalInteraction&) { return "numerical"; }
    static std::string_view type_of(const ShortAnswerInteraction&) { return "shortanswer"; }
    static std::string_view type_of(const ClozeInteraction&) { return "cloze"; }

    std::string tags() const {
        std::vector<std::string> all = key_.tags;
        const bool said = std::any_of(all.begin(), all.end(), [](const auto& tag) { return tag.starts_with("lang:"); });
        if (!said && !item_.language.empty()) all.push_back("lang:" + item_.language);
        std::string list;
        for (const std::string& tag : all) list += element("tag", {}, text_only(tag));
        return list.empty() ? "" : "    " + element("tags", {}, list) + "\n";
    }

    /// Assets as files of the text.
    static std::string html_of(const Html& html) {
        return replaced(with_quotes(html), "=\"assets/", "=\"@@PLUGINFILE@@/");
    }
    std::string files_of(const std::string& html) const {
        std::string files;
        for (const Asset& asset : item_.assets) {
            const std::string name = asset.path.substr(asset.path.find('/') + 1);
            if (html.find("=\"@@PLUGINFILE@@/" + name + "\"") == std::string::npos) continue;
            files +=
                element("file", {{"name", name}, {"path", "/"}, {"encoding", "base64"}}, base64::encode(asset.bytes));
        }
        return files;
    }
    std::string rich(const std::string& name, const std::string& html, const std::string& more = {}) const {
        return "    " + element(name, {{"format", "html"}}, text_only(html) + files_of(html) + more) + "\n";
    }
    std::string answer(const std::string& text, double fraction, const Html& feedback, const std::string& more = {},
                       bool html = false) const {
        const std::string said = html_of(feedback);
        return "    " +
               element("answer",
                       {{"fraction", moodle::written_decimal(100 * fraction)},
                        {"format", html ? "html" : "moodle_auto_format"}},
                       text_only(text) + (html ? files_of(text) : "") +
                           element("feedback", {{"format", "html"}}, text_only(said) + files_of(said)) + more) +
               "\n";
    }
    template <class Choices>
    static const Choice& of(const Choices& choices, const std::string& id) {
        return *std::find_if(choices.begin(), choices.end(), [&](const Choice& choice) { return choice.id == id; });
    }
    static std::string choice_html(const Choice& choice) {
        const std::string html = html_of(choice.content);
        return of_identifier(choice.id,
                             {html, replaced(html, "\u00a0", "&nbsp;"), replaced(html, "&gt;", ">"), choice.content});
    }

    std::string body(const ChoiceInteraction& shown) const {
        std::string text = simple("single", yes_or_no(!shown.multiple)) +
                           simple("shuffleanswers", yes_or_no(shown.shuffle)) +
                           simple("answernumbering", std::string(names::name(names::numbering, shown.numbering))) +
                           simple("showstandardinstruction", "0");
        for (const Choice& choice : shown.choices) {
            ChoiceScore score{choice.id, 0, {}};
            for (const ChoiceScore& known : std::get<ChoiceKey>(key_.answers).scores)
                if (known.id == choice.id) score = known;
            text += answer(choice_html(choice), score.fraction, score.feedback, {}, true);
        }
        return text;
    }
    std::string body(const TrueFalseInteraction&) const {
        const auto& key = std::get<TrueFalseKey>(key_.answers);
        return answer("true", key.right ? 1 : 0, key.feedback_true) +
               answer("false", key.right ? 0 : 1, key.feedback_false);
    }
    std::string body(const MatchInteraction& shown) const {
        const auto& right = std::get<MatchKey>(key_.answers).right;
        std::string text = simple("shuffleanswers", yes_or_no(shown.shuffle_stems));
        std::set<std::string> used;
        const auto pair = [&](const std::string& html, const std::string& choice) {
            used.insert(choice);
            text += rich("subquestion", html, element("answer", {}, text_only(line_text(of(shown.choices, choice)))));
        };
        for (const Choice& stem : shown.stems) pair(choice_html(stem), right.at(stem.id));
        for (const Choice& choice : shown.choices)
            if (!used.contains(choice.id)) pair("", choice.id);
        return text;
    }
    std::string body(const OrderInteraction& shown) const {
        const auto& key = std::get<OrderKey>(key_.answers);
        std::string text = simple("layouttype", shown.horizontal ? "HORIZONTAL" : "VERTICAL") +
                           simple("selecttype", upper(names::name(names::order_select, key.select))) +
                           simple("selectcount", std::to_string(key.select_count)) +
                           simple("gradingtype", upper(names::name(names::order_grading, key.grading))) +
                           // Without it Moodle makes hints of nothing, and refuses the question.
                           simple("shownumcorrect", "0") + simple("showgrading", "SHOW") +
                           simple("numberingstyle", std::string(names::name(names::numbering, shown.numbering)));
        for (std::size_t i = 0; i < key.order.size(); ++i) {
            const Choice& item = of(shown.items, key.order[i]);
            const std::string html = choice_html(item);
            text += answer(of_identifier(item.id, {html, "<p>" + html + "</p>"}), static_cast<double>(i + 1) / 100, {},
                           {}, true);
        }
        return text;
    }
    std::string body(const GapSelectInteraction& shown) {
        const auto& right = std::get<GapSelectKey>(key_.answers).right;
        std::string text = simple("shuffleanswers", one_or_zero(shown.shuffle));
        std::map<std::pair<std::string, std::string>, int> numbers;
        for (const auto& [group, choices] : shown.groups)
            for (const Choice& choice : choices) {
                numbers.emplace(std::pair(group, choice.id), static_cast<int>(numbers.size()) + 1);
                text +=
                    "    " +
                    element("selectoption", {}, text_only(line_text(choice)) + element("group", {}, escaped(group))) +
                    "\n";
            }
        prompt_ = html_of(item_.prompt);
        for (const Gap& gap : shown.gaps)
            put_in_gap(gap.id, "[[" + std::to_string(numbers.at({gap.group, right.at(gap.id)})) + "]]");
        return text;
    }
    std::string body(const NumericalInteraction& shown) const {
        const auto& key = std::get<NumericalKey>(key_.answers);
        std::string text;
        for (const NumericalAnswer& one : key.answers)
            text += answer(one.value ? number_text(*one.value) : "*", one.fraction, one.feedback,
                           element("tolerance", {}, number_text(one.tolerance)));
        std::string units;
        for (const NumericalUnit& unit : key.units)
            units += element(
                "unit", {},
                element("multiplier", {}, number_text(unit.multiplier)) + element("unit_name", {}, escaped(unit.name)));
        if (!units.empty()) text += "    " + element("units", {}, units) + "\n";
        const char* graded = key.unit_grading == UnitGrading::none      ? "0"
                             : key.unit_grading == UnitGrading::of_mark ? "1"
                                                                        : "2";
        const char* entry = shown.unit_entry == UnitEntry::typed   ? "0"
                            : shown.unit_entry == UnitEntry::radio ? "1"
                            : shown.unit_entry == UnitEntry::menu  ? "2"
                                                                   : "3";
        return text + simple("unitgradingtype", graded) + simple("unitpenalty", number_text(key.unit_penalty)) +
               simple("showunits", entry) + simple("unitsleft", one_or_zero(shown.unit_before));
    }
    std::string body(const ShortAnswerInteraction&) const {
        const auto& key = std::get<ShortAnswerKey>(key_.answers);
        std::string text = simple("usecase", one_or_zero(key.case_sensitive));
        for (const ShortAnswer& one : key.answers) text += answer(one.pattern, one.fraction, one.feedback);
        return text;
    }
    std::string body(const ClozeInteraction& shown) {
        prompt_ = html_of(item_.prompt);
        const auto& key = std::get<ClozeKey>(key_.answers);
        for (std::size_t i = 0; i < shown.fields.size(); ++i)
            put_in_gap(shown.fields[i].id, moodle::gap_source(shown.fields[i], key.parts[i]));
        return {};
    }

    void put_in_gap(const std::string& id, const std::string& text) {
        const std::string mark = "<span data-gap=\"" + markup::escaped_attribute(id) + "\"></span>";
        if (const std::size_t at = prompt_.find(mark); at != std::string::npos) prompt_.replace(at, mark.size(), text);
    }

    const Item& item_;
    const Key& key_;
    std::string prompt_;  // with its gaps filled
};

std::string category_text(const std::vector<std::string>& category) {
    std::string path = "$course$/top";
    for (const std::string& part : category) path += "/" + replaced(part, "/", "//");
    return "  " + element("question", {{"type", "category"}}, element("category", {}, text_only(path))) + "\n";
}

const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<quiz>\n", foot = "</quiz>\n";

}  // namespace

std::string moodle::line_of(const Choice& choice) { return line_text(choice); }

MoodleXml write_moodle_xml(const std::vector<Item>& items) {
    std::vector<const Item*> order;
    for (const Item& item : items)
        if (item.key && item.key->category.empty()) order.push_back(&item);
    for (const Item& item : items)
        if (item.key && !item.key->category.empty()) order.push_back(&item);
    MoodleXml result;
    std::vector<std::string> category;
    for (const Item& item : items)
        if (!item.key) result.losses.push_back({item.id, "it has no key", true});
    std::string text;
    for (const Item* item : order) {
        const std::string opening = item->key->category.empty() ? "" : category_text(item->key->category);
        const std::string question = QuestionText(*item).text();
        const QuestionFile again = read_moodle_xml(head + opening + question + foot, "item '" + item->id + "'");
        if (again.items.size() != 1) {
            const std::string why = again.report.empty() ? "" : ": " + again.report.front().reason;
            result.losses.push_back({item->id, "Moodle XML cannot say it" + why, true});
            continue;
        }
        Item expected = *item;
        expected.key->idnumber = item->id;
        for (const std::string& what : differences(expected, again.items.front()))
            result.losses.push_back({item->id, what, false});
        if (category != item->key->category) text += opening;
        category = item->key->category;
        text += question;
    }
    result.xml = head + text + foot;
    return result;
}

}  // namespace palier::formats
