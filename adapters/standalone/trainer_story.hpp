// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "adapters/standalone/html.hpp"

namespace palier::standalone {

/// An attempt as a story: its statements, oldest first, as sentences in order; the curve of the ability with its margin
/// after each answer and the same as a table; why it stopped. HTML of the page's body.
/// `root`: of the trainer's pages.
std::string attempt_story(const std::vector<nlohmann::json>& statements, const Reader& reader, const std::string& root);

}  // namespace palier::standalone
