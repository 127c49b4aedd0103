// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

namespace palier::cli {

void add_convert(CLI::App& app);

}  // namespace palier::cli
