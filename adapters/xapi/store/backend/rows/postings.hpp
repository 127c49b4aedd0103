// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

// Which places of a block of 4096 have something: an inverted index in rows. Any number of filters is met by an AND
// of bits, so that a query costs the same whatever is asked together.
//
// As bytes: up to 255 places as 16-bit little-endian numbers in rising order; more as 512 bytes, place p of the block
// being bit p % 8 of byte p / 8. The length says which.

namespace palier::xapi {

inline constexpr std::int64_t block_size = 4096;

class Bits {
public:
    /// None.
    Bits() = default;
    static Bits all();

    void set(std::size_t place) { words_[place / 64] |= std::uint64_t{1} << (place % 64); }
    bool has(std::size_t place) const { return (words_[place / 64] >> (place % 64) & 1) != 0; }
    bool any() const;

    /// Adds what the bytes say. Bytes that no block has are taken for none.
    void add(std::string_view bytes);
    void add(const Bits& other);
    void keep_only(const Bits& other);
    void remove(const Bits& other);

    std::string bytes() const;
    /// The places, rising.
    std::vector<std::size_t> places() const;

private:
    std::array<std::uint64_t, block_size / 64> words_{};
};

}  // namespace palier::xapi
