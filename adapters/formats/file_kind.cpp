// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/file_kind.hpp"

#include <algorithm>
#include <cctype>
#include <vector>

namespace palier::formats {
namespace {

constexpr std::size_t looked_at = 64U << 10;

struct Magic {
    std::string_view bytes;
    const char* kind;
};
constexpr Magic magics[] = {
    {"PK\x03\x04", "a zip file (a QTI package, a Common Cartridge, an office document or several questions files)"},
    {"\x1F\x8B", "a compressed file, such as a backup of Moodle (.mbz)"},
    {"%PDF", "a PDF document"},
    {"\x89PNG", "a picture"},
    {"\xFF\xD8\xFF", "a picture"},
    {"GIF8", "a picture"},
    {"\xD0\xCF\x11\xE0", "an old office document"},
    {"{\\rtf", "an RTF document"},
};

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = text.find_first_of("\r\n");
        std::string_view line = text.substr(0, end);
        while (!line.empty() && (line.front() == ' ' || line.front() == '\t')) line.remove_prefix(1);
        lines.push_back(line);
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

/// "ANSWER: B" below "A. …" or "A) …".
bool is_aiken(const std::vector<std::string_view>& lines) {
    const auto option = [](std::string_view line) {
        return line.size() > 2 && line[0] >= 'A' && line[0] <= 'Z' && (line[1] == '.' || line[1] == ')') &&
               line[2] == ' ';
    };
    return std::any_of(lines.begin(), lines.end(), option) &&
           std::any_of(lines.begin(), lines.end(), [](std::string_view line) { return line.starts_with("ANSWER:"); });
}

/// "::name:: text {=right ~wrong}".
bool is_gift(std::string_view text, const std::vector<std::string_view>& lines) {
    const bool named = std::any_of(lines.begin(), lines.end(), [](std::string_view line) {
        return (line.starts_with("::") && line.find("::", 2) != std::string_view::npos) ||
               line.starts_with("$CATEGORY:");
    });
    const std::size_t open = text.find('{'), close = open == std::string_view::npos ? open : text.find('}', open);
    if (close == std::string_view::npos || open == 0) return named;
    const std::string_view answers = text.substr(open, close - open);
    return named || answers.find_first_of("=~#") != std::string_view::npos || answers == "{T" || answers == "{F" ||
           answers == "{TRUE" || answers == "{FALSE" || answers == "{";
}

/// By the first element behind declaration, comments and document type, before a parser sees any of them.
std::string markup_kind(std::string_view text) {
    std::size_t at = 0;
    while ((at = text.find('<', at)) != std::string_view::npos && at + 1 < text.size()) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("<!--")) {
            at = text.find("-->", at);
        } else if (rest[1] == '?' || rest[1] == '!') {
            at = text.find('>', at);
        } else {
            const std::string_view tag = rest.substr(1, std::min(rest.size() - 1, rest.find('>')));
            std::string root(tag.substr(0, tag.find_first_of(" \t\r\n/>")));
            if (root == "HTML" || root == "Html") root = "html";
            const std::size_t space = tag.find("xmlns=");
            return xml_kind(root, space == std::string_view::npos ? "" : tag.substr(space, 200));
        }
    }
    return {};
}

}  // namespace

std::string file_kind(std::string_view bytes) {
    for (const Magic& magic : magics)
        if (bytes.starts_with(magic.bytes)) return magic.kind;
    if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return {};  // UTF-16
    std::string_view text = bytes.substr(0, looked_at);
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    text.remove_prefix(std::min(text.size(), text.find_first_not_of(" \t\r\n")));
    if (text.empty() || text.find('\0') != std::string_view::npos) return {};
    if (text.starts_with("<")) return markup_kind(text);
    const std::vector<std::string_view> lines = lines_of(text);
    if (text.starts_with("{\"") || text.starts_with("[{") || text.starts_with("{\n") || text.starts_with("{ \""))
        return "JSON";
    if (is_aiken(lines)) return "Aiken";
    if (lines.front().starts_with("---") || lines.front().starts_with("\\documentclass"))
        return "a text for another program";
    if (lines.front().starts_with("item,") || lines.front().starts_with("item;") ||
        lines.front().starts_with("\"item\""))
        return "a table (CSV), such as --bank takes";
    if (is_gift(text, lines)) return "GIFT";
    return "a text, but no XML";
}

std::string xml_kind(std::string_view root, std::string_view space) {
    const auto has = [&](std::string_view part) { return space.find(part) != std::string_view::npos; };
    if (root == "qti-assessment-item") return "QTI 3 (an item)";
    if (root == "qti-assessment-test" || root.starts_with("qti-")) return "QTI 3";
    if (root == "assessmentItem" || root == "assessmentTest") {
        const std::string version = has("v2p2") ? "2.2" : has("v2p1") ? "2.1" : has("v2p0") ? "2.0" : "2";
        return "QTI " + version + (root == "assessmentItem" ? " (an item)" : " (a test)");
    }
    if (root == "questestinterop") return "QTI 1.2";
    if (root == "manifest")
        return has("imsccv1") ? "the manifest of a Common Cartridge" : "the manifest of an IMS package";
    if (root == "moodle_backup" || root == "question_categories") return "a part of a Moodle backup";
    if (root == "html") return "a web page";
    if (root == "cartridge_basiclti_link") return "an LTI link";
    if (root == "office:document" || root == "document") return "an office document";
    return {};
}

std::string other_kind(const std::string& kind) {
    if (kind.empty()) return {};
    return "this is " + kind +
           "; questions are read from Moodle's question XML (in Moodle: Question bank > Export > Moodle XML format), and "
           "from items and packages of QTI 2.1 to 3.0";
}

}  // namespace palier::formats
