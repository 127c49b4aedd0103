// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace palier::cli {

/// The commands of this program: all of them (program.cpp), or `call` alone (call_only/program.cpp).
void add_commands(CLI::App& app);

}  // namespace palier::cli
