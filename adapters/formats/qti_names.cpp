// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti_names.hpp"

#include <algorithm>

#include "adapters/formats/xml.hpp"

namespace palier::formats::qti {
namespace {

void collect(const xmlNode* node, std::string_view wanted, std::vector<const xmlNode*>& found) {
    for (const xmlNode* one : xml::children(node)) {
        if (kind(one) == wanted) found.push_back(one);
        collect(one, wanted, found);
    }
}

}  // namespace

void refuse(const xmlNode* at, const std::string& reason) { throw Refusal{at == nullptr ? 0 : xml::line(at), reason}; }

std::string kind(const xmlNode* node) {
    const std::string_view name = xml::name(node);
    constexpr std::string_view prefix = "qti-";
    if (!name.starts_with(prefix)) return std::string(name);
    std::string result;
    bool upper = false;
    for (const char c : name.substr(prefix.size())) {
        if (c != '-') result += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
        upper = c == '-';
    }
    return result;
}

std::string shown_name(const xmlNode* node) { return "<" + xml::shortened(xml::name(node), 60) + ">"; }

std::string attribute(const xmlNode* node, const char* name, const std::string& otherwise) {
    if (xmlHasProp(node, reinterpret_cast<const xmlChar*>(name)) != nullptr) return xml::attribute(node, name);
    std::string hyphenated;
    for (const char c : std::string_view(name))
        hyphenated += c >= 'A' && c <= 'Z' ? std::string("-") + static_cast<char>(c + 32) : std::string(1, c);
    return xml::attribute(node, hyphenated.c_str(), otherwise);
}

std::string needed(const xmlNode* node, const char* name) {
    std::string value = attribute(node, name);
    if (value.empty()) refuse(node, shown_name(node) + " has no " + name);
    return value;
}

long count(const xmlNode* node, const char* name, long otherwise) {
    const std::string text = xml::trimmed(attribute(node, name));
    if (text.empty()) return otherwise;
    if (text.size() > 6 || !std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }))
        refuse(node, shown_name(node) + ": " + name + "=\"" + xml::shortened(text, 30) + "\" should be a whole number");
    return std::stol(text);
}

std::vector<const xmlNode*> children(const xmlNode* node, std::string_view kind_of_child) {
    std::vector<const xmlNode*> found;
    for (const xmlNode* one : xml::children(node))
        if (kind(one) == kind_of_child) found.push_back(one);
    return found;
}

const xmlNode* child(const xmlNode* node, std::string_view kind_of_child) {
    const auto found = children(node, kind_of_child);
    return found.empty() ? nullptr : found.front();
}

std::vector<const xmlNode*> all_below(const xmlNode* node, std::string_view kind_of_element) {
    std::vector<const xmlNode*> found;
    if (node != nullptr) collect(node, kind_of_element, found);
    return found;
}

}  // namespace palier::formats::qti
