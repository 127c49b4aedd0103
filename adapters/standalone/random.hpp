// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <string>

namespace palier::standalone {

/// `bytes` (at most 256) from the operating system's generator, in hexadecimal digits. Throws Error.
std::string random_text(std::size_t bytes);

/// From 0 to 2^53 - 1.
std::uint64_t random_seed();

}  // namespace palier::standalone
