// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "adapters/cli/files.hpp"
#include "engine/calibration/responses.hpp"

namespace palier::cli {

/// --responses FILE [--categories-from 1] [--group COLUMN] [--without LIST]: answers to items of which no bank need be
/// there, all in memory.
struct AnswersOption {
    ResponsesOption responses;
    std::string group;
    std::string without;
    void add_to(CLI::App& command);
    /// Throws Error that has every fault of the table, and one for more than 100 groups.
    calibration::Responses read() const;
};

}  // namespace palier::cli
