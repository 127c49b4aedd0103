// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "engine/bank/bank.hpp"
#include "engine/errors.hpp"
#include "engine/util/sha256.hpp"

// Any bytes are a bank or a BankError. The input is taken as it is, and as the content of a header
// that fits it, so that the fuzzer gets past the hash.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier;
    const std::string input(reinterpret_cast<const char*>(data), size);
    std::string rest;
    for (int i = 0; i < 8; ++i) rest += static_cast<char>((size >> (8 * i)) & 0xff);
    const std::string hex = sha256(input);
    for (std::size_t i = 0; i < 64; i += 2) rest += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
    const std::string one("PALIERBK\1\0\0\0", 12);
    const std::string three("PALIERBK\3\0\0\0", 12);
    for (const std::string& bytes : {input, one + rest + input, three + rest + input}) {
        try {
            const Bank bank = Bank::from_bytes(bytes);
            if (bank.bytes() != bytes) std::abort();
            if (Bank::from_json(bank.to_json()).hash() != bank.hash()) std::abort();
        } catch (const BankError&) {
        }
    }
    return 0;
}
