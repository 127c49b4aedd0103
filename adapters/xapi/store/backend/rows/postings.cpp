// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/rows/postings.hpp"

#include <algorithm>
#include <bit>

namespace palier::xapi {
namespace {

constexpr std::size_t whole = block_size / 8;

}  // namespace

Bits Bits::all() {
    Bits bits;
    bits.words_.fill(~std::uint64_t{0});
    return bits;
}

bool Bits::any() const {
    return std::any_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word != 0; });
}

void Bits::add(std::string_view bytes) {
    const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(bytes[i])); };
    if (bytes.size() == whole) {
        for (std::size_t i = 0; i < whole; ++i) words_[i / 8] |= std::uint64_t{byte(i)} << (i % 8 * 8);
        return;
    }
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
        if (const std::size_t place = byte(i) | byte(i + 1) << 8; place < block_size) set(place);
}

void Bits::add(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}

void Bits::keep_only(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}

void Bits::remove(const Bits& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= ~other.words_[i];
}

std::string Bits::bytes() const {
    const auto set = places();
    std::string result;
    if (set.size() * 2 < whole) {
        for (const std::size_t place : set) result += {static_cast<char>(place & 0xff), static_cast<char>(place >> 8)};
        return result;
    }
    for (std::size_t i = 0; i < whole; ++i) result += static_cast<char>(words_[i / 8] >> (i % 8 * 8) & 0xff);
    return result;
}

std::vector<std::size_t> Bits::places() const {
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i < words_.size(); ++i)
        for (std::uint64_t word = words_[i]; word != 0; word &= word - 1)
            result.push_back(i * 64 + static_cast<std::size_t>(std::countr_zero(word)));
    return result;
}

}  // namespace palier::xapi
