// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/result/told_label.hpp"

namespace palier {

bool can_be_told(std::string_view label) {
    int letters = 0;
    bool code = false;
    for (const char c : label) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == ' ') {
            if (letters >= 3 && !code) return true;
            letters = 0, code = false;
        } else if ((c >= '0' && c <= '9') || c == '_') {
            code = true;
        } else if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || byte >= 0xC0) {
            ++letters;  // of a character beyond ASCII its first byte
        }
    }
    return letters >= 3 && !code;
}

}  // namespace palier
