// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/moodle_xml.hpp"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "adapters/formats/errors.hpp"
#include "adapters/formats/item_check.hpp"
#include "adapters/formats/moodle_question.hpp"

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

double mark(const std::string& text) {
    char* end = nullptr;
    const double value = std::strtod(text.c_str(), &end);
    return end == text.c_str() || !(value >= 0) || value > 1e6 ? 1 : value;
}

class Reader {
public:
    Reader(const std::string& file, const MoodleXmlOptions& options) : options_(options) { result_.file = file; }

    void question(const xmlNode* node) {
        const std::string type = xml::attribute(node, "type");
        if (type == "category") {
            category_ = category_path(text_in(xml::child(node, "category")));
            return;
        }
        QuestionReport report{text_in(xml::child(node, "name")), type, xml::line(node), {}, {}, {}};
        Texts texts(node);
        try {
            Item item = read(node, type, report.name, texts);
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

    MoodleXml take() { return std::move(result_); }

private:
    Item read(const xmlNode* node, const std::string& type, const std::string& title, Texts& texts) {
        Item item;
        Body body = read_body(type, texts);
        item.prompt = std::move(body.prompt);
        item.interaction = std::move(body.interaction);
        Key key;
        key.title = title;
        key.idnumber = value(node, "idnumber");
        key.category = category_;
        key.tags = tags_of(node);
        key.default_mark = mark(value(node, "defaultgrade", "1"));
        key.answers = std::move(body.answers);
        key.feedback = feedback_of(node, texts);
        item.language = language_of(key.tags, options_.language);
        item.assets = texts.take_assets();
        if (!xml::children(node, "hint").empty()) texts.note("hints are not carried");
        item.id = key.idnumber.empty()
                      ? text_id('q', type + "\n" + title + "\n" + text_in(xml::child(node, "questiontext")))
                      : key.idnumber;
        item.key = std::move(key);
        if (std::string problem = item_problem(item); !problem.empty()) throw Skip{problem};
        for (std::string base = item.id; !ids_.insert(item.id).second;)
            item.id = base + "-" + std::to_string(++times_[base] + 1);
        return item;
    }

    const MoodleXmlOptions& options_;
    MoodleXml result_;
    std::vector<std::string> category_;
    std::set<std::string> ids_;
    std::map<std::string, int> times_;  // how often an identifier was taken
};

}  // namespace

MoodleXml read_moodle_xml(std::string_view bytes, const std::string& file, const MoodleXmlOptions& options) {
    const xml::Document document = xml::parse(bytes, file);
    const xmlNode* root = xmlDocGetRootElement(document.get());
    if (root == nullptr || xml::name(root) != "quiz")
        throw FormatError(file, root == nullptr ? 0 : xml::line(root), "Moodle's question XML opens with <quiz>");
    Reader reader(file, options);
    for (const xmlNode* question : xml::children(root, "question")) reader.question(question);
    return reader.take();
}

MoodleXml read_moodle_xml_file(const std::string& path, const MoodleXmlOptions& options) {
    return read_moodle_xml(xml::read_file(path), path, options);
}

nlohmann::json report_json(const MoodleXml& read) {
    nlohmann::json questions = nlohmann::json::array();
    std::size_t carried = 0;
    for (const QuestionReport& report : read.report) {
        nlohmann::json entry = {{"name", report.name}, {"type", report.type}, {"line", report.line}};
        if (report.carried())
            entry["item"] = report.item;
        else
            entry["reason"] = report.reason;
        if (!report.notes.empty()) entry["notes"] = report.notes;
        questions.push_back(std::move(entry));
        carried += report.carried() ? 1 : 0;
    }
    return {{"file", read.file},
            {"read", read.report.size()},
            {"carried", carried},
            {"skipped", read.report.size() - carried},
            {"questions", std::move(questions)}};
}

}  // namespace palier::formats
