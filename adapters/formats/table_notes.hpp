// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

// What a reader of tables has to say: faults and notices as data, with a sentence in French and in English.

namespace palier::formats {

/// One fault or notice. `line` is 0 where it is the file's, `column` "" where it is the line's.
struct TableNote {
    int line = 0;
    std::string column;
    std::string code;                 ///< stays; its sentences are in table_notes.cpp
    std::vector<std::string> values;  ///< {0}, {1}… of the sentence
    std::string item;  ///< of a fault that the engine found: "item 'q1'", "the item" without a name; else ""
};

/// The first of them, and how many there are.
class TableNotes {
public:
    static constexpr std::size_t most = 100;
    void add(TableNote note);
    const std::vector<TableNote>& list() const { return list_; }
    std::size_t count() const { return count_; }
    bool empty() const { return count_ == 0; }

private:
    std::vector<TableNote> list_;
    std::size_t count_ = 0;
};

/// The sentence without file and line: "column 'b': 'abc' is not a number". `language`: "fr" is French, else English.
std::string note_text(const TableNote& note, std::string_view language = "en");

/// "bank.csv, line 3, column 'b': 'abc' is not a number", in English.
std::string note_message(const TableNote& note, const std::string& name);

/// All of them, one a line; after the first 100, how many more there are.
std::string note_messages(const TableNotes& notes, const std::string& name);

/// The codes that have a sentence, for the test that each has both.
std::vector<std::string> note_codes();

}  // namespace palier::formats
