// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/program.hpp"

#include "adapters/cli/commands.hpp"

// The program that comes with the Moodle plugin: it answers calls and needs no library of the machine.

namespace palier::cli {

void add_commands(CLI::App& app) { add_call(app); }

}  // namespace palier::cli
