// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/calibration/responses.hpp"

namespace palier::calibration {

/// Each pattern's answers as few rows. At first a row is a category of an item; then neighbours become one block, of
/// which a row is a joint answer, wherever that pays, and neighbouring blocks again (8 items of right or wrong: 256
/// joint answers, so that 100 answers are 13 rows).
class JoinedRows {
public:
    /// Whether two blocks become one that may have this many joint answers, where this many patterns have both.
    using Pays = bool (*)(std::size_t joint_answers, std::size_t both);

    /// `first_row` of each item's category 0, and after the last item the number of rows.
    JoinedRows(const Responses& responses, const std::vector<std::size_t>& first_row, Pays pays);

    std::size_t rows() const { return single_ + joint_.size(); }
    /// Rows that are one answer. The others follow, each the sum of two before it.
    std::size_t single() const { return single_; }
    const std::vector<std::pair<std::uint32_t, std::uint32_t>>& joint() const { return joint_; }
    /// The rows of a pattern, in order of the items.
    std::span<const std::uint32_t> of(std::size_t pattern) const {
        return {rows_of_.data() + ends_[pattern], ends_[pattern + 1] - ends_[pattern]};
    }
    std::size_t uses() const { return rows_of_.size(); }

private:
    std::size_t single_;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> joint_;
    std::vector<std::uint32_t> rows_of_;  // pattern after pattern
    std::vector<std::size_t> ends_;
};

}  // namespace palier::calibration
