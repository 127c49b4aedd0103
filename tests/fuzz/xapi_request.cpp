// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "adapters/xapi/lrs/lrs.hpp"

namespace {

// Statements for queries to find: one that is voided, one that points at it, one in parts, in a group and a context.
bool fill(palier::xapi::Lrs& lrs) {
    palier::xapi::Request request{"POST", "/xapi/statements", {}, {}};
    request.headers = {{"Authorization", "Basic a2V5OnNlY3JldA=="},
                       {"X-Experience-API-Version", "1.0.3"},
                       {"Content-Type", "application/json"}};
    request.body = R"([
{"id":"12345678-1234-4678-9234-000000000001","actor":{"mbox":"mailto:a@x.y"},"verb":{"id":"a:b"},"object":{"id":"a:c"},
 "timestamp":"2026-01-01T00:00:00Z","result":{"score":{"scaled":0.5},"duration":"PT1S"}},
{"id":"12345678-1234-4678-9234-000000000002","actor":{"mbox":"mailto:a@x.y"},"verb":{"id":"a:b","display":{"fr":"b"}},
 "object":{"objectType":"StatementRef","id":"12345678-1234-4678-9234-000000000001"}},
{"id":"12345678-1234-4678-9234-000000000003","actor":{"mbox":"mailto:a@x.y"},
 "verb":{"id":"http://adlnet.gov/expapi/verbs/voided"},
 "object":{"objectType":"StatementRef","id":"12345678-1234-4678-9234-000000000001"}},
{"id":"12345678-1234-4678-9234-000000000004","actor":{"objectType":"Group","member":[{"mbox":"mailto:a@x.y"}]},
 "verb":{"id":"a:d"},"object":{"id":"a:c","definition":{"name":{"en":"c","fr":"c"}}},
 "context":{"registration":"12345678-1234-4678-9234-000000000009","instructor":{"account":{"homePage":"a:h","name":"n"}},
 "contextActivities":{"parent":[{"id":"a:p"}],"category":[{"id":"a:q"}]}}}])";
    return lrs.handle(request).status == 200;
}

}  // namespace

// Any request is answered: first line method and target, second line Content-Type, the rest the
// body. Never by a server error, and a page that leads on leads to a page.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier::xapi;
    static const auto path = std::filesystem::temp_directory_path() / ("fuzz-xapi-" + std::to_string(getpid()) + ".db");
    static Store store(path);
    static Lrs lrs(store, {"key", "secret", "https://lrs.example.org", "/xapi"});
    static const bool filled = fill(lrs);
    if (!filled) std::abort();
    std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto take = [&](char end) {
        const auto length = std::min(text.find(end), text.size());
        const std::string part(text.substr(0, length));
        text.remove_prefix(std::min(length + 1, text.size()));
        return part;
    };
    Request request{take(' '), take('\n'), {}, {}};
    request.headers = {{"Authorization", "Basic a2V5OnNlY3JldA=="},
                       {"X-Experience-API-Version", "1.0.3"},
                       {"Content-Type", take('\n')}};
    request.body = std::string(text);
    const Response response = lrs.handle(request);
    if (response.status >= 500) std::abort();
    if (response.status == 200 && request.method == "GET" && response.body.starts_with("{\"statements\"")) {
        const std::string more = nlohmann::json::parse(response.body).at("more");
        if (!more.empty()) {
            request.target = more;
            if (lrs.handle(request).status != 200) std::abort();
        }
    }
    return 0;
}
