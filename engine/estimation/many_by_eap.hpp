// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "engine/estimation/estimation.hpp"

namespace palier {

class Bank;

/// A response to the item at a position of a bank.
struct BankResponse {
    int item;
    int category;
};

/// EAP by the trapezoid rule of many persons on one bank: what Evidence gives for each, bit for bit, with no memory of
/// a person and nothing kept of an item but its curves.
class ManyByEap {
public:
    /// Whether it is for such an estimation: a normal or a uniform prior, and no item whose doubt counts.
    static bool serves(const Estimation& estimation, const Prior& prior, const Bank& bank);
    /// `bank` outlives this.
    ManyByEap(const Estimation& estimation, const Prior& prior, const Bank& bank);

    /// Safe to use from several threads, each with a room of its own.
    struct Room {
        std::vector<const double*> rows;
        std::vector<double> weights;
    };
    Estimate estimate(std::span<const BankResponse> responses, Room& room) const;

private:
    Estimate by_evidence(std::span<const BankResponse> responses) const;

    const Bank& bank_;
    Estimation estimation_;
    Prior prior_;
    NodeLimits limits_;
    bool minds_ends_ = false;
    std::shared_ptr<const GridTables> tables_;
    std::vector<double> log_prior_;
    std::vector<double> steepness_;  ///< of each item
};

}  // namespace palier
