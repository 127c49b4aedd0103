// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/files.hpp"

#include <cmath>
#include <filesystem>
#include <iostream>
#include <iterator>

#include "adapters/bankfile/bank_file.hpp"
#include "adapters/formats/bank_csv.hpp"
#include "adapters/formats/csv.hpp"
#include "adapters/host/files.hpp"
#include "adapters/host/plan_check.hpp"
#include "adapters/host/plan_warnings.hpp"
#include "adapters/host/solver.hpp"
#include "engine/errors.hpp"
#include "engine/simulation/simulation.hpp"

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

void BankOption::add_to(CLI::App& command) {
    command.add_option("--bank", path, "Bank: CSV, a bank file (.palier) or compiled")->required();
    command.add_option("--D,--d", D, "Scaling constant of the bank's metric, e.g. 1.702")->check(CLI::PositiveNumber);
    command
        .add_option("--scales-by", scales_by,
                    "What an item's scale is: its scale (the default), or its content, for a map of the contents")
        ->check(CLI::IsMember({"scale", "content"}));
}

std::shared_ptr<const Bank> BankOption::read() const {
    const auto scaled = [this](Bank bank) {
        if (scales_by == "scale") return std::make_shared<const Bank>(std::move(bank));
        return naming(path, [&] { return std::make_shared<const Bank>(formats::scaled_by_content(bank)); });
    };
    const std::string bytes = read_input(path);
    const bool is_file = bankfile::is_sqlite(bytes);
    if (!is_file && !Bank::is_bank_bytes(bytes)) {
        formats::TableNotes notices;
        Bank bank = formats::read_bank_csv(bytes, shown(path), D, &notices);
        say_notices(notices, shown(path));
        return scaled(std::move(bank));
    }
    if (D != 1)
        throw Error(shown(path) + ": a " + (is_file ? "bank file" : "compiled bank") +
                    " has the metric D = 1; --D is for tables");
    if (is_file) return scaled(bankfile::read_items(bytes, shown(path)));
    return scaled(naming(path, [&] { return Bank::from_bytes(bytes); }));
}

void PlanOption::add_to(CLI::App& command) { command.add_option("--plan", path, "Plan: JSON")->required(); }

std::shared_ptr<const Plan> PlanOption::read() const {
    return naming(path, [&] { return host::read_plan(read_input(path)); });
}

void PlanOption::add_anyway_to(CLI::App& command) {
    command.add_flag("--anyway", anyway, "Go on where the plan check finds that the test cannot run");
}

std::shared_ptr<const Plan> PlanOption::read_for(const Bank& bank, host::Language language) const {
    auto plan = read();
    std::string problems;
    for (const Json& problem : host::check_plan(bank, *plan, language).problems)
        problems += (problems.empty() ? "" : "\n") + problem["message"].get<std::string>();
    refuse(problems);
    return plan;
}

void PlanOption::say_warnings(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan) const {
    for (const Json& warning : host::rule_warnings(bank, plan, host::Language::en))
        std::cerr << "palier: " << shown(path) << ": " << warning["message"].get<std::string>() << '\n';
}

void PlanOption::refuse(const std::string& problems) const {
    if (problems.empty()) return;
    if (!anyway) throw Error(shown(path) + ": this test cannot run (--anyway goes on): " + problems);
    std::cerr << "palier: " << shown(path) << ": this test cannot run: " << problems << '\n';
}

void LogOption::add_to(CLI::App& command) { command.add_option("--log", path, "Session log: JSON")->required(); }

Session LogOption::resume(const BankOption& bank, const PlanOption& plan) const {
    const auto items = bank.read();
    const auto rules = plan.read();
    return naming(path, [&] { return Session::resume(items, rules, log_from_json(read_input(path))); });
}

void ResponsesOption::add_to(CLI::App& command, bool required) {
    auto* option = command.add_option(
        "--responses", path,
        required ? "Responses: CSV, wide or long" : "Real responses (CSV, wide or long) in place of simulated persons");
    if (required) option->required();
    command
        .add_option("--categories-from", first_category,
                    "Where the categories of items with several begin in the responses: 0 (default) or 1")
        ->check(CLI::Range(0, 1));
}

formats::ResponsesTable ResponsesOption::open(const Bank& bank) const {
    formats::ResponsesTable table(input_pieces(path), shown(path), bank, {first_category});
    say_notices(table.notices(), shown(path));
    return table;
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

double drawn_ability(const Population& population, std::size_t number, std::uint64_t seed) {
    return population.kind == Population::Kind::uniform
               ? uniform_ability(number, population.first, population.second, seed)
               : normal_ability(number, population.first, population.second, seed);
}

Population population_of(const std::string& option, const std::string& text, bool file) {
    const bool normal = text.rfind("normal", 0) == 0;
    const bool uniform = text.rfind("uniform", 0) == 0;
    if (file && !normal && !uniform) return {Population::Kind::file, 0, 0};
    const auto mark = text.find(':');
    if ((normal || uniform) && mark == std::string(normal ? "normal" : "uniform").size()) {
        const auto values = numbers_of(option, text.substr(mark + 1));
        if (values.size() == 2 && (normal ? values[1] > 0 : values[0] < values[1]))
            return {normal ? Population::Kind::normal : Population::Kind::uniform, values[0], values[1]};
    }
    throw CLI::ValidationError(option, "'" + text + "' should be normal:MEAN,SD (SD above 0)" +
                                           (file ? ", uniform:LO,HI (LO below HI) or a file with a column theta"
                                                 : " or uniform:LO,HI (LO below HI)"));
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
        if (values.size() == 2 && std::fabs(values[0]) <= 1000 && values[1] >= least_prior_sd &&
            values[1] <= most_prior_sd) {
            prior.mean = values[0];
            prior.sd = values[1];
            return prior;
        }
    }
    throw CLI::ValidationError(option,
                               "'" + text +
                                   "' should be normal:MEAN,SD (MEAN from -1000 to 1000, SD from 0.000001 to 1000), "
                                   "uniform or jeffreys");
}

}  // namespace palier::cli
