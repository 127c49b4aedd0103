// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <ostream>
#include <string>

#include "engine/util/json.hpp"

// Statements as rows for people and spreadsheets.

namespace palier::cli {

/// id, stored, timestamp, actor, verb, object, success, scaled, raw, duration, registration: what a list shows.
Json summary_of(const Json& statement);

struct CsvStyle {
    bool french = false;  ///< semicolons, decimal commas, a byte order mark
};

/// RFC 4180. A text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return)
/// has an apostrophe before it.
std::string csv_header(const CsvStyle& style);
std::string csv_row(const Json& statement, const CsvStyle& style);

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
