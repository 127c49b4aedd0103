// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace palier::cli {

/// `palier xapi` with its subcommands, as the commands of commands.hpp.
void add_xapi(CLI::App& app);

}  // namespace palier::cli
