// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "engine/util/json.hpp"

namespace palier::cli {

struct FileStatement {
    std::string place;  ///< for messages
    int number = 0;     ///< its line, or its place in a list, from 1
    Json statement;
};

/// The statements of a file: JSON lines, one statement, a list of them, or what a store answers to a query
/// ({"statements": […]}). "-" is standard input. Throws Error that names what is no JSON.
std::vector<FileStatement> read_statements(const std::string& path);

/// The same of what was read from there already.
std::vector<FileStatement> parse_statements(const std::string& text, const std::string& path);

}  // namespace palier::cli
