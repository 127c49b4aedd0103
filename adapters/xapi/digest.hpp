// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

// Digests in lower-case hexadecimal digits (FIPS 180-4).

namespace palier::xapi {

std::string sha1(std::string_view bytes);
std::string sha256(std::string_view bytes);

/// The SHA-2 that has so many digits: 56 (SHA-224), 64, 96 or 128; "" for another number.
std::string sha2(std::string_view bytes, std::size_t digits);

/// So many bytes of chance, in hexadecimal digits.
std::string random_digits(std::size_t bytes);

}  // namespace palier::xapi
