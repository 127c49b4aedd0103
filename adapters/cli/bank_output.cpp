// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/bank_output.hpp"

#include <array>
#include <ctime>
#include <filesystem>
#include <fstream>

#include "adapters/cli/files.hpp"
#include "adapters/formats/bank_csv.hpp"

namespace palier::cli {
namespace {

bool is_bank_file_there(const std::string& path) {
    std::error_code error;
    if (path == "-" || !std::filesystem::is_regular_file(path, error)) return false;
    std::array<char, 16> start{};
    std::ifstream in(path, std::ios::binary);
    in.read(start.data(), start.size());
    return bankfile::is_sqlite({start.data(), static_cast<std::size_t>(in.gcount())});
}

}  // namespace

BankOutput::BankOutput(const std::string& option, std::string path, const std::string& from,
                       const std::vector<std::string>& other_inputs)
    : path_(std::move(path)) {
    check_output(option, path_, other_inputs);
    const bool there = is_bank_file_there(path_);
    // What a bank file had before stays in its history.
    if (!there) check_output(option, path_, {from});
    if (there)
        file_ = bankfile::read_bank_file(read_input(path_), path_);
    else if (path_.ends_with(".palier"))
        file_ = is_bank_file_there(from) ? bankfile::read_bank_file(read_input(from), from) : bankfile::BankFile{};
}

void BankOutput::write(Bank bank, const std::string& what, const std::vector<std::string>& made_from, Json report) {
    if (!file_) {
        write_output(path_, formats::bank_csv_text(bank));
        return;
    }
    bankfile::Change change{what, now_text(), {}, {}, std::move(report), {}, {}};
    for (const std::string& path : made_from)
        if (!path.empty()) change.made_from.push_back(file_name(path));
    file_->change_to(std::move(bank), std::move(change));
    write_output(path_, bankfile::bytes_of(*file_));
}

std::string now_text() {
    const std::time_t now = std::time(nullptr);
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> text{};
    const std::size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text.data(), size};
}

std::string file_name(const std::string& path) {
    return path == "-" ? "standard input" : std::filesystem::path(path).filename().string();
}

}  // namespace palier::cli
