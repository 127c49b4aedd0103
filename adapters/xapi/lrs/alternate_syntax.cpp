// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/alternate_syntax.hpp"

#include <algorithm>
#include <array>
#include <cctype>

namespace palier::xapi {
namespace {

constexpr std::array<std::string_view, 8> header_names{
    "Authorization", "X-Experience-API-Version", "Content-Type", "Content-Length", "If-Match", "If-None-Match",
    "Accept",        "Accept-Language"};

bool same(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

void drop(Headers& headers, std::string_view name) {
    std::erase_if(headers, [&](const auto& one) { return same(one.first, name); });
}

}  // namespace

bool is_alternate(const Request& request, const Target& target) {
    return request.method == "POST" && std::any_of(target.parameters.begin(), target.parameters.end(),
                                                   [](const auto& one) { return one.first == "method"; });
}

Request read_alternate(const Request& request, Target& target, bool trusted) {
    if (target.parameters.size() != 1) throw Refusal{400, "with the parameter method, all others belong in the form"};
    if (media_type(request) != "application/x-www-form-urlencoded")
        throw Refusal{400, "with the parameter method, Content-Type: application/x-www-form-urlencoded is expected"};
    Request meant{target.parameters[0].second, request.target, request.headers, {}};
    // Not HEAD: the answer is one to POST, which has a body.
    if (meant.method != "GET" && meant.method != "PUT" && meant.method != "POST" && meant.method != "DELETE")
        throw Refusal{400, "method: GET, PUT, POST or DELETE is expected"};

    Parameters form = read_form(request.body);
    target.parameters.clear();
    // Those of the form itself.
    drop(meant.headers, "Content-Type");
    drop(meant.headers, "Content-Length");
    if (!trusted) drop(meant.headers, "Authorization");
    bool has_content = false;
    for (auto& [name, value] : form) {
        const auto known = std::find_if(header_names.begin(), header_names.end(),
                                        [&, &field = name](std::string_view one) { return same(one, field); });
        if (known != header_names.end()) {
            if (!is_header_value(value)) throw Refusal{400, std::string(*known) + ": it has a control character"};
            drop(meant.headers, *known);
            meant.headers.emplace_back(*known, std::move(value));
        } else if (name == "content") {
            has_content = true;
            meant.body = std::move(value);
        } else {
            target.parameters.emplace_back(std::move(name), std::move(value));
        }
    }
    const bool writes = meant.method == "PUT" || meant.method == "POST";
    if (writes && !has_content) throw Refusal{400, "the form has no content"};
    if (!writes && has_content) throw Refusal{400, meant.method + " takes no content"};
    if (has_content && !header(meant.headers, "Content-Type"))
        meant.headers.emplace_back("Content-Type", "application/json");
    return meant;
}

}  // namespace palier::xapi
