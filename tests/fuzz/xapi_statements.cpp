// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "adapters/xapi/errors.hpp"
#include "adapters/xapi/statements.hpp"
#include "adapters/xapi/validate.hpp"

// Any request is refused with a RequestError, or answered with valid statements, always the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier::xapi;
    const std::string request(reinterpret_cast<const char*>(data), size);
    nlohmann::json read;
    try {
        read = nlohmann::json::parse(request);
    } catch (const nlohmann::json::exception&) {
        return 0;  // no JSON, or a number beyond a double
    }
    try {
        const auto told = statements_of(read);
        if (statements_of(read).dump() != told.dump()) std::abort();
        for (const auto& one : told)
            if (validate(one.at("statement"), Version::v2_0_0)) std::abort();
    } catch (const RequestError&) {
    }
    return 0;
}
