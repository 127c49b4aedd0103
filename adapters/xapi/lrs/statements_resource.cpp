// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <set>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/lrs.hpp"
#include "adapters/xapi/lrs/query_parameters.hpp"
#include "adapters/xapi/validate.hpp"

// /statements: xAPI 1.0.3 part three, section 2.1.

namespace palier::xapi {
namespace {

using nlohmann::json;

json read_body(const Request& request) {
    const std::string name = media_type(request);
    if (name == "multipart/mixed") throw Refusal{415, "statements with the bytes of attachments are not offered yet"};
    if (name != "application/json") throw Refusal{400, "Content-Type: application/json is expected"};
    return read_json(request.body, "the body");
}

void check_statement(const json& statement, const std::string& place) {
    if (const auto problem = validate(statement)) {
        const std::string dot = place.empty() || problem->path.empty() ? "" : ".";
        const std::string path = place + dot + problem->path;
        throw Refusal{400, (path.empty() ? "statement" : path) + ": " + problem->message};
    }
    if (const auto attachments = statement.find("attachments"); attachments != statement.end())
        for (const auto& one : *attachments)
            if (!one.contains("fileUrl"))
                throw Refusal{400, place + (place.empty() ? "" : ".") +
                                       "attachments: without its bytes, an attachment needs a fileUrl"};
}

}  // namespace

std::vector<std::string> Lrs::keep(std::vector<json> statements) const {
    const json authority{{"objectType", "Agent"}, {"account", {{"homePage", settings_.home}, {"name", settings_.key}}}};
    return store_.add(std::move(statements), authority);
}

Response Lrs::put(const Request& request, const Parameters& parameters) const {
    if (parameters.size() != 1 || parameters[0].first != "statementId")
        throw Refusal{400, "PUT takes the parameter statementId and no other"};
    const std::string& id = parameters[0].second;
    if (!is_uuid(id)) throw Refusal{400, "statementId: a UUID is expected"};
    json statement = read_body(request);
    check_statement(statement, "");
    const std::string own = statement.value("id", id);
    const auto same = [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); };
    if (!std::equal(own.begin(), own.end(), id.begin(), id.end(), same))
        throw Refusal{400, "id: another one than statementId"};
    statement["id"] = id;
    keep({std::move(statement)});
    return {204, {}, {}};
}

Response Lrs::post(const Request& request, const Parameters& parameters) const {
    if (!parameters.empty()) throw Refusal{400, "POST takes no parameters"};
    json body = read_body(request);
    std::vector<json> batch;
    if (body.is_array()) {
        if (body.size() > largest_batch)
            throw Refusal{413, std::to_string(body.size()) + " statements; at most " + std::to_string(largest_batch) +
                                   " at once"};
        std::set<std::string> ids;
        for (std::size_t i = 0; i < body.size(); ++i) {
            const std::string place = "statements[" + std::to_string(i) + "]";
            check_statement(body[i], place);
            if (body[i].contains("id") && !ids.insert(body[i]["id"]).second)
                throw Refusal{400, place + ".id: another statement of this request has it"};
            batch.push_back(std::move(body[i]));
        }
    } else {
        check_statement(body, "");
        batch.push_back(std::move(body));
    }
    return {200, {{"Content-Type", "application/json"}}, json(keep(std::move(batch))).dump()};
}

Response Lrs::get(const Request&, const Parameters& parameters) const {
    const Asked asked = read_query(parameters);
    Response response{200, {{"Content-Type", "application/json"}}, {}};
    if (asked.id) {
        auto statement = store_.find(*asked.id, asked.voided);
        if (!statement) throw Refusal{404, "no statement " + *asked.id + (asked.voided ? " was voided" : "")};
        response.body = std::move(*statement);
        return response;
    }
    const Page page = store_.query(asked.query);
    response.body = "{\"statements\":[";
    for (const auto& one : page.bodies) {
        if (response.body.back() != '[') response.body += ',';
        response.body += one;
    }
    response.body += "],\"more\":\"";
    if (page.cursor) {
        response.body += settings_.root + "/statements?";
        for (const auto& [name, value] : parameters)
            if (name != "cursor") response.body += name + "=" + encode(value) + "&";
        response.body += "cursor=" + std::to_string(*page.cursor);
    }
    response.body += "\"}";
    return response;
}

}  // namespace palier::xapi
