// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "engine/errors.hpp"

namespace palier::formats {

/// A file, or a JSON text, that cannot be read. The message opens with "FILE:LINE: " where there is
/// a line, and names the element or key at fault.
struct FormatError : Error {
    using Error::Error;
    FormatError(const std::string& file, long line, const std::string& what)
        : Error(file + (line > 0 ? ":" + std::to_string(line) : "") + ": " + what) {}
};

}  // namespace palier::formats
