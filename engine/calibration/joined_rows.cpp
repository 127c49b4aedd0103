// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/joined_rows.hpp"

#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

constexpr std::uint32_t no_row = ~std::uint32_t{0};

}  // namespace

JoinedRows::JoinedRows(const Responses& responses, const std::vector<std::size_t>& first_row, Pays pays)
    : single_(first_row.back()) {
    std::vector<std::uint32_t> block_of;  // of each entry of rows_of_
    ends_.assign(1, 0);
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        for (std::size_t n = 0; n < responses.length(p); ++n) {
            const Answer given = responses.answer(p, n);
            rows_of_.push_back(static_cast<std::uint32_t>(first_row[at(given.item)] + at(given.category)));
            block_of.push_back(static_cast<std::uint32_t>(given.item));
        }
        ends_.push_back(rows_of_.size());
    }
    std::size_t blocks = first_row.size() - 1;
    std::vector<std::uint32_t> local(single_);  // the number of a row within its block
    std::vector<std::uint32_t> sizes(blocks);   // rows of a block
    for (std::size_t b = 0; b < blocks; ++b) {
        sizes[b] = static_cast<std::uint32_t>(first_row[b + 1] - first_row[b]);
        for (std::uint32_t k = 0; k < sizes[b]; ++k) local[first_row[b] + k] = k;
    }
    bool any = true;
    while (any && blocks > 1) {
        any = false;
        const std::size_t pairs = (blocks + 1) / 2;
        std::vector<std::size_t> both(pairs, 0);
        for (std::size_t p = 0; p + 1 < ends_.size(); ++p)
            for (std::size_t k = ends_[p] + 1; k < ends_[p + 1]; ++k)
                if (block_of[k] / 2 == block_of[k - 1] / 2 && block_of[k] != block_of[k - 1]) ++both[block_of[k] / 2];
        std::vector<std::vector<std::uint32_t>> joint_row(pairs);
        std::vector<std::uint32_t> new_sizes(pairs);
        for (std::size_t b = 0; b < pairs; ++b) {
            const std::uint32_t left = sizes[2 * b];
            const std::uint32_t right = 2 * b + 1 < blocks ? sizes[2 * b + 1] : 0;
            new_sizes[b] = left + right;
            const std::size_t product = std::size_t{left} * right;
            if (right == 0 || !pays(product, both[b])) continue;
            joint_row[b].assign(product, no_row);
            any = true;
        }
        if (!any) break;
        // Rows of the right block come after those of the left one.
        std::vector<std::uint32_t> shift(blocks, 0);
        for (std::size_t b = 1; b < blocks; b += 2) shift[b] = sizes[b - 1];
        std::vector<std::uint32_t> new_local = local;
        std::size_t write = 0;
        std::size_t begin = 0;
        for (std::size_t p = 0; p + 1 < ends_.size(); ++p) {
            const std::size_t end = ends_[p + 1];
            for (std::size_t k = begin; k < end; ++k) {
                const std::size_t b = block_of[k] / 2;
                std::uint32_t row = rows_of_[k];
                const bool is_pair = k + 1 < end && block_of[k] % 2 == 0 && block_of[k + 1] == block_of[k] + 1;
                if (is_pair && !joint_row[b].empty()) {
                    std::uint32_t& joined =
                        joint_row[b][std::size_t{local[row]} * sizes[2 * b + 1] + local[rows_of_[k + 1]]];
                    if (joined == no_row) {
                        joined = static_cast<std::uint32_t>(rows());
                        joint_.emplace_back(row, rows_of_[k + 1]);
                        new_local.push_back(new_sizes[b]++);
                    }
                    row = joined;
                    ++k;
                } else {
                    new_local[row] = local[row] + shift[block_of[k]];
                }
                rows_of_[write] = row;
                block_of[write++] = static_cast<std::uint32_t>(b);
            }
            begin = end;
            ends_[p + 1] = write;
        }
        rows_of_.resize(write);
        block_of.resize(write);
        local = std::move(new_local);
        sizes = std::move(new_sizes);
        blocks = pairs;
    }
}

}  // namespace palier::calibration
