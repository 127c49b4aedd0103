// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>
#include <vector>

namespace palier::fit {

/// The cells of S-X2 of one item, a row for each score, and how they are joined (score_fit.hpp).
class ScoreCells {
public:
    static constexpr double impossible = std::numeric_limits<double>::quiet_NaN();
    static constexpr double least = 1;

    void add(std::vector<double> observed, std::vector<double> expected);
    void join();
    /// sum (O - E)^2 / E, and cells less rows; 0 where fewer than two rows are left.
    double chi_square() const;
    int degrees() const;

private:
    struct Row {
        std::vector<double> observed, expected;
        double persons() const;
        bool is_thin() const;  ///< a cell that is there expects too few
        void take(const Row& other);
    };
    void join_impossible();
    void join_single_persons();
    void join_categories(const std::vector<char>& thin);
    void join_columns();
    void join_thin_rows();
    void remove(std::size_t row) { rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(row)); }
    std::vector<Row> rows_;
};

}  // namespace palier::fit
