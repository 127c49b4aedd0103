// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/forward/outgoing.hpp"

#include <algorithm>
#include <set>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/lrs/multipart.hpp"
#include "adapters/xapi/lrs/received.hpp"

namespace palier::xapi {
namespace {

using nlohmann::json;

// Of a request; a single statement may have more, as it came with more.
constexpr std::size_t largest_request = std::size_t{2} << 20;

}  // namespace

std::string as_sent(const std::string& body, Version version) {
    json statement = json::parse(body);
    statement.erase("stored");
    statement.erase("authority");
    const bool is_2 = version == Version::v2_0_0;
    if (!statement.value("version", "").starts_with(is_2 ? "2." : "1.0"))
        statement["version"] = is_2 ? "2.0.0" : "1.0.3";
    return statement.dump();
}

Request request_of(Store& store, const Destination& to, const std::vector<std::string>& bodies, std::size_t& count) {
    std::vector<Attachment> bytes;
    std::set<std::string> seen;
    std::string statements = "[";
    std::size_t size = 0, taken = 0;
    for (; taken < std::min(count, bodies.size()); ++taken) {
        const std::string one = as_sent(bodies[taken], to.version);
        std::vector<Attachment> fresh;
        std::size_t more = one.size();
        for (const std::string& sha2_text : attachments_of(json::parse(one)))
            if (!seen.contains(sha2_text))
                if (auto found = store.rows().attachment(sha2_text)) {
                    more += found->bytes.size();
                    fresh.push_back(std::move(*found));
                }
        if (taken > 0 && size + more > largest_request) break;
        size += more;
        for (Attachment& attachment : fresh)
            if (seen.insert(attachment.sha2).second) bytes.push_back(std::move(attachment));
        statements += (taken > 0 ? "," : "") + one;
    }
    statements += "]";
    count = taken;

    Request request{"POST",
                    "/statements",
                    {{"Authorization", "Basic " + base64::encode(to.key + ":" + to.secret)},
                     {"X-Experience-API-Version", to.version == Version::v2_0_0 ? "2.0.0" : "1.0.3"}},
                    {}};
    if (bytes.empty()) {
        request.headers.emplace_back("Content-Type", "application/json");
        request.body = std::move(statements);
        return request;
    }
    const std::string boundary = random_digits(16);
    add_part(request.body, boundary, {{"Content-Type", "application/json"}}, statements);
    for (const Attachment& one : bytes)
        add_part(
            request.body, boundary,
            {{"Content-Type", one.type}, {"Content-Transfer-Encoding", "binary"}, {"X-Experience-API-Hash", one.sha2}},
            one.bytes);
    end_parts(request.body, boundary);
    request.headers.emplace_back("Content-Type", "multipart/mixed; boundary=" + boundary);
    return request;
}

}  // namespace palier::xapi
