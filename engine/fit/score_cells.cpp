// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/score_cells.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace palier::fit {

void ScoreCells::add(std::vector<double> observed, std::vector<double> expected) {
    rows_.push_back({std::move(observed), std::move(expected)});
}

double ScoreCells::Row::persons() const { return std::accumulate(observed.begin(), observed.end(), 0.0); }

bool ScoreCells::Row::is_thin() const {
    return std::any_of(expected.begin(), expected.end(), [](double e) { return e < least && e != 0; });
}

void ScoreCells::Row::take(const Row& other) {
    for (std::size_t k = 0; k < observed.size(); ++k) {
        observed[k] += other.observed[k];
        expected[k] += other.expected[k];
    }
}

// Scores at which a category cannot be: the first ones to the first complete score, the last ones to the last.
void ScoreCells::join_impossible() {
    std::vector<char> complete;
    for (Row& row : rows_) {
        complete.push_back(1);
        for (double& e : row.expected)
            if (std::isnan(e)) {
                e = 0;
                complete.back() = 0;
            }
    }
    const auto first = static_cast<std::size_t>(std::find(complete.begin(), complete.end(), 1) - complete.begin());
    if (first == rows_.size()) {
        rows_.clear();
        return;
    }
    std::size_t last = rows_.size() - 1;
    while (complete[last] == 0) --last;
    for (std::size_t r = 0; r < first; ++r) rows_[first].take(rows_[r]);
    for (std::size_t r = last + 1; r < rows_.size(); ++r) rows_[last].take(rows_[r]);
    rows_ = {rows_.begin() + static_cast<std::ptrdiff_t>(first), rows_.begin() + static_cast<std::ptrdiff_t>(last) + 1};
}

void ScoreCells::join_single_persons() {
    std::vector<Row> kept;
    for (std::size_t r = 0; r + 1 < rows_.size(); ++r) {
        if (rows_[r].persons() == 1)
            rows_[r + 1].take(rows_[r]);
        else
            kept.push_back(rows_[r]);
    }
    if (!rows_.empty()) kept.push_back(rows_.back());
    if (kept.size() > 1 && kept.back().persons() == 1) {
        kept[kept.size() - 2].take(kept.back());
        kept.pop_back();
    }
    rows_ = std::move(kept);
}

void ScoreCells::join_categories(const std::vector<char>& thin) {
    for (std::size_t r = 0; r < rows_.size(); ++r) {
        if (thin[r] == 0) continue;
        std::vector<double>& e = rows_[r].expected;
        std::vector<double>& o = rows_[r].observed;
        const std::size_t columns = e.size();
        while (e.size() > 2) {
            // The last of those that expect least.
            std::size_t which = 0;
            for (std::size_t k = 1; k < e.size(); ++k)
                if (e[k] <= e[which]) which = k;
            std::size_t to = 1;
            if (which + 1 == e.size())
                to = which - 1;
            else if (which > 0)
                to = e[which - 1] <= e[which + 1] ? which - 1 : which + 1;
            e[to] += e[which];
            o[to] += o[which];
            e.erase(e.begin() + static_cast<std::ptrdiff_t>(which));
            o.erase(o.begin() + static_cast<std::ptrdiff_t>(which));
            if (std::all_of(e.begin(), e.end(), [](double value) { return value >= least; })) break;
        }
        e.resize(columns, 0.0);
        o.resize(columns, 0.0);
    }
}

void ScoreCells::join_columns() {
    if (rows_.empty()) return;
    std::size_t columns = rows_[0].expected.size();
    const auto drop = [&](std::size_t column) {
        for (Row& row : rows_) {
            row.expected[column - 1] += row.expected[column];
            row.observed[column - 1] += row.observed[column];
            row.expected.erase(row.expected.begin() + static_cast<std::ptrdiff_t>(column));
            row.observed.erase(row.observed.begin() + static_cast<std::ptrdiff_t>(column));
        }
        --columns;
    };
    const auto count = static_cast<double>(rows_.size());
    while (columns > 2) {
        double sum = 0;
        for (const Row& row : rows_) sum += row.expected.back();
        if (!(sum < least * std::ceil(count * 0.1))) break;
        drop(columns - 1);
    }
    for (std::size_t j = columns - 1; j > 0; --j) {
        double there = 0;
        for (const Row& row : rows_) there += row.expected[j] > 0 ? 1 : 0;
        if (there / count < 0.05) drop(j);
    }
}

void ScoreCells::join_thin_rows() {
    while (rows_.size() > 1) {
        std::size_t which = 0;
        while (which < rows_.size() && !rows_[which].is_thin()) ++which;
        if (which == rows_.size()) return;
        std::size_t to = 1;
        if (which + 1 == rows_.size())
            to = which - 1;
        else if (which > 0)
            to = rows_[which - 1].persons() <= rows_[which + 1].persons() ? which - 1 : which + 1;
        rows_[to].take(rows_[which]);
        remove(which);
    }
}

void ScoreCells::join() {
    join_impossible();
    rows_.erase(std::remove_if(rows_.begin(), rows_.end(), [](const Row& row) { return row.persons() == 0; }),
                rows_.end());
    // Told before scores of one person are joined, as mirt does, which counts on from there.
    std::vector<char> thin;
    for (const Row& row : rows_)
        thin.push_back(std::any_of(row.expected.begin(), row.expected.end(), [](double e) { return e < least; }));
    join_single_persons();
    if (!rows_.empty() && rows_[0].expected.size() > 2) join_categories(thin);
    join_columns();
    join_thin_rows();
}

double ScoreCells::chi_square() const {
    if (rows_.size() < 2) return 0;
    double sum = 0;
    for (const Row& row : rows_)
        for (std::size_t k = 0; k < row.expected.size(); ++k)
            if (row.expected[k] != 0)
                sum += (row.observed[k] - row.expected[k]) * (row.observed[k] - row.expected[k]) / row.expected[k];
    return sum;
}

int ScoreCells::degrees() const {
    if (rows_.size() < 2) return 0;
    int cells = 0;
    for (const Row& row : rows_)
        for (const double e : row.expected) cells += e != 0 ? 1 : 0;
    return cells - static_cast<int>(rows_.size());
}

}  // namespace palier::fit
