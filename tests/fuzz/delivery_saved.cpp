// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "engine/errors.hpp"
#include "tests/fuzz/delivery_test.hpp"

// Any bytes as a saved attempt: an Error, or an attempt that saves itself again and goes on. The checksum is put
// right first, so that the reader behind it is reached. Corpus: corpus/delivery_saved.

namespace {

std::string with_checksum(std::string_view text) {
    std::uint32_t hash = 0x811c9dc5U;
    for (const unsigned char c : text) hash = (hash ^ c) * 0x01000193U;
    char digits[16];
    std::snprintf(digits, sizeof digits, ";%08x", static_cast<unsigned>(hash));
    return std::string(text) + digits;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier;
    static const auto test = fuzz::small_test();
    const std::string events(reinterpret_cast<const char*>(data), size);
    const std::string head = "P1;" + test->hash().substr(0, 16) + ";fr;2s;";
    for (const std::string& text : {events, with_checksum(events), with_checksum(head + events)}) {
        try {
            auto attempt = delivery::Attempt::resume(test, text);
            const std::string saved = attempt.save();
            if (saved.size() > 16000 && text.size() < 16000) std::abort();
            if (delivery::Attempt::resume(test, saved).record() != attempt.record()) std::abort();
            attempt.unknown(attempt.sequence(), 1, 1);
            attempt.story();
        } catch (const Error&) {
        }
    }
    return 0;
}
