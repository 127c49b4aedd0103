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

struct MediaType {
    std::string_view extension, type;
};
constexpr std::array media_types{
    MediaType{"png", "image/png"},
    MediaType{"jpg", "image/jpeg"},
    MediaType{"jpeg", "image/jpeg"},
    MediaType{"gif", "image/gif"},
    MediaType{"webp", "image/webp"},
    MediaType{"svg", "image/svg+xml"},
    MediaType{"mp3", "audio/mpeg"},
    MediaType{"ogg", "audio/ogg"},
    MediaType{"oga", "audio/ogg"},
    MediaType{"wav", "audio/wav"},
    MediaType{"m4a", "audio/mp4"},
    MediaType{"aac", "audio/aac"},
    MediaType{"flac", "audio/flac"},
    MediaType{"mp4", "video/mp4"},
    MediaType{"m4v", "video/mp4"},
    MediaType{"webm", "video/webm"},
    MediaType{"ogv", "video/ogg"},
    MediaType{"vtt", "text/vtt"},
    MediaType{"pdf", "application/pdf"},
    MediaType{"txt", "text/plain"},
    MediaType{"csv", "text/csv"},
    MediaType{"odt", "application/vnd.oasis.opendocument.text"},
    MediaType{"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    MediaType{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    MediaType{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}};

std::string extension_of(const std::string& name) {
    const std::size_t dot = name.rfind('.');
    std::string extension = dot == std::string::npos ? "" : name.substr(dot + 1);
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return extension;
}

std::string_view type_of(const std::string& name) {
    const std::string extension = extension_of(name);
    for (const MediaType& known : media_types)
        if (known.extension == extension) return known.type;
    return {};
}

std::string safe_name(const std::string& name) {
    std::string safe;
    for (const char c : name.substr(name.rfind('/') + 1)) {
        const bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
                           c == '_' || c == '-';
        safe += plain ? c : '_';
    }
    const std::size_t first = safe.find_first_not_of('.');
    safe = first == std::string::npos ? "file" : safe.substr(first);
    return safe.size() > 80 ? safe.substr(safe.size() - 80) : safe;
}

std::string with_breaks(const std::string& text) {
    std::string html;
    for (const char c : text) html += c == '\n' ? std::string("<br/>") : std::string(1, c);
    return html;
}

/// The most that the files of one question may weigh.
constexpr std::size_t largest_files = 32U << 20;

/// The marks of Moodle's MathJax and TeX filters.
bool has_tex(const std::string& text) {
    const std::size_t dollars = text.find("$$");
    return (dollars != std::string::npos && text.find("$$", dollars + 2) != std::string::npos) ||
           (text.find("\\(") != std::string::npos && text.find("\\)") != std::string::npos) ||
           (text.find("\\[") != std::string::npos && text.find("\\]") != std::string::npos) ||
           (text.find("\\begin{") != std::string::npos && text.find("\\end{") != std::string::npos) ||
           (text.find("[tex]") != std::string::npos && text.find("[/tex]") != std::string::npos);
}

std::string mebibytes(std::size_t bytes) {
    char text[40];
    std::snprintf(text, sizeof text, "%.1f MiB", static_cast<double>(bytes) / (1U << 20));
    return text;
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

Html Texts::prompt() { return prompt(text_in(xml::child(question_, "questiontext"))); }

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

Html Texts::rich(const xmlNode* holder, Half half) { return rich(holder, text_in(holder), half); }

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
                                 for (const MediaType& known : media_types)
                                     if (known.type == type && type.starts_with("image/"))
                                         return add("image." + std::string(known.extension), std::move(bytes), half);
                                 return std::nullopt;
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
        if (asset && half == Half::presentation)
            for (Asset& other : assets_)
                if (other.path == *asset) other.only_in_key = false;
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
    const std::string_view type = type_of(name);
    if (type.empty() || (type == "image/svg+xml" && !is_safe_svg(bytes))) {
        note("file " + name +
             (type.empty() ? ": its type is not carried" : ": this SVG holds scripts or outside references"));
        return std::nullopt;
    }
    bytes_ += bytes.size();
    if (bytes_ > largest_files)
        throw Skip{"its files weigh " + mebibytes(bytes_) + " and more, the largest so far is " + name +
                   "; a question may bring 32 MiB"};
    const bool in_key = half == Half::key;
    const std::string safe = safe_name(name);
    for (int number = 1;; ++number) {
        const std::string path = "assets/" + (number == 1 ? "" : std::to_string(number) + "-") + safe;
        const auto same =
            std::find_if(assets_.begin(), assets_.end(), [&](const Asset& asset) { return asset.path == path; });
        if (same == assets_.end()) {
            assets_.push_back({path, std::string(type), std::move(bytes), in_key});
            return path;
        }
        if (same->bytes == bytes) {
            same->only_in_key = same->only_in_key && in_key;
            return path;
        }
    }
}

std::vector<Asset> Texts::take_assets() {
    std::stable_partition(assets_.begin(), assets_.end(), [](const Asset& asset) { return !asset.only_in_key; });
    return std::move(assets_);
}

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
