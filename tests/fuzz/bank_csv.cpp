// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "adapters/formats/bank_csv.hpp"
#include "adapters/formats/csv.hpp"
#include "adapters/formats/responses_csv.hpp"
#include "engine/errors.hpp"

namespace {

using namespace palier;

// The same rows, faults and separator from the whole text and from pieces of it.
void scan_in_pieces(std::string_view text) {
    formats::CsvScanner whole(text);
    std::size_t at = 0;
    formats::CsvScanner pieces([&](char* into, std::size_t room) {
        const std::size_t size = std::min({room, std::size_t{7}, text.size() - at});
        std::memcpy(into, text.data() + at, size);
        at += size;
        return size;
    });
    formats::CsvRow one{};
    formats::CsvRow other{};
    while (true) {
        const bool more = whole.next(one);
        if (more != pieces.next(other) || (more && (one.cells != other.cells || one.line != other.line))) std::abort();
        if (!more) break;
    }
    if (whole.problem().has_value() != pieces.problem().has_value()) std::abort();
}

}  // namespace

// Any bytes are a bank table or a BankError, a response table or an Error; a host's rows are whole or have a fault.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    try {
        const Bank bank = formats::read_bank_csv(text, "bank.csv");
        if (Bank::from_bytes(bank.bytes()).hash() != bank.hash()) std::abort();
    } catch (const BankError&) {
    }
    const formats::BankTable table = formats::read_bank_table(text, {1, true});
    for (const formats::BankRow& row : table.rows) {
        Json item = row.item;
        if (row.complete && !item.contains("item")) item["item"] = "?";
        if (row.complete && !formats::check_items(Json::array({item})).empty()) std::abort();
    }
    for (const auto* notes : {&table.problems, &table.notices})
        for (const formats::TableNote& note : notes->list())
            if (formats::note_text(note, "fr").empty() || formats::note_message(note, "b.csv").empty()) std::abort();
    scan_in_pieces(text);
    static const Bank small = Bank::from_json(Json::parse(R"([{"item":"q1","b":0},{"item":"q2","b":1}])"));
    try {
        formats::read_responses_csv(text, "responses.csv", small);
    } catch (const Error&) {
    }
    return 0;
}
