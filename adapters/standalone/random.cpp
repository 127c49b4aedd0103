// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/random.hpp"

#include <unistd.h>

#include "engine/errors.hpp"

namespace palier::standalone {

std::string random_text(std::size_t bytes) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string raw(bytes, '\0');
    if (getentropy(raw.data(), raw.size()) != 0) throw Error("the operating system gives no random numbers");
    std::string text;
    for (const char c : raw) {
        const auto byte = static_cast<unsigned char>(c);
        (text += digits[byte >> 4]) += digits[byte & 15];
    }
    return text;
}

std::uint64_t random_seed() { return std::stoull(random_text(8), nullptr, 16) >> 11; }

}  // namespace palier::standalone
