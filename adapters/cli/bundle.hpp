// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "adapters/cli/files.hpp"
#include "adapters/delivery/bundle.hpp"

namespace palier::cli {

/// What keeps a test from running, of the report of its bundle, a line each; "" where it can run.
std::string problems_of(const Json& report);

/// What a bundle is made of: --bank, --plan, --questions, --id, --title, --share.
struct BundleOptions {
    BankOption bank;
    PlanOption plan;
    std::vector<std::string> questions;
    std::string id = "test";
    std::vector<std::string> titles;
    std::string match = "idnumber";
    std::optional<double> share = 1;  // without one: as BundleRequest says
    std::uint64_t share_seed = 1;
    std::string words = "en";
    void add_to(CLI::App& command);
    /// The files that are read.
    std::vector<std::string> inputs() const;
    /// What was read. Without --questions those of the bank, in each of its languages.
    delivery::BundleRequest request() const;
    /// Throws Error where the test cannot run (PlanOption::refuse).
    void check(const delivery::MadeBundle& made) const;
};

}  // namespace palier::cli
