// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/formats/content.hpp"
#include "engine/bank/bank.hpp"
#include "engine/errors.hpp"

// The portable bank file, *.palier: SQLite, application id "PLBK", version 1 (schema.sql, docs/tables.md).

namespace palier::bankfile {

/// What changed the parameters of a bank, and from which to which.
struct Change {
    std::string what;                    ///< "calibrate", "link", "back"
    std::string made_at;                 ///< when, as the caller's clock says: 2026-12-01T09:30:00Z
    std::string made_by;                 ///< "Palier 0.2.0"
    std::vector<std::string> made_from;  ///< names of files, without their folders
    Json report = Json::object();        ///< of the calibration, without its items
    std::string before, after;           ///< hashes of the banks
};

struct BankFile {
    Bank bank = Bank::compile({});         ///< no items where it has questions alone
    std::vector<formats::Item> questions;  ///< each with its key; one an item and language
    std::vector<Change> history;           ///< the oldest first
    /// The banks that the history names, by hash: items as JSON.
    std::map<std::string, std::vector<std::string>> banks;

    /// The bank becomes `made`, and the history has it; `change.before` and `after` are filled in here.
    void change_to(Bank made, Change change);
    /// The bank as it was after change `number` (from 1), or before the first for 0. Throws Error where there is none,
    /// and BankError where its items or its hash are not right.
    Bank earlier(std::size_t number) const;
};

/// By its first bytes: any SQLite file.
bool is_sqlite(std::string_view bytes);

/// A file's bytes, which may be anybody's; `name` opens messages. Throws Error that names table, row and item.
BankFile read_bank_file(std::string_view bytes, const std::string& name);
/// Its items alone. Throws Error, also where it has none.
Bank read_items(std::string_view bytes, const std::string& name);

/// The bytes of the file: the same for the same value. Throws Error above 1 GiB, which nobody could read again.
std::string bytes_of(const BankFile& file);

}  // namespace palier::bankfile
