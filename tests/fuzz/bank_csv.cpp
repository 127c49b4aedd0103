// SPDX-License-Identifier: GPL-3.0-or-later
#include <cstdlib>

#include "adapters/formats/bank_csv.hpp"
#include "adapters/formats/responses_csv.hpp"
#include "engine/errors.hpp"

// Any bytes are a bank table or a BankError, a response table or an Error.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace palier;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const Bank bank = formats::read_bank_csv(text, "bank.csv");
        if (Bank::from_bytes(bank.bytes()).hash() != bank.hash()) std::abort();
    } catch (const BankError&) {
    }
    static const Bank small = Bank::from_json(Json::parse(R"([{"item":"q1","b":0},{"item":"q2","b":1}])"));
    try {
        formats::read_responses_csv(text, "responses.csv", small);
    } catch (const Error&) {
    }
    return 0;
}
