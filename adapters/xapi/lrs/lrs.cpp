// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/lrs.hpp"

#include <algorithm>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/lrs/alternate_syntax.hpp"
#include "adapters/xapi/lrs/origins.hpp"
#include "engine/errors.hpp"

namespace palier::xapi {
namespace {

constexpr std::string_view version_header = "X-Experience-API-Version";
constexpr std::string_view offered_version = "1.0.3";

Response refused(const Refusal& refusal) {
    Response response{refusal.status, refusal.headers, refusal.text + "\n"};
    response.headers.emplace_back("Content-Type", "text/plain; charset=utf-8");
    return response;
}

void check_version(const Request& request) {
    const auto version = header(request.headers, version_header);
    if (!version)
        throw Refusal{400,
                      std::string(version_header) + " is required; " + std::string(offered_version) + " is offered"};
    if (version != "1.0" && !version->starts_with("1.0."))
        throw Refusal{400, std::string(version_header) + ": " + std::string(version->substr(0, 20)) +
                               " is not offered; " + std::string(offered_version) + " is"};
}

}  // namespace

/// What is done at one address by one method.
struct Lrs::Route {
    std::string_view resource;
    std::string_view method;
    Response (Lrs::*answer)(const Request&, const Parameters&) const;
    bool is_open = false;  ///< to all, whatever the version
};

const std::vector<Lrs::Route>& Lrs::routes() {
    static const std::vector<Route> all{
        {"about", "GET", &Lrs::about, true},
        {"statements", "GET", &Lrs::get},
        {"statements", "POST", &Lrs::post},
        {"statements", "PUT", &Lrs::put},
    };
    return all;
}

Response Lrs::handle(const Request& request) const {
    Response response;
    // What is read after this may hold more than it promises, never less.
    const std::string consistent = timestamp(store_.consistent_through() / 1000);
    try {
        response = answer(request);
    } catch (const Refusal& refusal) {
        response = refused(refusal);
    } catch (const ArgumentError& error) {
        response = refused({400, error.what()});
    } catch (const Conflict& error) {
        response = refused({409, error.what()});
    } catch (const StoreError& error) {
        response = refused({500, std::string(error.what()) + "; nothing was changed"});
    } catch (const std::exception& error) {
        response = refused({500, std::string("the store failed: ") + error.what()});
    }
    response.headers.emplace_back(version_header, offered_version);
    response.headers.emplace_back("X-Experience-API-Consistent-Through", consistent);
    if (request.method != "OPTIONS") allow_origin(request, settings_.origins, "", response.headers);
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    if (response.status != 204) response.headers.emplace_back("Content-Length", std::to_string(response.body.size()));
    if (request.method == "HEAD") response.body.clear();
    return response;
}

Response Lrs::answer(const Request& request) const {
    if (request.body.size() > largest_body)
        throw Refusal{413, "the body is larger than " + std::to_string(largest_body) + " bytes"};
    Target target = read_target(request.target);
    const std::string& root = settings_.root;
    if (!target.path.starts_with(root) || (target.path.size() > root.size() && target.path[root.size()] != '/'))
        throw Refusal{404, "nothing here; statements are at " + root + "/statements"};
    const std::string resource = target.path.substr(std::min(target.path.size(), root.size() + 1));

    const auto nothing_here = [&](const std::string& name) {
        return Refusal{404, name.substr(0, 100) + ": this store has " + root + "/statements and " + root + "/about"};
    };

    std::string methods;
    bool is_open = false;
    for (const Route& route : routes()) {
        if (route.resource != resource) continue;
        is_open = route.is_open;
        methods += (methods.empty() ? "" : ", ") + std::string(route.method == "GET" ? "GET, HEAD" : route.method);
    }
    // A browser asks this without credentials, before a page of another origin may send (Fetch standard).
    if (request.method == "OPTIONS") {
        if (methods.empty()) throw nothing_here(resource);
        Response response{204, {{"Allow", methods + ", OPTIONS"}}, {}};
        allow_origin(request, settings_.origins, methods, response.headers);
        return response;
    }
    const bool alternate = is_alternate(request, target);
    const Request meant = alternate ? read_alternate(request, target, is_trusted(request, settings_.origins)) : request;
    if (!is_open) check_credentials(meant);
    if (methods.empty()) throw nothing_here(resource);
    if (!is_open) check_version(meant);
    const std::string_view method = meant.method == "HEAD" ? "GET" : std::string_view(meant.method);
    for (const Route& route : routes())
        if (route.resource == resource && route.method == method)
            return (this->*route.answer)(meant, target.parameters);
    throw Refusal{405,
                  resource + ": " + meant.method.substr(0, 20) + " is not offered; " + methods + ", OPTIONS are",
                  {{"Allow", methods + ", OPTIONS"}}};
}

Response Lrs::about(const Request&, const Parameters&) const {
    return {200, {{"Content-Type", "application/json"}}, nlohmann::json{{"version", {offered_version}}}.dump()};
}

void Lrs::check_credentials(const Request& request) const {
    constexpr std::string_view scheme = "Basic ";
    const Refusal refusal{401,
                          "a key and its secret are required (Basic authentication)",
                          {{"WWW-Authenticate", "Basic realm=\"xAPI\", charset=\"UTF-8\""}}};
    const auto given = header(request.headers, "Authorization");
    if (!given || given->size() < scheme.size()) throw refusal;
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    if (!std::equal(scheme.begin(), scheme.end(), given->begin(), same)) throw refusal;
    const auto pair = base64::decode(given->substr(scheme.size()));
    if (!pair || !same_secret(*pair, settings_.key + ":" + settings_.secret)) throw refusal;
}

}  // namespace palier::xapi
