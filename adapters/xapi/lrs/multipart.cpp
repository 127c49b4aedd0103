// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/multipart.hpp"

#include <algorithm>

namespace palier::xapi {
namespace {

constexpr std::size_t most_parts = 1000;
constexpr std::size_t most_headers = 50;
constexpr std::size_t longest_boundary = 200;

[[noreturn]] void malformed(const std::string& what) { throw Refusal{400, "multipart/mixed: " + what}; }

Headers read_headers(std::string_view text) {
    Headers headers;
    while (!text.empty()) {
        const auto end = std::min(text.find("\r\n"), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 2, text.size()));
        const auto colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) malformed("a line of a part's header has no name");
        if (!is_header_value(line)) malformed("a part's header has a control character");
        if (headers.size() == most_headers) malformed("a part has too many headers");
        headers.emplace_back(trimmed(line.substr(0, colon)), trimmed(line.substr(colon + 1)));
    }
    return headers;
}

Part read_part(std::string_view text) {
    // A part without headers begins with an empty line.
    if (text.starts_with("\r\n")) return {{}, text.substr(2)};
    const auto end = text.find("\r\n\r\n");
    if (end == std::string_view::npos) malformed("the header of a part does not end");
    return {read_headers(text.substr(0, end)), text.substr(end + 4)};
}

}  // namespace

std::vector<Part> read_multipart(std::string_view text, std::string_view boundary) {
    if (boundary.empty() || boundary.size() > longest_boundary) malformed("Content-Type has no boundary of it");
    const std::string mark = "\r\n--" + std::string(boundary);
    std::vector<Part> parts;
    // The first one may stand at the very beginning.
    std::size_t at = 0;
    if (text.starts_with(mark.substr(2)))
        at = mark.size() - 2;
    else if (const auto first = text.find(mark); first != std::string_view::npos)
        at = first + mark.size();
    else
        malformed("the boundary is nowhere");
    while (true) {
        if (text.substr(at).starts_with("--")) return parts;
        while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
        if (!text.substr(at).starts_with("\r\n")) malformed("a boundary is not the whole of its line");
        at += 2;
        // The line break before a boundary belongs to it, also where the part is empty.
        const auto end = text.find(mark, at - 2);
        if (end == std::string_view::npos) malformed("the last boundary is missing");
        if (parts.size() == most_parts) malformed("more than " + std::to_string(most_parts) + " parts");
        parts.push_back(read_part(end < at ? std::string_view() : text.substr(at, end - at)));
        at = end + mark.size();
    }
}

void add_part(std::string& text, std::string_view boundary, const Headers& headers, std::string_view body) {
    text.append("--").append(boundary).append("\r\n");
    for (const auto& [name, value] : headers) text.append(name).append(": ").append(value).append("\r\n");
    text.append("\r\n").append(body).append("\r\n");
}

void end_parts(std::string& text, std::string_view boundary) { text.append("--").append(boundary).append("--\r\n"); }

}  // namespace palier::xapi
