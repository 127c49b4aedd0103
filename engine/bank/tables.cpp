// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/tables.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "engine/bank/bank.hpp"
#include "engine/bank/float_curves.hpp"
#include "engine/math/elementary.hpp"

namespace palier {

std::vector<double> Grid::points() const {
    std::vector<double> list;
    append_to(list);
    return list;
}

void Grid::append_to(std::vector<double>& list) const {
    for (int k = 0; k < nodes; ++k) list.push_back(k == nodes - 1 ? high : low + (high - low) * k / (nodes - 1));
}

GridTables::GridTables(const std::vector<Item>& items, const Grid& grid)
    : grid_(grid),
      points_(grid.points()),
      log_p_(items, points_, Curve::log_probability),
      p_(items, points_, Curve::probability),
      information_(items, points_, Curve::information) {}

GridTables::Rows::Rows(const std::vector<Item>& items, const std::vector<double>& points, Curve curve)
    : items_(items), points_(points), curve_(curve) {}

const double* GridTables::Rows::make(std::size_t item) const {
    const Parameters& parameters = items_[item].parameters;
    const std::size_t lines = curve_ == Curve::information ? 1 : static_cast<std::size_t>(parameters.categories);
    const std::size_t size = points_.size() * lines;
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!own_rows_) {
        own_rows_ = std::make_unique<std::atomic<const double*>[]>(items_.size());
        rows_.store(own_rows_.get(), std::memory_order_release);
    }
    if (const double* made = own_rows_[item].load(std::memory_order_acquire)) return made;
    if (left_ < size) {
        left_ = std::max<std::size_t>(size, 16384);
        // Not initialised: every number is written below.
        runs_.emplace_back(new double[left_]);
        free_ = runs_.back().get();
    }
    double* values = free_;
    free_ += size;
    left_ -= size;
    curve_at(parameters, curve_, points_, values);
    own_rows_[item].store(values, std::memory_order_release);
    return values;
}

ScoreTables::ScoreTables(const std::vector<Item>& items, const Grid& grid, Kind kind, double constant)
    : grid_(grid),
      points_(grid.points()),
      kind_(kind),
      constant_(constant),
      items_(items.data()),
      rows_(items.size()) {}

ScoreTables::~ScoreTables() {
    for (const auto& row : rows_) delete[] row.load(std::memory_order_acquire);
}

const double* ScoreTables::make(std::size_t item) const {
    const Parameters& parameters = items_[item].parameters;
    const std::size_t n = points_.size();
    const auto categories = static_cast<std::size_t>(parameters.categories);
    std::unique_ptr<double[]> values(new double[n * (categories + (kind_ == Kind::warm ? 3 : 0))]);
    for (std::size_t q = 0; q < n; ++q) {
        const double weight = kind_ == Kind::huber ? robust_weight(false, constant_, parameters, points_[q]) : 1;
        for (std::size_t k = 0; k < categories; ++k) {
            const double score = palier::score(parameters, static_cast<int>(k), points_[q]);
            values[k * n + q] = kind_ == Kind::huber ? weight * score : score;
        }
        if (kind_ != Kind::warm) continue;
        const WarmScore warm = warm_score(parameters, 0, points_[q]);
        values[categories * n + q] = warm.information;
        values[(categories + 1) * n + q] = warm.information * warm.ratio;
        values[(categories + 2) * n + q] = warm.information * warm.slope;
    }
    // Two threads may make the same row; the first one stays.
    const double* none = nullptr;
    if (rows_[item].compare_exchange_strong(none, values.get(), std::memory_order_acq_rel)) return values.release();
    return none;
}

ScoreTables::Row ScoreTables::row(int item) const {
    const auto at = static_cast<std::size_t>(item);
    const double* values = rows_[at].load(std::memory_order_acquire);
    if (!values) values = make(at);
    if (kind_ != Kind::warm) return {values, nullptr, nullptr, nullptr};
    const std::size_t n = points_.size();
    const double* information = values + n * static_cast<std::size_t>(items_[at].parameters.categories);
    return {values, information, information + n, information + 2 * n};
}

InformationIndex::InformationIndex(const std::vector<Item>& items)
    : items_(items.data()), count_(items.size()), visits_(cells), made_(cells) {}

InformationIndex::~InformationIndex() {
    for (const auto& cell : made_) delete cell.load(std::memory_order_acquire);
}

const InformationIndex::Cell* InformationIndex::cell(double theta) const {
    if (!(theta >= -8 && theta < 8)) return nullptr;
    const int index = static_cast<int>(std::floor((theta + 8) * 8));
    const auto at = static_cast<std::size_t>(index);
    const Cell* found = made_[at].load(std::memory_order_acquire);
    if (found) return found;
    if (visits_[at].fetch_add(1, std::memory_order_relaxed) == 0) return nullptr;
    return make(index);
}

const InformationIndex::Cell* InformationIndex::make(int index) const {
    const double low = -8 + index / 8.0;
    std::vector<Entry> all;
    all.reserve(count_);
    for (std::size_t i = 0; i < count_; ++i)
        all.push_back({information_bound(items_[i].parameters, low, low + 0.125), static_cast<int>(i)});
    const auto larger = [](const Entry& x, const Entry& y) {
        return x.bound > y.bound || (x.bound == y.bound && x.item < y.item);
    };
    auto cell = std::make_unique<Cell>();
    cell->rest = -1;
    if (all.size() > kept) {
        const auto end = all.begin() + static_cast<std::ptrdiff_t>(kept);
        std::nth_element(all.begin(), end, all.end(), larger);
        cell->rest = end->bound;
        all.resize(kept);
    }
    std::sort(all.begin(), all.end(), larger);
    all.shrink_to_fit();
    cell->entries = std::move(all);
    const Cell* expected = nullptr;
    const auto at = static_cast<std::size_t>(index);
    if (!made_[at].compare_exchange_strong(expected, cell.get(), std::memory_order_acq_rel)) return expected;
    return cell.release();
}

Points::Points(const std::vector<Item>& items, double (*point)(const Parameters& item)) : order(items.size()) {
    of.reserve(items.size());
    for (const Item& item : items) of.push_back(point(item.parameters));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [this](int x, int y) {
        return of[static_cast<std::size_t>(x)] < of[static_cast<std::size_t>(y)];
    });
}

SuccessPoints::SuccessPoints(const std::vector<Item>& items, double share) : share_(share) {
    constexpr float infinity = std::numeric_limits<float>::infinity();
    const auto put = [this](float hard_below, float easy_from) {
        hard_below_.push_back(hard_below);
        easy_from_.push_back(easy_from);
    };
    for (const Item& item : items) {
        const Parameters& p = item.parameters;
        constexpr double rounding = 1e-12;  // of a probability: far more than its last bits
        const double slope = p.a * (share - p.c) * (p.d - share) / (p.d - p.c);
        if (!is_polytomous(p.model) && p.c >= share + rounding) {
            put(-infinity, -infinity);
        } else if (!is_polytomous(p.model) && p.d <= share - rounding) {
            put(infinity, infinity);
        } else if (!is_polytomous(p.model) && p.c < share && share < p.d && slope > 1e-6) {
            // P = share at b + ln((share - c) / (d - share)) / a.
            const double point = p.b + math::log((share - p.c) / (p.d - share)) / p.a;
            const double doubt = 1e-9 * (1 + std::fabs(point)) + rounding / slope;
            put(std::nextafter(static_cast<float>(point - doubt), -infinity),
                std::nextafter(static_cast<float>(point + doubt), infinity));
        } else {
            put(-infinity, infinity);
        }
    }
}

std::shared_ptr<const GridTables> BankTables::grid(const Grid& grid) const {
    constexpr std::size_t most = 8;
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& known : grids_)
        if (known->grid() == grid) return known;
    if (grids_.size() == most) grids_.erase(grids_.begin());
    grids_.push_back(std::make_shared<GridTables>(items_, grid));
    return grids_.back();
}

std::shared_ptr<const FloatCurves> BankTables::floats(const Grid& grid, FloatCurve curve) const {
    constexpr std::size_t most = 8;
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& known : floats_)
        if (known->is(grid, curve)) return known;
    if (floats_.size() == most) floats_.erase(floats_.begin());
    floats_.push_back(std::make_shared<FloatCurves>(items_, grid, curve));
    return floats_.back();
}

std::shared_ptr<const ScoreTables> BankTables::scores(const Grid& grid, ScoreTables::Kind kind, double constant) const {
    constexpr std::size_t most = 8;
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& known : scores_)
        if (known->is(grid, kind, constant)) return known;
    if (scores_.size() == most) scores_.erase(scores_.begin());
    scores_.push_back(std::make_shared<ScoreTables>(items_, grid, kind, constant));
    return scores_.back();
}

std::shared_ptr<const InformationIndex> BankTables::information() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!information_) information_ = std::make_shared<InformationIndex>(items_);
    return information_;
}

std::shared_ptr<const InformationCurves> BankTables::information_curves() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!information_curves_) information_curves_ = palier::information_curves(items_);
    return information_curves_;
}

std::shared_ptr<const InformationCurves> BankTables::integral_curves() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!integral_curves_) integral_curves_ = palier::integral_curves(items_);
    return integral_curves_;
}

std::shared_ptr<const Points> BankTables::difficulties() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!difficulties_) difficulties_ = std::make_shared<Points>(items_, difficulty);
    return difficulties_;
}

std::shared_ptr<const SuccessPoints> BankTables::success_points(double share) const {
    constexpr std::size_t most = 4;
    const std::lock_guard<std::mutex> lock(mutex_);
    for (const auto& known : success_points_)
        if (known->share() == share) return known;
    if (success_points_.size() == most) success_points_.erase(success_points_.begin());
    success_points_.push_back(std::make_shared<SuccessPoints>(items_, share));
    return success_points_.back();
}

std::shared_ptr<const Points> BankTables::optimal_thetas() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!optimal_thetas_) optimal_thetas_ = std::make_shared<Points>(items_, theta_of_most_information);
    return optimal_thetas_;
}

}  // namespace palier
