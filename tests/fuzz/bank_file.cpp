// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "adapters/bankfile/bank_file.hpp"

// Any bytes are a bank file or an Error; what was read is written so that it reads back as the same.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier;
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    try {
        const bankfile::BankFile file = bankfile::read_bank_file(bytes, "bank.palier");
        const std::string written = bankfile::bytes_of(file);
        if (bankfile::bytes_of(bankfile::read_bank_file(written, "bank.palier")) != written) std::abort();
        try {
            if (!file.history.empty() && file.earlier(0).hash() != file.history[0].before) std::abort();
        } catch (const Error&) {
        }
    } catch (const Error&) {
    }
    return 0;
}
