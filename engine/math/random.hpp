// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>

// Random numbers that are a function of (seed, stream, step, draw) and of nothing else, so that any
// host can go on with any session: Philox4x32-10 of Salmon, Moraes, Dror and Shaw (2011), "Parallel
// random numbers: as easy as 1, 2, 3". Key: the seed; counter: draw, step, stream, 0.

namespace palier::math {

/// One block of Philox4x32 with 10 rounds.
std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter, std::array<std::uint32_t, 2> key);

/// What a number is drawn for: numbers of different streams are independent.
enum class Stream : std::uint32_t {
    selection = 1,
    start = 2,
    ability = 3,
    response = 4,
    pretest = 5,
    content = 6,
    exposure = 7,
    eligibility = 8,
    parameters = 9
};

class Random {
public:
    explicit Random(std::uint64_t seed) : seed_(seed) {}

    /// Uniform in [0, 1), 53 bits.
    double uniform(Stream stream, std::uint32_t step, std::uint32_t draw = 0) const;
    /// Uniform in {0, …, n - 1}, n >= 1 (bias below n / 2^64).
    std::uint32_t below(std::uint32_t n, Stream stream, std::uint32_t step, std::uint32_t draw = 0) const;

private:
    std::uint64_t bits(Stream stream, std::uint32_t step, std::uint32_t draw) const;
    std::uint64_t seed_;
};

}  // namespace palier::math
