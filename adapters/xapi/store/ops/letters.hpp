// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace palier::xapi {

/// ASCII letters in lower case, all else as it is.
inline std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

/// An e-mail address whose domain is in lower case: it is the same in either (RFC 5321, section 2.4).
inline std::string lower_domain(std::string_view address) {
    const auto at = std::min(address.rfind('@'), address.size());
    return std::string(address.substr(0, at)) + lower(address.substr(at));
}

}  // namespace palier::xapi
