// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/files.hpp"

#include <filesystem>
#include <iostream>
#include <iterator>

#include "adapters/formats/bank_csv.hpp"
#include "adapters/formats/csv.hpp"
#include "adapters/host/files.hpp"
#include "adapters/host/solver.hpp"
#include "engine/errors.hpp"

namespace palier::cli {
namespace {

std::string shown(const std::string& path) { return path == "-" ? "standard input" : path; }

template <class Read>
auto naming(const std::string& path, const Read& read) {
    try {
        return read();
    } catch (const Error& error) {
        throw Error(shown(path) + ": " + error.what());
    }
}

// On standard error, the columns that are not read in one line.
void say_notices(const formats::TableNotes& notices, const std::string& name) {
    std::vector<std::string> ignored;
    for (const formats::TableNote& note : notices.list()) {
        if (note.code == "column_ignored") {
            ignored.push_back("'" + note.column + "'");
        } else {
            std::cerr << "palier: " << formats::note_message(note, name) << '\n';
        }
    }
    if (!ignored.empty()) std::cerr << "palier: " << name << ": not read: " << join(ignored) << '\n';
}

}  // namespace

std::optional<std::string> file_with_program(const std::string& name) {
    namespace fs = std::filesystem;
    std::error_code error;
    const fs::path program = fs::read_symlink("/proc/self/exe", error).parent_path();
    for (const fs::path& folder : {program, program / ".." / "share" / "palier"})
        if (fs::is_regular_file(folder / name, error)) return (folder / name).string();
    return std::nullopt;
}

std::string read_input(const std::string& path) {
    if (path != "-") return host::read_file(path);
    return {std::istreambuf_iterator<char>(std::cin), {}};
}

void BankOption::add_to(CLI::App& command) {
    command.add_option("--bank", path, "Bank: CSV or compiled")->required();
    command.add_option("--D,--d", D, "Scaling constant of the bank's metric, e.g. 1.702")->check(CLI::PositiveNumber);
}

std::shared_ptr<const Bank> BankOption::read() const {
    const std::string bytes = read_input(path);
    if (bytes.rfind("SQLite format 3", 0) == 0)
        throw Error(shown(path) + ": a .palier file (SQLite); this version reads banks as CSV or compiled bytes");
    if (!Bank::is_bank_bytes(bytes)) {
        formats::TableNotes notices;
        Bank bank = formats::read_bank_csv(bytes, shown(path), D, &notices);
        say_notices(notices, shown(path));
        return std::make_shared<Bank>(std::move(bank));
    }
    if (D != 1) throw Error(shown(path) + ": a compiled bank has the metric D = 1; --D is for tables");
    return std::make_shared<Bank>(naming(path, [&] { return Bank::from_bytes(bytes); }));
}

void PlanOption::add_to(CLI::App& command) { command.add_option("--plan", path, "Plan: JSON")->required(); }

std::shared_ptr<const Plan> PlanOption::read() const {
    return naming(path, [&] { return host::read_plan(read_input(path)); });
}

void LogOption::add_to(CLI::App& command) { command.add_option("--log", path, "Session log: JSON")->required(); }

Session LogOption::resume(const BankOption& bank, const PlanOption& plan) const {
    const auto items = bank.read();
    const auto rules = plan.read();
    return naming(path, [&] { return Session::resume(items, rules, log_from_json(read_input(path))); });
}

void ResponsesOption::add_to(CLI::App& command) {
    command.add_option("--responses", path, "Responses: CSV, wide or long")->required();
}

std::vector<formats::PersonResponses> ResponsesOption::read(const Bank& bank) const {
    return formats::read_responses_csv(read_input(path), shown(path), bank);
}

std::vector<double> numbers_of(const std::string& option, const std::string& text) {
    std::vector<double> values;
    std::string part;
    for (const char ch : text + ",") {
        if (ch != ',') {
            part += ch;
            continue;
        }
        const auto value = formats::number_in(part, ',');
        if (!value) throw CLI::ValidationError(option, "'" + text + "' should be numbers separated by commas");
        values.push_back(*value);
        part.clear();
    }
    return values;
}

Prior prior_of(const std::string& option, const std::string& text) {
    Prior prior;
    if (text == "uniform") {
        prior.distribution = Prior::Distribution::uniform;
        return prior;
    }
    if (text == "jeffreys") {
        prior.distribution = Prior::Distribution::jeffreys;
        return prior;
    }
    if (text.rfind("normal:", 0) == 0) {
        const auto values = numbers_of(option, text.substr(7));
        if (values.size() == 2 && values[1] > 0) {
            prior.mean = values[0];
            prior.sd = values[1];
            return prior;
        }
    }
    throw CLI::ValidationError(option, "'" + text + "' should be normal:MEAN,SD (SD above 0), uniform or jeffreys");
}

}  // namespace palier::cli
