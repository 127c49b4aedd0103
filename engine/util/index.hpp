// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace palier {

/// A position (an item, a category, a person…: an int that is never below 0) as an index of a container.
constexpr std::size_t at(int position) { return static_cast<std::size_t>(position); }

}  // namespace palier
