// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/origins.hpp"

#include <algorithm>
#include <cctype>

#include "adapters/xapi/store/ops/letters.hpp"

namespace palier::xapi {
namespace {

/// The entry that allows the request's origin, or nothing.
const std::string* allowed(const Request& request, const std::vector<std::string>& origins) {
    const auto origin = header(request.headers, "Origin");
    if (!origin) return nullptr;
    const std::string name = lower(*origin);
    const auto found =
        std::find_if(origins.begin(), origins.end(), [&](const auto& one) { return one == "*" || one == name; });
    return found == origins.end() ? nullptr : &*found;
}

}  // namespace

bool is_origin(std::string_view text) {
    if (text == "*") return true;
    const auto scheme = text.find("://");
    if (scheme == std::string_view::npos) return false;
    const auto name = text.substr(0, scheme);
    if (name != "http" && name != "https") return false;
    auto rest = text.substr(scheme + 3);
    // A port behind the last colon, but not within the brackets of an IPv6 address.
    const auto colon = rest.rfind(':');
    if (colon != std::string_view::npos && rest.find(']', colon) == std::string_view::npos) {
        const auto port = rest.substr(colon + 1);
        if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string_view::npos)
            return false;
        rest = rest.substr(0, colon);
    }
    const bool bracketed = rest.size() > 2 && rest.front() == '[' && rest.back() == ']';
    if (bracketed) rest = rest.substr(1, rest.size() - 2);
    return !rest.empty() && std::all_of(rest.begin(), rest.end(), [&](unsigned char c) {
        return (c < 0x80 && (std::islower(c) != 0 || std::isdigit(c) != 0)) || c == '.' || c == '-' ||
               (bracketed && c == ':');
    });
}

bool is_trusted(const Request& request, const std::vector<std::string>& origins) {
    const auto origin = header(request.headers, "Origin");
    if (!origin || allowed(request, origins) != nullptr) return true;
    const std::string host = lower(header(request.headers, "Host").value_or(""));
    const std::string from = lower(*origin);
    return from == "http://" + host || from == "https://" + host;
}

void allow_origin(const Request& request, const std::vector<std::string>& origins, const std::string& methods,
                  Headers& headers) {
    if (origins.empty()) return;
    headers.emplace_back("Vary", "Origin");
    const std::string* entry = allowed(request, origins);
    if (entry == nullptr) return;
    headers.emplace_back("Access-Control-Allow-Origin", *entry);
    if (methods.empty()) {
        headers.emplace_back("Access-Control-Expose-Headers",
                             "ETag, Last-Modified, Retry-After, X-Experience-API-Version, "
                             "X-Experience-API-Consistent-Through");
        return;
    }
    headers.emplace_back("Access-Control-Allow-Methods", methods);
    headers.emplace_back("Access-Control-Allow-Headers",
                         "Accept, Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, "
                         "X-Experience-API-Version");
    headers.emplace_back("Access-Control-Max-Age", "600");
}

}  // namespace palier::xapi
