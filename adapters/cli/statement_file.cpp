// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/statement_file.hpp"

#include <algorithm>
#include <string_view>

#include "adapters/cli/files.hpp"
#include "adapters/xapi/validate.hpp"

namespace palier::cli {

std::vector<FileStatement> parse_statements(const std::string& text, const std::string& path) {
    std::vector<FileStatement> all;
    if (text.find_first_not_of(" \t\r\n") == std::string::npos) return all;
    // One document where it can be read as one, else one a line.
    if (Json::accept(text)) {
        Json read = xapi::read_json(text, path);
        if (read.is_object() && read.contains("statements") && read["statements"].is_array() && !read.contains("verb"))
            read = Json(std::move(read["statements"]));
        if (!read.is_array()) return {{path, 1, std::move(read)}};
        for (std::size_t i = 0; i < read.size(); ++i)
            all.push_back({path + ": statement " + std::to_string(i + 1), static_cast<int>(i + 1), std::move(read[i])});
        return all;
    }
    int line = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const std::string_view one = std::string_view(text).substr(at, end - at);
        at = end + 1;
        ++line;
        if (one.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        const std::string place = path + ": line " + std::to_string(line);
        all.push_back({place, line, xapi::read_json(one, place)});
    }
    return all;
}

std::vector<FileStatement> read_statements(const std::string& path) { return parse_statements(read_input(path), path); }

}  // namespace palier::cli
