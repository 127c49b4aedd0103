// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/bankfile/bank_file.hpp"

#include "engine/version.hpp"

namespace palier::bankfile {
namespace {

std::vector<std::string> texts_of(const Bank& bank) {
    std::vector<std::string> items;
    for (const Json& item : bank.to_json()) items.push_back(dump_json(item));
    return items;
}

}  // namespace

void BankFile::change_to(Bank made, Change change) {
    change.before = bank.hash();
    change.after = made.hash();
    change.made_by = std::string("Palier ") + engine_version;
    banks.try_emplace(change.before, texts_of(bank));
    banks.try_emplace(change.after, texts_of(made));
    history.push_back(std::move(change));
    bank = std::move(made);
}

Bank BankFile::earlier(std::size_t number) const {
    if (history.empty()) throw Error("it has no history to go back in");
    if (number > history.size())
        throw Error("its history ends with " + std::to_string(history.size()) + "; it has no " +
                    std::to_string(number) + " (0 is before the first)");
    const std::string& hash = number == 0 ? history.front().before : history[number - 1].after;
    const std::string place = "table history_item, bank " + hash;
    std::vector<Item> items;
    const auto kept = banks.find(hash);
    if (kept != banks.end())
        for (const std::string& text : kept->second) {
            const std::string row = place + ", row " + std::to_string(items.size() + 1);
            items.push_back(item_from_json(parse_json(text, ErrorKind::bank, row, 1 << 20), row));
        }
    Bank bank_then = Bank::compile(std::move(items));
    if (bank_then.hash() != hash) throw BankError(place + ": its items are not those that it was made of");
    return bank_then;
}

bool is_sqlite(std::string_view bytes) { return bytes.starts_with(std::string_view("SQLite format 3\0", 16)); }

}  // namespace palier::bankfile
