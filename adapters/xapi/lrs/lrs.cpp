// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/lrs.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/lrs/alternate_syntax.hpp"
#include "adapters/xapi/lrs/openapi.hpp"
#include "adapters/xapi/lrs/origins.hpp"
#include "adapters/xapi/lrs/resources.hpp"
#include "engine/errors.hpp"

namespace palier::xapi {
namespace {

constexpr std::string_view version_header = "X-Experience-API-Version";

/// What is done at one address by one method, and which scopes are enough for it; none: it is open to all, whatever
/// the version.
struct Route {
    std::string_view resource;
    std::string_view method;
    Response (*answer)(const Call&);
    std::vector<Scope> scopes;
};

Response about(const Call&) {
    return {200, {{"Content-Type", "application/json"}}, nlohmann::json{{"version", {"1.0.3", "2.0.0"}}}.dump()};
}

/// For what watches over servers: 200 while the store can be read.
Response health(const Call& call) {
    Query last;
    last.limit = 1;
    call.store.query(last);
    return {200, {{"Content-Type", "application/json"}}, R"({"status":"ok"})"};
}

Response openapi(const Call& call) {
    return {200, {{"Content-Type", "application/json"}}, openapi_document_at(call.settings.root)};
}

const std::vector<Route>& routes() {
    static const std::vector<Scope> read{Scope::read_statements, Scope::read_mine, Scope::read_all};
    static const std::vector<Scope> write{Scope::write_statements};
    static const std::vector<Scope> read_state{Scope::state, Scope::read_all};
    static const std::vector<Scope> state{Scope::state};
    static const std::vector<Scope> read_profile{Scope::profile, Scope::read_all};
    static const std::vector<Scope> profile{Scope::profile};
    static const std::vector<Scope> read_known{Scope::read_statements, Scope::read_mine, Scope::read_all,
                                               Scope::profile, Scope::define};
    static const std::vector<Route> all{
        {"about", "GET", about, {}},
        {"health", "GET", health, {}},
        {"openapi.json", "GET", openapi, {}},
        {"statements", "GET", get_statements, read},
        {"statements", "POST", post_statements, write},
        {"statements", "PUT", put_statement, write},
        {"activities/state", "GET", get_state, read_state},
        {"activities/state", "PUT", put_state, state},
        {"activities/state", "POST", post_state, state},
        {"activities/state", "DELETE", delete_state, state},
        {"activities/profile", "GET", get_activity_profile, read_profile},
        {"activities/profile", "PUT", put_activity_profile, profile},
        {"activities/profile", "POST", post_activity_profile, profile},
        {"activities/profile", "DELETE", delete_activity_profile, profile},
        {"agents/profile", "GET", get_agent_profile, read_profile},
        {"agents/profile", "PUT", put_agent_profile, profile},
        {"agents/profile", "POST", post_agent_profile, profile},
        {"agents/profile", "DELETE", delete_agent_profile, profile},
        {"agents", "GET", get_agents, read_known},
        {"activities", "GET", get_activities, read_known},
    };
    return all;
}

std::string version_number(Version version) { return version == Version::v2_0_0 ? "2.0.0" : "1.0.3"; }

Version read_version(const Request& request) {
    const auto text = header(request.headers, version_header);
    if (!text) throw Refusal{400, std::string(version_header) + " is required; 1.0.3 and 2.0.0 are offered"};
    if (text == "1.0" || text->starts_with("1.0.")) return Version::v1_0_3;
    if (text == "2.0" || text->starts_with("2.0.")) return Version::v2_0_0;
    throw Refusal{400, std::string(version_header) + ": " + std::string(text->substr(0, 20)) +
                           " is not offered; 1.0.3 and 2.0.0 are"};
}

/// Whether it is asked of the one resource whose answers say how far they reach (xAPI 1.0.3 part three, section 2.1):
/// that costs a question to the database.
bool asks_for_statements(std::string_view target, const std::string& root) {
    try {
        return read_target(target).path == root + "/statements";
    } catch (const Refusal&) {
        return false;
    }
}

Refusal nothing_here(const std::string& root, const std::string& name) {
    return {404, name.substr(0, 100) + ": nothing here; statements are at " + root + "/statements"};
}

}  // namespace

std::vector<std::pair<std::string, std::string>> offered() {
    std::vector<std::pair<std::string, std::string>> all;
    for (const Route& route : routes()) all.emplace_back(route.resource, route.method);
    return all;
}

const std::string* given(const Call& call, const std::string& name) {
    for (const auto& [key, value] : call.parameters)
        if (key == name) return &value;
    return nullptr;
}

const std::string& required(const Call& call, const std::string& name) {
    const std::string* value = given(call, name);
    if (value == nullptr) throw Refusal{400, name + ": this parameter is required"};
    return *value;
}

void allow_parameters(const Call& call, std::initializer_list<std::string_view> names) {
    for (const auto& [key, value] : call.parameters)
        if (std::find(names.begin(), names.end(), key) == names.end())
            throw Refusal{400, key.substr(0, 100) + ": unknown parameter"};
}

nlohmann::json authority_of(const Call& call) { return authority(call.settings.home, call.who.key); }

Response Lrs::handle(const Request& request) {
    Response response;
    Version version = Version::v1_0_3;
    std::optional<std::int64_t> consistent;
    try {
        // What is read after this may hold more than it promises, never less.
        if (asks_for_statements(request.target, settings_.root)) consistent = store_.consistent_through();
        response = answer(request, version);
    } catch (const Refusal& refusal) {
        response = refused(refusal);
    } catch (const ArgumentError& error) {
        response = refused({400, error.what()});
    } catch (const Conflict& error) {
        response = refused({409, error.what()});
    } catch (const NotTheirs& error) {
        response = refused({403, std::string(error.what()) + ", or one that has statements/void"});
    } catch (const Unmet& error) {
        response = refused({412, error.what()});
    } catch (const StoreError& error) {
        response = refused(failed(error));
    } catch (const std::exception& error) {
        response = refused({500, std::string("the store failed: ") + error.what()});
    }
    response.headers.emplace_back(version_header, version_number(version));
    if (consistent)
        response.headers.emplace_back("X-Experience-API-Consistent-Through", timestamp_microseconds(*consistent));
    if (request.method != "OPTIONS") allow_origin(request, settings_.origins, "", response.headers);
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    // A document is whatever its client says, a page with a script, too: here it would be at home with the pages for
    // keys.
    response.headers.emplace_back("Content-Security-Policy", "sandbox; default-src 'none'; frame-ancestors 'none'");
    if (response.status != 204 && response.status != 304)
        response.headers.emplace_back("Content-Length", std::to_string(response.body.size()));
    if (request.method == "HEAD") response.body.clear();
    return response;
}

Response Lrs::answer(const Request& request, Version& version) {
    if (request.body.size() > largest_body)
        throw Refusal{413, "the body is larger than " + std::to_string(largest_body) + " bytes"};
    Target target = read_target(request.target);
    const std::string& root = settings_.root;
    if (!target.path.starts_with(root) || (target.path.size() > root.size() && target.path[root.size()] != '/'))
        throw nothing_here(root, target.path);
    const std::string resource = target.path.substr(std::min(target.path.size(), root.size() + 1));

    std::string methods;
    bool is_open = false;
    for (const Route& route : routes()) {
        if (route.resource != resource) continue;
        is_open = route.scopes.empty();
        methods += (methods.empty() ? "" : ", ") + std::string(route.method == "GET" ? "GET, HEAD" : route.method);
    }
    // A browser asks this without credentials, before a page of another origin may send (Fetch standard).
    if (request.method == "OPTIONS") {
        if (methods.empty()) throw nothing_here(root, resource);
        Response response{204, {{"Allow", methods + ", OPTIONS"}}, {}};
        allow_origin(request, settings_.origins, methods, response.headers);
        return response;
    }
    const bool alternate = is_alternate(request, target);
    const Request meant = alternate ? read_alternate(request, target, is_trusted(request, settings_.origins)) : request;
    Identity who;
    if (!is_open) who = identify(meant);
    if (methods.empty()) throw nothing_here(root, resource);
    if (!is_open) {
        version = spoken(who.key);
        version = read_version(meant);
        speaks(who.key, version);
    }
    if (alternate && version == Version::v2_0_0)
        throw Refusal{400, "method: 2.0.0 has no alternate request syntax; ask by the method itself"};
    const std::string_view method = meant.method == "HEAD" ? "GET" : std::string_view(meant.method);
    for (const Route& route : routes()) {
        if (route.resource != resource || route.method != method) continue;
        const bool may = is_open || std::any_of(route.scopes.begin(), route.scopes.end(),
                                                [&](Scope scope) { return who.may({scope}); });
        if (!may)
            throw Refusal{403, "this key may not do that; it has " +
                                   (who.scopes.empty() ? "no scope" : scope_words(who.scopes)) + ", and " +
                                   scope_words(route.scopes) + " would do"};
        return route.answer({store_, settings_, meant, target.parameters, version, who});
    }
    throw Refusal{405,
                  resource + ": " + meant.method.substr(0, 20) + " is not offered; " + methods + ", OPTIONS are",
                  {{"Allow", methods + ", OPTIONS"}}};
}

Version Lrs::spoken(const std::string& key) {
    const std::lock_guard lock(spoken_mutex_);
    const auto found = spoken_.find(key);
    return found == spoken_.end() ? Version::v1_0_3 : found->second;
}

void Lrs::speaks(const std::string& key, Version version) {
    const std::lock_guard lock(spoken_mutex_);
    spoken_[key] = version;
}

Identity Lrs::identify(const Request& request) {
    constexpr std::string_view scheme = "Basic ";
    const Refusal refusal{401,
                          "a key and its secret are required (Basic authentication)",
                          {{"WWW-Authenticate", "Basic realm=\"xAPI\", charset=\"UTF-8\""}}};
    const auto given = header(request.headers, "Authorization");
    if (!given || given->size() < scheme.size()) throw refusal;
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    if (!std::equal(scheme.begin(), scheme.end(), given->begin(), same)) throw refusal;
    const auto pair = base64::decode(given->substr(scheme.size()));
    const auto colon = pair ? pair->find(':') : std::string::npos;
    if (colon == std::string::npos) throw refusal;
    const std::string key = pair->substr(0, colon);
    const std::string secret = pair->substr(colon + 1);

    if (!tries_.may_try(request.from, key))
        throw Refusal{429, "too many wrong secrets for this key; try again in a second", {{"Retry-After", "1"}}};
    if (!settings_.key.empty() && same_secret(*pair, settings_.key + ":" + settings_.secret))
        return {settings_.key, {Scope::all}};
    // Somebody whom nobody knows costs the same time.
    const Credential credential = store_.rows().credential(key).value_or(Credential{});
    if (is_secret_of(credential, secret)) return {key, read_scopes(credential.scopes)};
    tries_.failed(request.from, key);
    throw refusal;
}

}  // namespace palier::xapi
