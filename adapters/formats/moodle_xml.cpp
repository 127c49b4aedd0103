// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_xml.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "adapters/formats/best_mark.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/file_kind.hpp"
#include "adapters/formats/item_check.hpp"
#include "adapters/formats/moodle_question.hpp"
#include "adapters/formats/number_text.hpp"

namespace palier::formats {
namespace {

using namespace moodle;
using Half = Texts::Half;

/// "$course$/top/A/B//C" is {"A", "B/C"}.
std::vector<std::string> category_path(const std::string& text) {
    std::vector<std::string> parts(1);
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool slash = text[i] == '/';
        if (slash && i + 1 < text.size() && text[i + 1] == '/')
            parts.back() += text[i++];
        else if (slash)
            parts.emplace_back();
        else
            parts.back() += text[i];
    }
    for (std::string& part : parts) part = xml::trimmed(part);
    std::erase(parts, "");
    if (!parts.empty() && parts.front().size() > 1 && parts.front().front() == '$' && parts.front().back() == '$')
        parts.erase(parts.begin());
    if (!parts.empty() && parts.front() == "top") parts.erase(parts.begin());
    return parts;
}

std::vector<std::string> tags_of(const xmlNode* question) {
    std::vector<std::string> tags;
    for (const xmlNode* tag : xml::children(xml::child(question, "tags"), "tag"))
        if (std::string text = text_in(tag); !text.empty()) tags.push_back(std::move(text));
    return tags;
}

std::string language_of(const std::vector<std::string>& tags, const std::string& otherwise) {
    for (const std::string& tag : tags)
        if (tag.starts_with("lang:") && tag.size() > 5) return tag.substr(5);
    return otherwise;
}

Feedback feedback_of(const xmlNode* question, Texts& texts) {
    const auto rich = [&](const char* name) { return texts.rich(xml::child(question, name), Half::key); };
    return {rich("generalfeedback"), rich("correctfeedback"), rich("partiallycorrectfeedback"),
            rich("incorrectfeedback")};
}

double mark(const std::string& text, Texts& texts) {
    if (text.empty()) return 1;
    const WrittenNumber number = written_number(text, texts.numbers());
    if (number.value && *number.value >= 0 && *number.value <= 1e6) return *number.value;
    texts.note("the default mark " + (number.value ? "'" + text + "' is out of range" : number.problem) +
               ": it counts as 1");
    return 1;
}

/// "4 and 12", "4, 12 and 20".
std::string listed(const std::vector<long>& lines) {
    std::string text;
    for (std::size_t i = 0; i < lines.size() && i < 10; ++i)
        text += (i == 0 ? "" : i + 1 == lines.size() ? " and " : ", ") + std::to_string(lines[i]);
    return lines.size() > 10 ? text + ", …" : text;
}

class Reader {
public:
    Reader(const std::string& file, const QuestionOptions& options) : options_(options) { result_.file = file; }

    /// Which idnumbers are there, before any question is read.
    void look_at(const xmlNode* node) {
        if (xml::attribute(node, "type") == "category") return;
        if (const std::string idnumber = value(node, "idnumber"); !idnumber.empty())
            lines_[idnumber].push_back(xml::line(node));
    }

    void question(const xmlNode* node) {
        const std::string type = xml::attribute(node, "type");
        if (type == "category") {
            category_ = category_path(text_in(xml::child(node, "category")));
            return;
        }
        const std::vector<std::string> tags = tags_of(node);
        Texts texts(node, language_of(tags, options_.language));
        QuestionReport report;
        report.name = texts.in_one_language(text_in(xml::child(node, "name")));
        report.type = type;
        report.line = xml::line(node);
        report.idnumber = value(node, "idnumber");
        try {
            if (const auto same = lines_.find(report.idnumber); same != lines_.end() && same->second.size() > 1)
                throw Skip{"the idnumber '" + report.idnumber + "' is there " +
                           (same->second.size() == 2 ? "twice" : std::to_string(same->second.size()) + " times") +
                           ", in lines " + listed(same->second) +
                           ": none of these questions is carried, as nobody can tell which of them the bank means"};
            Item item = read(node, report, texts);
            report.item = item.id;
            result_.items.push_back(std::move(item));
        } catch (const Skip& skip) {
            report.reason = skip.reason;
        } catch (const FormatError& error) {
            report.reason = error.what();
        }
        report.notes = texts.take_notes();
        result_.report.push_back(std::move(report));
    }

    QuestionFile take() { return std::move(result_); }

private:
    Item read(const xmlNode* node, QuestionReport& report, Texts& texts) {
        Item item;
        Body body = read_body(report.type, texts);
        item.prompt = std::move(body.prompt);
        item.interaction = std::move(body.interaction);
        Key key;
        key.title = report.name;
        key.idnumber = report.idnumber;
        key.category = category_;
        key.tags = tags_of(node);
        key.default_mark = mark(value(node, "defaultgrade"), texts);
        key.answers = std::move(body.answers);
        key.feedback = feedback_of(node, texts);
        item.language = language_of(key.tags, options_.language);
        item.assets = texts.take_assets();
        if (!xml::children(node, "hint").empty()) texts.note("hints are not carried");
        item.id = key.idnumber.empty() ? text_id('q', report.type + "\n" + text_in(xml::child(node, "name")) + "\n" +
                                                          text_in(xml::child(node, "questiontext")))
                                       : key.idnumber;
        item.key = std::move(key);
        if (std::string problem = item_problem(item); !problem.empty()) throw Skip{problem};
        report.best = best_mark(item);
        if (verdict(report.best) != Verdict::right) texts.note(never_right(report.best));
        const std::string base = item.id;
        const auto taken = [&] { return lines_.contains(item.id) && item.id != item.key->idnumber; };
        while (taken() || !ids_.insert(item.id).second) item.id = base + "-" + std::to_string(++times_[base] + 1);
        if (item.id != base)
            texts.note("another question has the identifier " + base + ": this one is called " + item.id);
        return item;
    }

    const QuestionOptions& options_;
    QuestionFile result_;
    std::vector<std::string> category_;
    std::set<std::string> ids_;
    std::map<std::string, int> times_;                // how often an identifier was taken
    std::map<std::string, std::vector<long>> lines_;  // of each idnumber
};

}  // namespace

QuestionFile read_moodle_xml(std::string_view bytes, const std::string& file, const QuestionOptions& options) {
    if (const std::string kind = file_kind(bytes); !kind.empty()) throw FormatError(file, 0, other_kind(kind));
    const xml::Document document = xml::parse(bytes, file);
    const xmlNode* root = xmlDocGetRootElement(document.get());
    if (root == nullptr || xml::name(root) != "quiz") {
        const std::string_view space =
            root == nullptr || root->ns == nullptr ? "" : reinterpret_cast<const char*>(root->ns->href);
        const std::string kind = root == nullptr ? "" : xml_kind(xml::name(root), space);
        throw FormatError(file, root == nullptr ? 0 : xml::line(root),
                          kind.empty() ? "Moodle's question XML opens with <quiz>" : other_kind(kind));
    }
    Reader reader(file, options);
    for (const xmlNode* question : xml::children(root, "question")) reader.look_at(question);
    for (const xmlNode* question : xml::children(root, "question")) reader.question(question);
    return reader.take();
}

QuestionFile read_moodle_xml_file(const std::string& path, const QuestionOptions& options) {
    return read_moodle_xml(xml::read_file(path), path, options);
}

}  // namespace palier::formats
