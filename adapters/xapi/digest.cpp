// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/digest.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

namespace palier::xapi {
namespace {

std::string hexadecimal(const unsigned char* bytes, std::size_t count) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += {digits[bytes[i] >> 4], digits[bytes[i] & 15]};
    return text;
}

std::string digest(std::string_view bytes, const EVP_MD* kind) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> result{};
    unsigned int size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), result.data(), &size, kind, nullptr) != 1)
        throw std::runtime_error("a digest could not be made");
    return hexadecimal(result.data(), size);
}

}  // namespace

std::string sha1(std::string_view bytes) { return digest(bytes, EVP_sha1()); }
std::string sha256(std::string_view bytes) { return digest(bytes, EVP_sha256()); }

std::string sha2(std::string_view bytes, std::size_t digits) {
    switch (digits) {
        case 56:
            return digest(bytes, EVP_sha224());
        case 64:
            return digest(bytes, EVP_sha256());
        case 96:
            return digest(bytes, EVP_sha384());
        case 128:
            return digest(bytes, EVP_sha512());
        default:
            return {};
    }
}

std::string random_digits(std::size_t bytes) {
    std::string result(bytes, '\0');
    auto* data = reinterpret_cast<unsigned char*>(result.data());
    if (RAND_bytes(data, static_cast<int>(bytes)) != 1) throw std::runtime_error("no random bytes");
    return hexadecimal(data, bytes);
}

}  // namespace palier::xapi
