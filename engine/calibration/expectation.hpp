// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "engine/calibration/joined_rows.hpp"
#include "engine/calibration/responses.hpp"

// The E step of Bock and Aitkin (1981): the log-likelihood of all persons over equally spaced nodes of theta, and the
// number of persons expected at each node in each category of each item.
//
// A person's likelihood at the nodes is a sum of rows, ln P(category | nodes) of each answer. Items that stand beside
// each other are taken together as long as their joint answers are far fewer than the persons who gave them (8 items of
// right or wrong for 5,000 persons: 256 joint answers), so that a person costs 13 rows and not 100. The counts go the
// same way back. Sums are in a fixed order, whatever the number of threads.

namespace palier::calibration {

/// Rows of numbers at the nodes, each padded to a multiple of 8.
struct NodeRows {
    NodeRows() = default;
    NodeRows(std::size_t rows, std::size_t stride_) : stride(stride_), values(rows * stride_, 0.0) {}
    double* row(std::size_t number) { return values.data() + number * stride; }
    const double* row(std::size_t number) const { return values.data() + number * stride; }
    std::size_t stride = 0;
    std::vector<double> values;
};

class Expectation {
public:
    /// `categories` of each item. The responses are read while it is made and not later.
    Expectation(const Responses& responses, const std::vector<int>& categories, int nodes, int threads);

    std::size_t nodes() const { return nodes_; }
    std::size_t stride() const { return stride_; }
    /// The row of category 0 of an item; the other categories follow.
    std::size_t row_of(int item) const { return first_row_[static_cast<std::size_t>(item)]; }
    std::size_t rows() const { return first_row_.back(); }
    /// Of all items, and after the last one rows().
    const std::vector<std::size_t>& first_rows() const { return first_row_; }

    struct Result {
        double log_likelihood = 0;
        NodeRows counts;      ///< expected persons, a row for each category of each item
        NodeRows population;  ///< expected persons, a row for each group
    };
    /// `log_p` ln P, a row for each category of each item; `log_weights` ln of each group's weights at the nodes, of
    /// which the padding is -1000.
    Result operator()(const NodeRows& log_p, const NodeRows& log_weights) const;

    /// The posterior of each pattern over the nodes, summing to 1, in order of the patterns.
    void each_posterior(const NodeRows& log_p, const NodeRows& log_weights,
                        const std::function<void(std::size_t pattern, const double* posterior)>& see) const;

private:
    static constexpr std::size_t in_chunk = 256;
    struct Part;
    NodeRows all_rows(const NodeRows& log_p) const;
    double chunk_posterior(std::size_t chunk, const NodeRows& table, const NodeRows& log_weights,
                           std::vector<double>& posterior) const;
    void add_uses(std::size_t chunk, const std::vector<double>& posterior, NodeRows& counts) const;

    std::size_t nodes_, stride_;
    int threads_;
    std::vector<std::size_t> first_row_;
    JoinedRows joined_;
    struct Use {
        std::uint32_t row;
        std::uint32_t pattern;  // within the chunk
    };
    std::vector<Use> uses_;  // the same, chunk after chunk, each in order of the rows
    std::vector<std::size_t> chunk_ends_{0};
    std::vector<double> frequencies_;
    std::vector<int> groups_;
};

}  // namespace palier::calibration
