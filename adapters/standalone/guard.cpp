// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/guard.hpp"

#include <algorithm>
#include <chrono>

#include "adapters/standalone/html.hpp"
#include "adapters/xapi/store/errors.hpp"
#include "engine/errors.hpp"
#include "engine/util/json.hpp"

namespace palier::standalone {
namespace {

constexpr std::string_view policy =
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' data:; media-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

std::string in_lower_case(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); });
    return result;
}

}  // namespace

std::int64_t now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

std::string cookie(const xapi::Request& request, std::string_view name) {
    const std::string_view all = xapi::header(request.headers, "Cookie").value_or("");
    for (std::size_t at = 0; at < all.size();) {
        const std::size_t end = std::min(all.find(';', at), all.size());
        std::string_view one = all.substr(at, end - at);
        while (!one.empty() && one.front() == ' ') one.remove_prefix(1);
        if (one.size() > name.size() && one.starts_with(name) && one[name.size()] == '=')
            return std::string(one.substr(name.size() + 1));
        at = end + 1;
    }
    return "";
}

namespace {

/// Of an address that cannot be read, too.
Reader reader_of_any(const xapi::Request& request) {
    try {
        return reader_of(request, xapi::read_target(request.target).parameters);
    } catch (const xapi::Refusal&) {
        return reader_of(request, {});
    }
}

}  // namespace

xapi::Response guarded(const xapi::Request& request, const std::function<xapi::Response()>& answer,
                       const std::string& home) {
    xapi::Response response;
    const bool for_page = !request.target.starts_with("/api");
    const Reader reader = reader_of_any(request);
    const auto refuse = [&](int status, const std::string& text) {
        if (for_page)
            return html(status,
                        page(reader, reader.say("did_not_work"),
                             "<h1>" + reader.say("did_not_work") + "</h1>\n<p>" + escaped(text) +
                                 "</p>\n<p><a href=\"" + home + "\">" + reader.say("back_to_start") + "</a></p>",
                             "", home));
        return json(status, dump_json({{"screen", "error"}, {"lang", reader.code()}, {"notice", text}}));
    };
    try {
        response = answer();
    } catch (const xapi::Refusal& refusal) {
        response = refuse(refusal.status, refusal.text);
        for (const auto& header : refusal.headers) response.headers.push_back(header);
    } catch (const Refused& refused) {
        response = refuse(refused.status, reader.say(refused.text, refused.values));
        for (const auto& header : refused.headers) response.headers.push_back(header);
    } catch (const Error& error) {
        response = refuse(400, error.what());
    } catch (const xapi::DiskFull&) {
        response = refuse(507, reader.say("disk_full"));
    } catch (const xapi::StoreError& error) {
        response = refuse(500, std::string(error.what()) + "; nothing was changed");
    } catch (const std::exception& error) {
        response = refuse(500, error.what());
    }
    response.headers.emplace_back("Content-Security-Policy", policy);
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    response.headers.emplace_back("X-Frame-Options", "DENY");
    response.headers.emplace_back("Referrer-Policy", "same-origin");
    response.headers.emplace_back("Cross-Origin-Resource-Policy", "same-origin");
    response.headers.emplace_back("Cache-Control", "no-store");
    if (!response.more) response.headers.emplace_back("Content-Length", std::to_string(response.body.size()));
    if (request.method == "HEAD") response.body.clear(), response.more = nullptr;
    return response;
}

bool check_method(const xapi::Request& request) {
    if (request.body.size() > largest_post) throw xapi::Refusal{413, "the body is larger than 64 KB"};
    const bool post = request.method == "POST";
    if (!post && request.method != "GET" && request.method != "HEAD")
        throw xapi::Refusal{405, "only GET, HEAD and POST are answered here", {{"Allow", "GET, HEAD, POST"}}};
    return post;
}

void check_post(const xapi::Request& request, const std::string& type) {
    const auto given = xapi::header(request.headers, "Content-Type").value_or("");
    std::string name = in_lower_case(given.substr(0, given.find(';')));
    while (!name.empty() && name.back() == ' ') name.pop_back();
    if (name != type) throw xapi::Refusal{415, "Content-Type: " + type + " is expected"};
    const xapi::Refusal elsewhere{403, "this post does not come from this site's own page"};
    const auto site = xapi::header(request.headers, "Sec-Fetch-Site");
    if (site && *site != "same-origin" && *site != "none") throw elsewhere;
    const auto origin = xapi::header(request.headers, "Origin");
    if (origin) {
        const std::string host = in_lower_case(xapi::header(request.headers, "Host").value_or(""));
        const std::string from = in_lower_case(*origin);
        if (from != "http://" + host && from != "https://" + host) throw elsewhere;
    } else if (!site && type != "application/json") {
        // A browser that sends a form says from where; JSON cannot be sent across sites unasked.
        throw elsewhere;
    }
}

}  // namespace palier::standalone
