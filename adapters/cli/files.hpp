// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/formats/responses_csv.hpp"
#include "adapters/host/words.hpp"
#include "engine/plan/plan.hpp"
#include "engine/session/session.hpp"

// What most commands read. "-" is standard input; messages name the file.

namespace palier::cli {

/// The bytes of a file, or of standard input for "-", which can be read once. Exit 2 where standard output is that
/// file.
std::string read_input(const std::string& path);

/// The bytes of a file or of standard input in pieces, from their start at each call; as read_input refuses.
formats::ResponsesTable::Source input_pieces(const std::string& path);

/// Exit 2, before any work is done, where `path` names the same file as one of the inputs: by device and inode, through
/// links, and by name where one is not there yet. "-" is standard input among the inputs, and standard output as
/// `path`. `option` names the path in the message.
void check_output(const std::string& option, const std::string& path, const std::vector<std::string>& inputs);

/// Writes a file whole or not at all; "-" is standard output.
void write_output(const std::string& path, const std::string& bytes);

/// The path of a file that comes with this program: beside it, or in share/palier of an installation; nothing where it
/// is in neither.
std::optional<std::string> file_with_program(const std::string& name);

/// --bank FILE [--D d] [--scales-by content]: CSV, a bank file (*.palier) or compiled bytes, by what the bytes are.
struct BankOption {
    std::string path;
    double D = 1;
    std::string scales_by = "scale";
    void add_to(CLI::App& command);
    std::shared_ptr<const Bank> read() const;
};

/// --plan FILE.
struct PlanOption {
    std::string path;
    bool anyway = false;
    void add_to(CLI::App& command);
    /// --anyway, of commands that run the plan: a test that cannot run is a warning then, and no refusal.
    void add_anyway_to(CLI::App& command);
    std::shared_ptr<const Plan> read() const;
    /// The plan, checked against the bank in the words of the call `feasibility`. Throws Error without --anyway.
    std::shared_ptr<const Plan> read_for(const Bank& bank, host::Language language = host::Language::en) const;
    /// Throws Error with these problems, one a line; with --anyway says them on standard error.
    void refuse(const std::string& problems) const;
    /// On standard error, a line for each thing that the plan asks for and the bank cannot give.
    void say_warnings(const std::shared_ptr<const Bank>& bank, const std::shared_ptr<const Plan>& plan) const;
};

/// --log FILE.
struct LogOption {
    std::string path;
    void add_to(CLI::App& command);
    Session resume(const BankOption& bank, const PlanOption& plan) const;
};

/// --responses FILE [--categories-from 1].
struct ResponsesOption {
    std::string path;
    int first_category = 0;
    void add_to(CLI::App& command, bool required = true);
    /// Checked whole; then read a person at a time. What cannot be read twice (a pipe) is kept in a nameless file
    /// meanwhile.
    formats::ResponsesTable open(const Bank& bank) const;
};

/// "1,2.5,-3" as numbers; throws CLI::ValidationError (exit 2) that names the option.
std::vector<double> numbers_of(const std::string& option, const std::string& text);

/// A population: "normal:MEAN,SD" with SD above 0, "uniform:LO,HI" with LO below HI; `file`: or else the name of a
/// file. Throws CLI::ValidationError for another text (with `file`, for one that begins as these do and is not right).
struct Population {
    enum class Kind { normal, uniform, file };
    Kind kind = Kind::normal;
    double first = 0;   ///< mean, or low
    double second = 1;  ///< standard deviation, or high
};
/// The ability of person `number` of a normal or uniform population.
double drawn_ability(const Population& population, std::size_t number, std::uint64_t seed);
Population population_of(const std::string& option, const std::string& text, bool file);

/// "normal:MEAN,SD", "uniform" or "jeffreys".
Prior prior_of(const std::string& option, const std::string& text);

}  // namespace palier::cli
