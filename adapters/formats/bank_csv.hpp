// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "adapters/formats/table_notes.hpp"
#include "engine/bank/bank.hpp"

// The one reader of item parameters, for the command and for Moodle's import. Columns: item, scale, model, a, b, c, d,
// b1…, a1…, c1…, status, content, enemies, item_set, key_format, se_*, label, num.NAME, and what other programs
// call them (table_rules.hpp). What has one meaning is read; all faults of a file are told at once.

namespace palier::formats {

struct BankTableOptions {
    double D = 1;  ///< the metric's scaling constant; parameters are converted: a := D a
    /// A host that knows its questions: a row may be named by idnumber, entryid or questionid in place of item, may
    /// leave out its last cells, may have a `level` in place of a difficulty, or nothing at all; enemies may be
    /// elsewhere.
    bool by_host = false;
};

/// A row as it was read. A host's row with a `level`, or without any parameter, is not shown to the engine: the host
/// completes it first (check_items).
struct BankRow {
    int line;
    Json item;               ///< the keys of the bank that have a value, numbers as numbers; `model` filled in
    Json other;              ///< by_host: level, source, qtype, entryid, questionid, idnumber, name that have a value
    bool complete = false;   ///< the engine takes it
    std::size_t faults = 0;  ///< of this row in `problems`, those after the first hundred too
};

struct BankTable {
    std::string encoding;
    char separator = ',';
    int header_line = 0;
    std::vector<std::string> columns;  ///< the engine's names of the columns that are read, and by_host the others
    std::vector<BankRow> rows;
    std::vector<Item> items;  ///< of the complete rows, in their order
    TableNotes problems;
    TableNotes notices;  ///< columns that are not read, or are read under another name; the encoding
};

/// Throws nothing of its own: what is wrong is in `problems`.
BankTable read_bank_table(std::string_view text, const BankTableOptions& options = {});

/// What is wrong with the items of a JSON array, each with its keys as columns and its number (from 1) as line.
TableNotes check_items(const Json& items);

/// The bank of a table. Throws BankError whose message has all faults, one a line, each with file, line, column or
/// item. `notices`, when given, gets what the reader should know.
Bank read_bank_csv(std::string_view text, const std::string& name, double D = 1, TableNotes* notices = nullptr);

/// The bank as a table that read_bank_csv() makes the same bank of: UTF-8, ',' between cells, CRLF, only the columns
/// that some item has.
std::string bank_csv_text(const Bank& bank);

/// The same bank with a scale for each `content` of its items: one bank serves a test of one scale, and a map of its
/// contents. Throws BankError for an item that has not one content, or that is given by slopes on named scales.
Bank scaled_by_content(const Bank& bank);

}  // namespace palier::formats
