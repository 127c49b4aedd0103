// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace palier::formats {

/// An archive from a stranger, in memory, by libzip: at most 20,000 entries, 64 MiB an entry and 256 MiB of all that
/// is read; nothing is written anywhere. Entries whose name leaves the archive are not listed.
class ZipReader {
public:
    /// `bytes` live as long as the reader. Throws FormatError if they are no archive.
    ZipReader(std::string_view bytes, std::string file);
    ~ZipReader();
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;

    const std::vector<std::string>& names() const { return names_; }
    bool has(const std::string& name) const;
    /// Throws FormatError if it is not there, encrypted or damaged, or beyond the limits.
    std::string read(const std::string& name);

private:
    struct Archive;
    std::string file_;
    std::unique_ptr<Archive> archive_;
    std::vector<std::string> names_;  // sorted
    std::size_t bytes_read_ = 0;
};

/// Whether a path stays where it is: relative, with '/', without "." and "..".
bool is_local_path(std::string_view path);

}  // namespace palier::formats
