// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include "scorm/package/zip_file.hpp"

// What a package is made of on this machine, and its bytes.

namespace palier::cli {

/// Folder of the player that packages carry: player/ beside this program, or where an installation has it; "" where it
/// is in neither.
std::filesystem::path package_player();

/// The files of a folder and those below it, by their paths in it. Throws Error.
package::Files read_folder(const std::filesystem::path& folder);

/// The bytes of an archive of these files. Throws Error.
std::string zip_bytes(const package::Files& files);

}  // namespace palier::cli
