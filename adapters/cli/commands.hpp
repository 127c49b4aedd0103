// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

// The commands, one a file. Each adds itself to the application; its work runs after the command
// line is read and throws palier::Error when it cannot be done (exit 1).

namespace palier::cli {

void add_call(CLI::App& app);
void add_score(CLI::App& app);
void add_calibrate(CLI::App& app);
void add_dif(CLI::App& app);
void add_fit(CLI::App& app);
void add_link(CLI::App& app);
void add_info(CLI::App& app);
void add_session_commands(CLI::App& app);  // next, replay, verify, explain
void add_posthoc(CLI::App& app);
void add_simulate(CLI::App& app);
void add_bundle(CLI::App& app);
void add_package(CLI::App& app);
void add_records(CLI::App& app);
void add_questions(CLI::App& app);
void add_assemble(CLI::App& app);
void add_exposure(CLI::App& app);
void add_serve(CLI::App& app);

}  // namespace palier::cli
