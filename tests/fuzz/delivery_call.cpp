// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "adapters/delivery/delivery_c.h"
#include "tests/fuzz/delivery_test.hpp"

// Any bytes as a request of the player, and as a response to the question on screen: always JSON, never a crash.
// Corpus: corpus/delivery_call.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using palier::Json;
    const std::string text(reinterpret_cast<const char*>(data), size);
    const auto call = [](const std::string& request) {
        const Json answer = Json::parse(palier_delivery(request.c_str()), nullptr, false);
        if (!answer.is_object()) std::abort();
        return answer;
    };
    call(Json{{"call", "open"}, {"bundle", palier::fuzz::small_bundle()}}.dump());
    const Json view = call(R"({"call":"start","lang":"fr","seed":7,"time":1})");
    const Json response = Json::parse(text, nullptr, false);
    if (!response.is_discarded())
        call(Json{{"call", "answer"}, {"sequence", view["sequence"]}, {"response", response}}.dump(
            -1, ' ', false, Json::error_handler_t::replace));
    call(text);
    call(R"({"call":"save"})");
    return 0;
}
