// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "adapters/bankfile/bank_file.hpp"

// --output of commands that change the parameters of a bank: a table, or a bank file with its history.

namespace palier::cli {

/// Where a changed bank goes: to a bank file if the path ends in .palier or is one, else to a table (CSV).
class BankOutput {
public:
    /// `from`: the bank that is changed, or "". Exit 2 where the output is another input or, unless it is a bank file,
    /// this one.
    BankOutput(const std::string& option, std::string path, const std::string& from,
               const std::vector<std::string>& other_inputs);

    bool is_bank_file() const { return file_.has_value(); }
    /// The items that the file has; none where there is no file yet.
    const Bank* items() const { return file_ && file_->bank.size() > 0 ? &file_->bank : nullptr; }
    /// Writes the bank; in a bank file the change is added to the history, and all else stays.
    void write(Bank bank, const std::string& what, const std::vector<std::string>& made_from, Json report);

private:
    std::string path_;
    std::optional<bankfile::BankFile> file_;
};

/// The present time as 2026-12-01T09:30:00Z.
std::string now_text();
/// Without its folders; "standard input" for "-".
std::string file_name(const std::string& path);

}  // namespace palier::cli
