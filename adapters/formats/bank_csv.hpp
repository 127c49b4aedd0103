// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <string_view>

#include "engine/bank/bank.hpp"

namespace palier::formats {

/// A bank from its table: a header, one row an item (docs/measurement.md; columns: item, scale, model, a,
/// b, c, d, status, content, enemies, item_set, key_format, se_*, label; only item and b are
/// needed; `level`, `source`, `qtype` and `entryid`, which Moodle's own export has beside the parameters, are
/// passed over). Parameters of the metric D are converted: a := D a. Throws BankError that names file, line,
/// column or item.
Bank read_bank_csv(std::string_view text, const std::string& name, double D = 1);

}  // namespace palier::formats
