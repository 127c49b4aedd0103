// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "adapters/cli/answers.hpp"
#include "adapters/cli/files.hpp"
#include "adapters/cli/output.hpp"
#include "engine/calibration/correlations.hpp"

namespace palier::cli {

/// `palier calibrate --correlations PLAN`: how the scales of a plan go together, from answers to a bank that does not
/// move.
struct CorrelationsOption {
    std::string plan;
    calibration::CorrelationOptions search;
    void add_to(CLI::App& command);
    bool asked() const { return !plan.empty(); }
    /// `made`: where the plan with these correlations is written, or empty.
    void run(const AnswersOption& answers, const BankOption& bank, const OutputOption& output, const std::string& made,
             int threads) const;
};

}  // namespace palier::cli
