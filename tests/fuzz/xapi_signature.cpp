// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdlib>

#include "adapters/text/base64.hpp"
#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/lrs/signature.hpp"

// Any bytes as a JWS, and as the header, the payload and the signature of one, line by line: the signature of a
// statement, or a Refusal with a reason.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier::xapi;
    static const auto statement = nlohmann::json::parse(
        R"({"actor":{"mbox":"mailto:a@example.org"},"verb":{"id":"https://example.org/v"},
            "object":{"id":"https://example.org/o"},"attachments":[{"usageType":
            "http://adlnet.gov/expapi/attachments/signature","display":{"en":"s"},
            "contentType":"application/octet-stream","length":1,"sha2":""}]})");
    const auto check = [](std::string_view jws) {
        for (const auto version : {Version::v1_0_3, Version::v2_0_0}) try {
                check_signature(jws, statement, version);
            } catch (const Refusal& refusal) {
                if (refusal.status != 400 || refusal.text.empty()) std::abort();
            }
    };
    std::string_view text(reinterpret_cast<const char*>(data), size);
    check(text);
    std::string jws;
    for (int i = 0; i < 3; ++i) {
        const auto end = std::min(text.find('\n'), text.size());
        std::string part = palier::base64::encode(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        while (part.ends_with('=')) part.pop_back();
        for (char& c : part) c = c == '+' ? '-' : c == '/' ? '_' : c;
        jws += (i == 0 ? "" : ".") + part;
    }
    check(jws);
    return 0;
}
