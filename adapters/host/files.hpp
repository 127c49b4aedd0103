// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace palier::host {

/// The bytes of a file. Throws Error that names it.
std::string read_file(const std::string& path);

/// Writes aside, then renames: readers see the old file or the new one, never a part, and a failure leaves the old one.
/// A link is followed, a file keeps its rights, a device or a pipe is written as it is. Throws Error that names the
/// path.
void write_file(const std::string& path, const std::string& bytes);

}  // namespace palier::host
