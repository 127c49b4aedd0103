// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace palier::formats {

/// A table with a row for each question, whose difficulty is still to be filled in: identifiers and labels.
std::string blank_bank_text(const std::vector<std::pair<std::string, std::string>>& questions);

}  // namespace palier::formats
