// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/lrs.hpp"

#include <algorithm>
#include <chrono>

#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/json_text.hpp"

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

std::string now() {
    using namespace std::chrono;
    return timestamp(duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count());
}

}  // namespace

Response Lrs::handle(const Request& request) const {
    Response response;
    try {
        response = answer(request);
    } catch (const Refusal& refusal) {
        response = refused(refusal);
    } catch (const JsonError& error) {
        response = refused({400, error.what()});
    } catch (const Conflict& error) {
        response = refused({409, error.what()});
    } catch (const StoreError& error) {
        response = refused({500, std::string(error.what()) + "; nothing was changed"});
    } catch (const std::exception& error) {
        response = refused({500, std::string("the store failed: ") + error.what()});
    }
    response.headers.emplace_back(version_header, offered_version);
    response.headers.emplace_back("X-Experience-API-Consistent-Through", now());
    response.headers.emplace_back("Cache-Control", "no-store");
    response.headers.emplace_back("X-Content-Type-Options", "nosniff");
    if (response.status != 204) response.headers.emplace_back("Content-Length", std::to_string(response.body.size()));
    if (request.method == "HEAD") response.body.clear();
    return response;
}

Response Lrs::answer(const Request& request) const {
    if (request.body.size() > largest_body)
        throw Refusal{413, "the body is larger than " + std::to_string(largest_body) + " bytes"};
    const Target target = read_target(request.target);
    const std::string& root = settings_.root;
    if (!target.path.starts_with(root) || (target.path.size() > root.size() && target.path[root.size()] != '/'))
        throw Refusal{404, "nothing here; statements are at " + root + "/statements"};
    const std::string resource = target.path.substr(std::min(target.path.size(), root.size() + 1));
    if (resource == "about") {
        if (request.method != "GET" && request.method != "HEAD")
            throw Refusal{405, "about can be read only", {{"Allow", "GET, HEAD"}}};
        return about();
    }
    check_credentials(request);
    if (resource != "statements")
        throw Refusal{404, resource.substr(0, 100) + ": this store has " + root + "/statements and " + root + "/about"};
    check_version(request);
    return statements(request, target.parameters);
}

Response Lrs::about() const {
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
    const auto pair = decode_base64(given->substr(scheme.size()));
    if (!pair || !same_secret(*pair, settings_.key + ":" + settings_.secret)) throw refusal;
}

}  // namespace palier::xapi
