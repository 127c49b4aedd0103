// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/html_style.hpp"

#include <algorithm>
#include <cstdlib>
#include <string_view>

namespace palier::formats {
namespace {

std::string lower_trimmed(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n\f";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    std::string result(text.substr(first, text.find_last_not_of(blanks) - first + 1));
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return result;
}

/// Without comments; semicolons inside quotes and brackets part nothing.
std::vector<std::string> declarations(const std::string& style) {
    std::vector<std::string> list(1);
    char quote = '\0';
    int brackets = 0;
    for (std::size_t i = 0; i < style.size(); ++i) {
        const char c = style[i];
        if (quote == '\0' && style.compare(i, 2, "/*") == 0) {
            const std::size_t end = style.find("*/", i + 2);
            if (end == std::string::npos) break;
            i = end + 1;
            continue;
        }
        if (quote != '\0')
            quote = c == quote ? '\0' : quote;
        else if (c == '"' || c == '\'')
            quote = c;
        brackets += quote != '\0' ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
        if (c == ';' && quote == '\0' && brackets <= 0)
            list.emplace_back();
        else
            list.back() += c;
    }
    return list;
}

bool has_word(const std::string& value, std::string_view word) {
    for (std::size_t at = value.find(word); at != std::string::npos; at = value.find(word, at + 1)) {
        const bool begins = at == 0 || value[at - 1] == ' ' || value[at - 1] == '\t',
                   ends = at + word.size() == value.size() || value[at + word.size()] == ' ' ||
                          value[at + word.size()] == '\t';
        if (begins && ends) return true;
    }
    return false;
}

/// How a list is numbered, which its text may speak of; "" for bullets.
std::string_view list_type(std::string_view property, std::string_view value) {
    if (property != "list-style-type" && property != "list-style") return {};
    if (value == "lower-alpha" || value == "lower-latin") return "a";
    if (value == "upper-alpha" || value == "upper-latin") return "A";
    if (value == "lower-roman") return "i";
    if (value == "upper-roman") return "I";
    return value == "decimal" ? "1" : std::string_view{};
}

/// Properties whose absence changes no meaning: where a text stands, how much room is around it, its family.
bool is_layout(std::string_view property) {
    for (const std::string_view part : {"margin",         "padding",
                                        "font-family",    "font-size",
                                        "line-height",    "text-align",
                                        "text-indent",    "width",
                                        "height",         "max-",
                                        "min-",           "float",
                                        "clear",

                                        "letter-spacing", "word-",
                                        "orphans",        "widows",
                                        "box-sizing",     "-webkit-",
                                        "-moz-",          "mso-",
                                        "page-break",     "overflow",
                                        "caret-color",    "tab-",
                                        "cursor",         "vertical-align",
                                        "display",        "font-variant",
                                        "font-stretch",   "text-decoration",
                                        "font-weight",    "font-style",
                                        "visibility",     "border-",
                                        "flex",           "position",
                                        "font-kerning",   "text-size-adjust",
                                        "hyphens",        "unicode-bidi",
                                        "outline",        "resize",
                                        "text-rendering"})
        if (property.starts_with(part)) return true;
    return false;
}

}  // namespace

StyleMeaning meaning_of_style(const std::string& style) {
    StyleMeaning meaning;
    const auto wrap = [&](const char* element) {
        if (std::find(meaning.wrap.begin(), meaning.wrap.end(), element) == meaning.wrap.end())
            meaning.wrap.emplace_back(element);
    };
    for (const std::string& declaration : declarations(style)) {
        const std::size_t colon = declaration.find(':');
        if (colon == std::string::npos) continue;
        const std::string property = lower_trimmed(std::string_view(declaration).substr(0, colon));
        std::string value = lower_trimmed(std::string_view(declaration).substr(colon + 1));
        if (const std::size_t important = value.find('!'); important != std::string::npos)
            value = lower_trimmed(std::string_view(value).substr(0, important));
        if (property == "display") {
            meaning.hidden = value == "none";
        } else if (property == "visibility") {
            meaning.hidden = meaning.hidden || value == "hidden" || value == "collapse";
        } else if (property == "text-decoration" || property == "text-decoration-line") {
            if (has_word(value, "underline")) wrap("u");
            if (has_word(value, "line-through")) wrap("s");
        } else if (property == "font-weight" || property == "font-style" || property == "font") {
            if (has_word(value, "bold") || has_word(value, "bolder") ||
                (property == "font-weight" && std::strtol(value.c_str(), nullptr, 10) >= 600))
                wrap("b");
            if (has_word(value, "italic") || has_word(value, "oblique")) wrap("i");
        } else if (property == "vertical-align" && (value == "super" || value == "sub")) {
            wrap(value == "sub" ? "sub" : "sup");
        } else if (const std::string_view type = list_type(property, value); !type.empty()) {
            meaning.list_type = type;
        } else if (!property.empty() && !is_layout(property)) {
            meaning.lost.push_back(property);
        }
    }
    return meaning;
}

}  // namespace palier::formats
