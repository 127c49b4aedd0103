// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/received.hpp"

#include <map>
#include <set>

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/lrs/multipart.hpp"
#include "adapters/xapi/lrs/signature.hpp"
#include "adapters/xapi/store/ops/letters.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

struct Sent {
    Attachment attachment;
    bool used = false;
};
using Parts = std::map<std::string, Sent>;

std::string media_type_of(const Headers& headers) { return media_type({{}, {}, headers, {}}); }

Parts read_attachments(const std::vector<Part>& parts) {
    Parts sent;
    for (std::size_t i = 1; i < parts.size(); ++i) {
        const std::string name = "part " + std::to_string(i + 1);
        const Part& part = parts[i];
        const auto encoding = header(part.headers, "Content-Transfer-Encoding");
        if (!encoding || lower(*encoding) != "binary")
            throw Refusal{400, name + ": Content-Transfer-Encoding: binary is expected"};
        const auto hash = header(part.headers, "X-Experience-API-Hash");
        if (!hash) throw Refusal{400, name + ": X-Experience-API-Hash is required"};
        const std::string sha2_text = lower(*hash);
        const bool matches = sha2(part.body, sha2_text.size()) == sha2_text;
        const auto type = header(part.headers, "Content-Type").value_or("application/octet-stream");
        sent.emplace(sha2_text, Sent{{sha2_text, std::string(type), std::string(part.body), matches}, false});
    }
    return sent;
}

/// A statement's place and a key of it: "statements[3].attachments[0].length".
std::string at(const std::string& place, const std::string& key) { return place + (place.empty() ? "" : ".") + key; }

void take_attachments(const json& holder, const json& statement, const std::string& place, Parts& parts,
                      Version version, std::vector<Attachment>& taken) {
    const auto attachments = holder.find("attachments");
    if (attachments == holder.end()) return;
    for (std::size_t i = 0; i < attachments->size(); ++i) {
        const json& one = (*attachments)[i];
        const std::string here = at(place, "attachments[" + std::to_string(i) + "]");
        const bool is_signature = one["usageType"] == signature_usage;
        const std::string sha2_text = lower(one["sha2"].get_ref<const std::string&>());
        const auto part = parts.find(sha2_text);
        if (is_signature && one["contentType"] != "application/octet-stream")
            throw Refusal{400, here + ".contentType: of a signature, application/octet-stream is expected"};
        if (part == parts.end()) {
            if (is_signature || !one.contains("fileUrl"))
                throw Refusal{400, here +
                                       ": without its bytes, an attachment needs a fileUrl, and a signature its "
                                       "bytes (multipart/mixed)"};
            continue;
        }
        part->second.used = true;
        const Attachment& bytes = part->second.attachment;
        if (is_signature && !bytes.matches) throw Refusal{400, here + ".sha2: not that of the bytes that came"};
        if (is_signature) check_signature(bytes.bytes, statement, version);
        taken.push_back(bytes);
    }
}

Received check(json statement, const std::string& place, Parts& parts, Version version) {
    if (const auto problem = validate(statement, version)) {
        const std::string path = problem->path.empty() ? place : at(place, problem->path);
        throw Refusal{400, (path.empty() ? "statement" : path) + ": " + problem->message};
    }
    Received received;
    take_attachments(statement, statement, place, parts, version, received.attachments);
    if (const json& object = statement["object"]; object.value("objectType", "Activity") == "SubStatement")
        take_attachments(object, object, at(place, "object"), parts, version, received.attachments);
    received.statement = std::move(statement);
    return received;
}

}  // namespace

std::vector<std::string> attachments_of(const json& statement) {
    std::vector<std::string> all;
    const auto add = [&](const json& holder) {
        if (const auto attachments = holder.find("attachments"); attachments != holder.end())
            for (const auto& one : *attachments) all.push_back(lower(one.at("sha2").get_ref<const std::string&>()));
    };
    add(statement);
    if (const json& object = statement.at("object"); object.value("objectType", "Activity") == "SubStatement")
        add(object);
    return all;
}

Reception receive(const Request& request, Version version, std::size_t most) {
    const std::string type = media_type(request);
    std::string_view text = request.body;
    Parts parts;
    if (type == "multipart/mixed") {
        const auto boundary = header_parameter(header(request.headers, "Content-Type").value_or(""), "boundary");
        const auto read = read_multipart(request.body, boundary.value_or(""));
        if (read.empty() || media_type_of(read[0].headers) != "application/json")
            throw Refusal{400, "multipart/mixed: the first part is the statements, Content-Type: application/json"};
        text = read[0].body;
        parts = read_attachments(read);
    } else if (type != "application/json") {
        throw Refusal{400, "Content-Type: application/json or multipart/mixed is expected"};
    }
    json body = read_json(text, "the body");
    Reception reception;
    reception.list = body.is_array();
    if (!reception.list) {
        reception.statements.push_back(check(std::move(body), "", parts, version));
    } else {
        if (body.size() > most)
            throw Refusal{413,
                          std::to_string(body.size()) + " statements; at most " + std::to_string(most) + " at once"};
        std::set<std::string> ids;
        for (std::size_t i = 0; i < body.size(); ++i) {
            const std::string place = "statements[" + std::to_string(i) + "]";
            reception.statements.push_back(check(std::move(body[i]), place, parts, version));
            const json& statement = reception.statements.back().statement;
            if (statement.contains("id") && !ids.insert(lower(statement["id"].get_ref<const std::string&>())).second)
                throw Refusal{400, place + ".id: another statement of this request has it"};
        }
    }
    for (const auto& [sha2_text, sent] : parts)
        if (!sent.used)
            throw Refusal{400, "multipart/mixed: no statement has an attachment of sha2 " + sha2_text.substr(0, 128)};
    return reception;
}

}  // namespace palier::xapi
