// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <vector>

#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/ops/entry.hpp"

namespace palier::xapi {

/// Writes a batch and what goes with it. A statement that is kept already and says the same is left as it
/// is; each other one is stored now, after all that were stored before. Throws Conflict when one that is
/// kept says something else, NotTheirs when one voids what it may not, Overtaken when a record has changed since: then
/// nothing of the batch may stay. Voidings that come before their statement void it by the same rule.
void add_batch(Writer& writer, const std::vector<Entry>& entries, const std::vector<RecordChange>& changes);

/// The same of statements that another store kept: each is stored when that one says (microseconds since 1970 UTC),
/// where this is after all that is kept and not to come, else now. One that is not after the one before it in the same
/// import is stored a microsecond after that one: `last` is when that was, 0 before the first batch; gives it for the
/// next.
std::int64_t import_batch(Writer& writer, const std::vector<Entry>& entries, const std::vector<std::int64_t>& stored,
                          std::int64_t last);

}  // namespace palier::xapi
