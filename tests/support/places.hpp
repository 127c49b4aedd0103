// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace palier::test {

// Defined in an object of their own: every other object is then the same in any folder, and ccache knows it again.

/// The path of a file of the project.
std::string in_project(const std::string& path);

/// The path of the command, where it is built.
extern const char* const palier_command;

}  // namespace palier::test
