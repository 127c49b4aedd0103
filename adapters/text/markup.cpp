// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/text/markup.hpp"

namespace palier::markup {

std::string escaped(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&':
                result += "&amp;";
                break;
            case '<':
                result += "&lt;";
                break;
            case '>':
                result += "&gt;";
                break;
            case '"':
                result += "&quot;";
                break;
            case '\'':
                result += "&#39;";
                break;
            default:
                if (static_cast<unsigned char>(c) >= 0x20 || c == '\t' || c == '\n') result += c;
        }
    }
    return result;
}

std::string escaped_attribute(std::string_view text) {
    std::string result;
    for (const char c : escaped(text))
        result += c == '\n' ? std::string("&#10;") : c == '\t' ? std::string("&#9;") : std::string(1, c);
    return result;
}

std::string tag(const std::string& name, const Attributes& attributes, bool end) {
    std::string text = "<" + name;
    for (const auto& [key, value] : attributes) text += " " + key + "=\"" + escaped_attribute(value) + "\"";
    return text + (end ? "/>" : ">");
}

std::string element(const std::string& name, const Attributes& attributes, const std::string& content) {
    return tag(name, attributes) + content + "</" + name + ">";
}

}  // namespace palier::markup
