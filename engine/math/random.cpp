// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/math/random.hpp"

namespace palier::math {

std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key) {
    for (int round = 0; round < 10; ++round) {
        const std::uint64_t p0 = std::uint64_t{0xD2511F53u} * counter[0];
        const std::uint64_t p1 = std::uint64_t{0xCD9E8D57u} * counter[2];
        counter = {static_cast<std::uint32_t>(p1 >> 32) ^ counter[1] ^ key[0], static_cast<std::uint32_t>(p1),
                   static_cast<std::uint32_t>(p0 >> 32) ^ counter[3] ^ key[1], static_cast<std::uint32_t>(p0)};
        key[0] += 0x9E3779B9u;
        key[1] += 0xBB67AE85u;
    }
    return counter;
}

std::uint64_t Random::bits(Stream stream, std::uint32_t step, std::uint32_t draw) const {
    const auto block = philox({draw, step, static_cast<std::uint32_t>(stream), 0},
                              {static_cast<std::uint32_t>(seed_), static_cast<std::uint32_t>(seed_ >> 32)});
    return (std::uint64_t{block[1]} << 32) | block[0];
}

double Random::uniform(Stream stream, std::uint32_t step, std::uint32_t draw) const {
    return static_cast<double>(bits(stream, step, draw) >> 11) * 0x1.0p-53;
}

std::uint32_t Random::below(std::uint32_t n, Stream stream, std::uint32_t step, std::uint32_t draw) const {
    // The high half of the 96-bit product n * bits.
    const std::uint64_t x = bits(stream, step, draw);
    const std::uint64_t low = (x & 0xffffffffu) * n;
    const std::uint64_t high = (x >> 32) * n + (low >> 32);
    return static_cast<std::uint32_t>(high >> 32);
}

}  // namespace palier::math
