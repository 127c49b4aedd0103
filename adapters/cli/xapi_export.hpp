// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <ostream>
#include <string>

namespace palier::cli {

/// A file that is whole or not there: written beside and renamed; "-" is standard output.
class ExportFile {
public:
    explicit ExportFile(std::string path);
    ~ExportFile();
    ExportFile(const ExportFile&) = delete;
    ExportFile& operator=(const ExportFile&) = delete;

    /// Throws Error where it cannot be written.
    void write(const std::string& text);
    void finish();

private:
    std::string path_;
    std::string beside_;
    std::unique_ptr<std::ostream> file_;
    std::ostream* out_;
};

}  // namespace palier::cli
