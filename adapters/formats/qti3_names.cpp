// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdio>
#include <cstdlib>

#include "adapters/formats/qti3.hpp"

namespace palier::formats {
namespace {

bool letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }
bool later(char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.'; }

/// The byte that "_xHH_" at this place stands for, or -1.
int escape_at(const std::string& text, std::size_t at) {
    if (at + 5 > text.size() || text[at] != '_' || text[at + 1] != 'x' || text[at + 4] != '_') return -1;
    char* end = nullptr;
    const std::string digits = text.substr(at + 2, 2);
    const long value = std::strtol(digits.c_str(), &end, 16);
    return end == digits.c_str() + 2 ? static_cast<int>(value) : -1;
}

}  // namespace

std::string to_ncname(const std::string& id) {
    std::string name;
    for (std::size_t i = 0; i < id.size(); ++i) {
        const bool plain = i == 0 ? letter(id[i]) : later(id[i]);
        if (plain && escape_at(id, i) < 0) {
            name += id[i];
            continue;
        }
        char escape[8];
        std::snprintf(escape, sizeof escape, "_x%02X_", static_cast<unsigned char>(id[i]));
        name += escape;
    }
    return name.empty() ? "_" : name;
}

std::string from_ncname(const std::string& name) {
    std::string id;
    for (std::size_t i = 0; i < name.size();) {
        const int byte = escape_at(name, i);
        id += byte < 0 ? name[i] : static_cast<char>(byte);
        i += byte < 0 ? 1 : 5;
    }
    return id;
}

}  // namespace palier::formats
