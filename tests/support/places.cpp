// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/places.hpp"

namespace palier::test {

std::string in_project(const std::string& path) { return PALIER_PROJECT "/" + path; }

const char* const palier_command = PALIER_COMMAND;

}  // namespace palier::test
