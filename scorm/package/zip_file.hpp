// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>

// A zip archive that depends on its content alone: entries sorted by name, all dated 1980-01-01
// (the first day that a zip can say), deflated by libzip. The same files give the same bytes with
// the same libzip and zlib.

namespace palier::package {

/// Path inside the archive to bytes. Paths are relative, with '/', and without "." or "..".
using Files = std::map<std::string, std::string>;

/// Throws Error that names the path if the file cannot be written or a path is none of these; an
/// existing file is replaced only once the new one is whole.
void write_zip(const std::string& path, const Files& files);

/// One entry of an archive. Throws Error where the bytes are no archive, or the entry is not there or has more than
/// `most` bytes.
std::string read_zip_entry(const std::string& zip, const std::string& name, std::size_t most);

}  // namespace palier::package
