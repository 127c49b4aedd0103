// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>

namespace palier::cli {

/// "fr=questions.xml" as {"fr", "questions.xml"}; a file alone has no language.
std::pair<std::string, std::string> language_and_file(const std::string& text);

}  // namespace palier::cli
