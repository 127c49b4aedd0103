// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <array>
#include <cstdio>

#include "adapters/formats/moodle_languages.hpp"
#include "adapters/formats/moodle_question.hpp"
#include "adapters/text/base64.hpp"
#include "adapters/text/markup.hpp"

namespace palier::formats::moodle {
namespace {

std::string with_breaks(const std::string& text) {
    std::string html;
    for (const char c : text) html += c == '\n' ? std::string("<br/>") : std::string(1, c);
    return html;
}

/// The marks of Moodle's MathJax and TeX filters.
bool has_tex(const std::string& text) {
    const std::size_t dollars = text.find("$$");
    return (dollars != std::string::npos && text.find("$$", dollars + 2) != std::string::npos) ||
           (text.find("\\(") != std::string::npos && text.find("\\)") != std::string::npos) ||
           (text.find("\\[") != std::string::npos && text.find("\\]") != std::string::npos) ||
           (text.find("\\begin{") != std::string::npos && text.find("\\end{") != std::string::npos) ||
           (text.find("[tex]") != std::string::npos && text.find("[/tex]") != std::string::npos);
}

}  // namespace

Texts::Texts(const xmlNode* question, std::string language)
    : question_(question),
      language_(std::move(language)),
      numbers_(number_format(language_)),
      default_format_(xml::attribute(xml::child(question, "questiontext"), "format", "html")) {}

std::string Texts::in_one_language(const std::string& text) {
    OneLanguage one = in_language(text, language_);
    for (const std::string& what : one.notes) note(what);
    return std::move(one.text);
}

std::string Texts::line(const std::string& text) {
    const std::string one = in_one_language(text);
    if (has_tex(one)) note("a formula in a list of choices is shown as it is typed");
    return markup::escaped(text_of_html(one));
}

Html Texts::prompt() { return prompt(html_in(xml::child(question_, "questiontext"))); }

Html Texts::prompt(const std::string& text) {
    const xmlNode* holder = xml::child(question_, "questiontext");
    Html html = rich(holder, text, Half::presentation);
    // Moodle 1.9 kept one picture apart; Moodle still reads it, and puts it behind the text.
    const std::string name = xml::trimmed(xml::text(xml::child(question_, "image")));
    if (name.empty()) return html;
    const std::string base64 = xml::text(xml::child(question_, "image_base64"));
    auto bytes = base64::decode(base64);
    if (xml::trimmed(base64).empty() || !bytes) {
        note("picture " + name + " is not in the file");
        return html;
    }
    if (const auto path = add(name, std::move(*bytes), Half::presentation))
        html += " <img src=\"" + *path + "\" alt=\"\"/>";
    return html;
}

Html Texts::rich(const xmlNode* holder, Half half) { return rich(holder, html_in(holder), half); }

Html Texts::rich(const xmlNode* holder, const std::string& whole, Half half) {
    const std::string text = in_one_language(whole);
    if (text.empty()) return {};
    if (half == Half::presentation && has_tex(text)) note("formulas in TeX are drawn by the player");
    const std::string format = xml::trimmed(xml::attribute(holder, "format", default_format_));
    if (format == "plain_text") return html_of_text(text);
    if (format == "markdown" || format == "wiki_like") {
        note("text in " + format + " is carried as plain text");
        return html_of_text(text);
    }
    const AssetSource source{[&](const std::string& file) { return embed(holder, file, half); },
                             [&](const std::string& type, std::string bytes) -> std::optional<std::string> {
                                 const std::string name = AssetList::image_name(type);
                                 return name.empty() ? std::nullopt : add(name, std::move(bytes), half);
                             }};
    return clean_html(format == "moodle_auto_format" ? with_breaks(text) : text, source, dropped_);
}

Html Texts::rich_text(const std::string& html, Half half) {
    return rich(xml::child(question_, "questiontext"), html, half);
}

std::optional<std::string> Texts::embed(const xmlNode* holder, const std::string& file, Half half) {
    for (const xmlNode* candidate : xml::children(holder, "file")) {
        const std::string path = xml::attribute(candidate, "path", "/") + xml::attribute(candidate, "name");
        if (path != "/" + file) continue;
        const auto known = embedded_.find(candidate);
        const auto asset = known != embedded_.end()
                               ? known->second
                               : embedded_.emplace(candidate, decode(candidate, file, half)).first->second;
        if (asset && half == Half::presentation) assets_.show(*asset);
        return asset;
    }
    note("file " + file + " is not in the question");
    return std::nullopt;
}

std::optional<std::string> Texts::decode(const xmlNode* file, const std::string& name, Half half) {
    auto bytes = base64::decode(xml::text(file));
    if (bytes) return add(name, std::move(*bytes), half);
    note("file " + name + ": this is no base64");
    return std::nullopt;
}

std::optional<std::string> Texts::add(const std::string& name, std::string bytes, Half half) {
    std::string lost;
    auto path = assets_.add(name, std::move(bytes), half == Half::key, lost);
    if (!lost.empty()) note(lost);
    return path;
}

std::vector<Asset> Texts::take_assets() { return assets_.take(); }

void Texts::note(const std::string& what) {
    const std::string text = xml::shortened(what, 200);
    if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(text);
}

std::vector<std::string> Texts::take_notes() {
    for (const auto& [what, times] : dropped_)
        notes_.push_back("left out: " + what + (times > 1 ? " (" + std::to_string(times) + " times)" : ""));
    dropped_.clear();
    return std::move(notes_);
}

std::string Identifiers::of(const std::string& text) {
    const std::string id = text_id(prefix_, text);
    const int times = ++times_[id];
    return times == 1 ? id : id + "-" + std::to_string(times);
}

std::string value(const xmlNode* parent, const char* name, const std::string& otherwise) {
    const xmlNode* found = xml::child(parent, name);
    return found == nullptr ? otherwise : xml::trimmed(xml::text(found));
}

std::string text_in(const xmlNode* holder) { return xml::trimmed(xml::text(xml::child(holder, "text"))); }

std::string html_in(const xmlNode* holder) { return xml::trimmed(xml::inner(xml::child(holder, "text"))); }

std::string decoded_references(const std::string& text) {
    // Elements would be taken away with their marks: only the references are read.
    std::string marked;
    for (const char c : text)
        marked += c == '<' ? std::string("&lt;") : c == '>' ? std::string("&gt;") : std::string(1, c);
    const std::size_t first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
    if (first == std::string::npos) return text;
    return text.substr(0, first) + text_of_html(marked) + text.substr(last + 1);
}

bool flag(const std::string& text) { return !text.empty() && text != "false" && text != "0"; }

}  // namespace palier::formats::moodle
