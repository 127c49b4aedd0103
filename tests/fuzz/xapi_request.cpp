// SPDX-License-Identifier: GPL-3.0-or-later
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "adapters/xapi/lrs/lrs.hpp"

// Any request is answered: first line method and target, second line Content-Type, the rest the
// body. Never by a server error, and a page that leads on leads to a page.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier::xapi;
    static const auto path = std::filesystem::temp_directory_path() / ("fuzz-xapi-" + std::to_string(getpid()) + ".db");
    static Store store(path);
    static Lrs lrs(store, {"key", "secret", "https://lrs.example.org", "/xapi"});
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
