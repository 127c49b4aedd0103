// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "adapters/formats/responses_csv.hpp"
#include "engine/plan/plan.hpp"
#include "engine/session/session.hpp"

// What most commands read. "-" is standard input; messages name the file.

namespace palier::cli {

std::string read_input(const std::string& path);

/// The path of a file that comes with this program: beside it, or in share/palier of an installation; nothing where it
/// is in neither.
std::optional<std::string> file_with_program(const std::string& name);

/// --bank FILE [--D d]: CSV or compiled bytes.
struct BankOption {
    std::string path;
    double D = 1;
    void add_to(CLI::App& command);
    std::shared_ptr<const Bank> read() const;
};

/// --plan FILE.
struct PlanOption {
    std::string path;
    void add_to(CLI::App& command);
    std::shared_ptr<const Plan> read() const;
};

/// --log FILE.
struct LogOption {
    std::string path;
    void add_to(CLI::App& command);
    Session resume(const BankOption& bank, const PlanOption& plan) const;
};

/// --responses FILE.
struct ResponsesOption {
    std::string path;
    void add_to(CLI::App& command);
    std::vector<formats::PersonResponses> read(const Bank& bank) const;
};

/// "1,2.5,-3" as numbers; throws CLI::ValidationError (exit 2) that names the option.
std::vector<double> numbers_of(const std::string& option, const std::string& text);

/// "normal:MEAN,SD" or "uniform".
Prior prior_of(const std::string& option, const std::string& text);

}  // namespace palier::cli
