// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>

#include "adapters/cli/output.hpp"
#include "adapters/formats/responses_csv.hpp"

namespace palier::cli {

/// Makes an entry of each person of the table, on all cores, and writes them in the order of the table. Some thousands
/// are held at a time, whatever the length of the table. `entry(person, number)`, numbers from 0, is called from any
/// thread.
///
/// `quick`, where there is one, puts the text that the entry would give (RowWriter::text_of) by itself, or is false.
void write_persons(const OutputOption& output, const Json& like, formats::ResponsesTable& table,
                   const std::function<Json(const formats::PersonResponses& person, std::uint32_t number)>& entry,
                   const std::function<bool(const formats::PersonResponses& person, std::string& text)>& quick = {});

}  // namespace palier::cli
