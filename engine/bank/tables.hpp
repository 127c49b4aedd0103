// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "engine/bank/information_curves.hpp"
#include "engine/models/model.hpp"

// What is computed once for a bank and used in every step of every session on it: curves of items on
// the nodes of a grid, and items in the order of their information near an ability. A bank is
// immutable, so these are shared by all its sessions; each part is made when it is first needed, and
// the numbers are those of the functions of model.hpp, bit for bit. Safe to use from several threads.

namespace palier {

struct Item;
class FloatCurves;
enum class FloatCurve : std::uint8_t;

/// Equally spaced nodes of [low, high], both ends among them.
struct Grid {
    double low;
    double high;
    int nodes;

    bool operator==(const Grid& other) const { return low == other.low && high == other.high && nodes == other.nodes; }
    std::vector<double> points() const;
    /// The same into a list that has its room.
    void append_to(std::vector<double>& list) const;
};

/// The curves of the items on a grid, node by node; each curve of each item is made when it is first asked for.
class GridTables {
public:
    GridTables(const std::vector<Item>& items, const Grid& grid);

    /// ln P and P of category k start at k * nodes.
    const double* log_p(int item) const { return log_p_.row(item); }
    const double* p(int item) const { return p_.row(item); }
    const double* information(int item) const { return information_.row(item); }
    const Grid& grid() const { return grid_; }
    const std::vector<double>& points() const { return points_; }

private:
    /// One curve of all items.
    class Rows {
    public:
        Rows(const std::vector<Item>& items, const std::vector<double>& points, Curve curve);
        const double* row(int item) const {
            const std::atomic<const double*>* rows = rows_.load(std::memory_order_acquire);
            const double* values =
                rows ? rows[static_cast<std::size_t>(item)].load(std::memory_order_acquire) : nullptr;
            return values ? values : make(static_cast<std::size_t>(item));
        }

    private:
        const double* make(std::size_t item) const;

        const std::vector<Item>& items_;  ///< of the bank that owns this
        const std::vector<double>& points_;
        Curve curve_;
        mutable std::atomic<std::atomic<const double*>*> rows_ = nullptr;  ///< null until one is asked for
        mutable std::unique_ptr<std::atomic<const double*>[]> own_rows_;
        // Rows are cut from runs of memory, in the order in which they are made: a scan of the bank then reads
        // forwards.
        mutable std::mutex mutex_;
        mutable std::vector<std::unique_ptr<double[]>> runs_;
        mutable double* free_ = nullptr;
        mutable std::size_t left_ = 0;
    };

    Grid grid_;
    std::vector<double> points_;
    Rows log_p_;
    Rows p_;
    Rows information_;
};

/// What the search for a maximum adds up at the points of a grid, item by item; made for those that were answered.
class ScoreTables {
public:
    /// score: d ln P_k / d theta; warm: that with I and I times ratio and slope of warm_terms(); huber: the score times
    /// Huber's weight of this constant (robust_weight).
    enum class Kind : std::uint8_t { score, warm, huber };
    ScoreTables(const std::vector<Item>& items, const Grid& grid, Kind kind, double constant);
    ~ScoreTables();
    ScoreTables(const ScoreTables&) = delete;
    ScoreTables& operator=(const ScoreTables&) = delete;

    /// Of category k the score begins at k * nodes; the others of kind warm alone.
    struct Row {
        const double* score;
        const double* information;
        const double* ratio;
        const double* slope;
    };
    Row row(int item) const;
    bool is(const Grid& grid, Kind kind, double constant) const {
        return grid_ == grid && kind_ == kind && constant_ == constant;
    }

private:
    const double* make(std::size_t item) const;

    Grid grid_;
    std::vector<double> points_;
    Kind kind_;
    double constant_;
    const Item* items_;  ///< of the bank that owns this
    mutable std::vector<std::atomic<const double*>> rows_;
};

/// Items of a bank by what they can tell near an ability, for the exact choice of the most informative
/// without looking at all of them. The scale is cut into cells of 1/8 logit; a cell keeps its
/// `kept` best items by an upper bound of their information in the cell, and the bound of the rest.
class InformationIndex {
public:
    explicit InformationIndex(const std::vector<Item>& items);
    ~InformationIndex();
    InformationIndex(const InformationIndex&) = delete;
    InformationIndex& operator=(const InformationIndex&) = delete;

    struct Entry {
        double bound;
        int item;
    };
    struct Cell {
        std::vector<Entry> entries;  ///< largest bound first
        double rest;                 ///< no other item exceeds it; below 0 where there is none
    };
    /// The cell of theta; nullptr where it is the first visit there (a plain scan costs less than making
    /// a cell), or outside [-8, 8).
    const Cell* cell(double theta) const;

private:
    static constexpr int cells = 128;
    static constexpr std::size_t kept = 512;
    const Cell* make(int index) const;

    const Item* items_;
    std::size_t count_;
    mutable std::vector<std::atomic<std::uint32_t>> visits_;
    mutable std::vector<std::atomic<const Cell*>> made_;
};

/// A point of the scale for each item, logits, and the positions of the items in the order of their points.
struct Points {
    Points(const std::vector<Item>& items, double (*point)(const Parameters& item));
    std::vector<double> of;
    std::vector<int> order;
};

/// Where on the scale each item is easy enough: a share of its marks is to be expected from about its point on. Between
/// hard_below and easy_from rounding decides, and the expected share has to be computed. Rounded outwards; an item that
/// has no single such point is unsure everywhere.
class SuccessPoints {
public:
    SuccessPoints(const std::vector<Item>& items, double share);
    double share() const { return share_; }
    const float* easy_from() const { return easy_from_.data(); }
    const float* hard_below() const { return hard_below_.data(); }

private:
    double share_;
    std::vector<float> easy_from_;
    std::vector<float> hard_below_;
};

/// What a bank keeps of these. Points: the difficulty, and the theta of most information.
class BankTables {
public:
    explicit BankTables(const std::vector<Item>& items) : items_(items) {}

    std::shared_ptr<const GridTables> grid(const Grid& grid) const;
    std::shared_ptr<const FloatCurves> floats(const Grid& grid, FloatCurve curve) const;
    std::shared_ptr<const ScoreTables> scores(const Grid& grid, ScoreTables::Kind kind, double constant) const;
    std::shared_ptr<const InformationIndex> information() const;
    std::shared_ptr<const InformationCurves> information_curves() const;
    std::shared_ptr<const InformationCurves> integral_curves() const;
    std::shared_ptr<const Points> difficulties() const;
    std::shared_ptr<const Points> optimal_thetas() const;
    std::shared_ptr<const SuccessPoints> success_points(double share) const;

private:
    const std::vector<Item>& items_;
    mutable std::mutex mutex_;
    mutable std::vector<std::shared_ptr<const GridTables>> grids_;
    mutable std::vector<std::shared_ptr<const FloatCurves>> floats_;
    mutable std::vector<std::shared_ptr<const ScoreTables>> scores_;
    mutable std::shared_ptr<const InformationIndex> information_;
    mutable std::shared_ptr<const InformationCurves> information_curves_;
    mutable std::shared_ptr<const InformationCurves> integral_curves_;
    mutable std::shared_ptr<const Points> difficulties_;
    mutable std::shared_ptr<const Points> optimal_thetas_;
    mutable std::vector<std::shared_ptr<const SuccessPoints>> success_points_;
};

}  // namespace palier
