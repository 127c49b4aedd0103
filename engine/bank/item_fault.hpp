// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/errors.hpp"

// What can be wrong with one item, as data: a reader of tables shows it beside its cell, in its reader's language.

namespace palier {

/// One fault of an item. what() is the English sentence: "item 'q1': 'a' is missing; it should be …".
struct ItemFault : BankError {
    /// `code` is one of item_fault_sentences(); `values` are what its sentence has in {0}, {1}, {2}.
    ItemFault(std::string where, std::string key, std::string code, std::vector<std::string> values = {});
    std::string where;  ///< the item, as messages name it
    std::string key;    ///< the key (column) at fault; "" where it is none alone
    std::string code;
    std::vector<std::string> values;
};

/// The codes, each with its English sentence, in which {key} is the key and {0}… are the values.
const std::vector<std::pair<std::string, std::string>>& item_fault_sentences();

/// The sentence with its places filled.
std::string fill_sentence(std::string sentence, const std::string& key, const std::vector<std::string>& values);

}  // namespace palier
