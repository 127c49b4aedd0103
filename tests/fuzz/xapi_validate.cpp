// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdint>
#include <cstdlib>

#include "adapters/xapi/store/ops/equality.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "adapters/xapi/validate.hpp"
#include "engine/errors.hpp"

// Any bytes are JSON or an ArgumentError; any JSON is a statement or a problem with a message; a
// statement says the same as itself and can be filed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier::xapi;
    try {
        const auto value = read_json({reinterpret_cast<const char*>(data), size}, "the body");
        for (const auto version : {Version::v1_0_3, Version::v2_0_0}) {
            if (const auto problem = validate(value, version)) {
                if (problem->message.empty()) std::abort();
                continue;
            }
            if (!same_statement(value, value)) std::abort();
            if (terms_of(value).direct.size() > size) std::abort();
            if (!same_statement(read_json(value.dump(), "the body"), value)) std::abort();
        }
    } catch (const palier::ArgumentError&) {
    }
    return 0;
}
