// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/limited_information.hpp"

#include <algorithm>
#include <cmath>

#include "engine/fit/chi_square.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

using calibration::Answer;
using calibration::Form;
using calibration::Population;
using calibration::Responses;
using calibration::Structure;

using Rows = std::vector<double>;  // at the nodes, or of several things after each other

// An item over the nodes, and how its probabilities move with each number that was estimated.
struct ItemCurves {
    int categories = 2;
    Rows p;  // category after category
    Rows mean, square;
    struct Partial {
        int column;
        Rows p;
    };
    std::vector<Partial> partials;
};

struct GroupCurves {
    Rows weights;
    std::vector<ItemCurves> items;
    struct Partial {
        int column;
        Rows weights;
    };
    std::vector<Partial> partials;
};

// sum_k k f_k, and sum_k k^2 f_k, of rows category after category.
Rows expectation_of(const Rows& p, std::size_t nodes, bool squared) {
    Rows sum(nodes, 0.0);
    for (std::size_t k = 1; k < p.size() / nodes; ++k)
        for (std::size_t q = 0; q < nodes; ++q) sum[q] += static_cast<double>(squared ? k * k : k) * p[k * nodes + q];
    return sum;
}

void finish(ItemCurves& item, std::size_t nodes) {
    item.mean = expectation_of(item.p, nodes, false);
    item.square = expectation_of(item.p, nodes, true);
}

// The model, its columns those of the calibration's vector.
GroupCurves curves_of(const Tested& tested, const NodeTable& table, const Structure& structure, int group) {
    const std::size_t nodes = table.nodes();
    GroupCurves result;
    result.weights = table.weights(group);
    const Population& population = tested.populations[at(group)];
    for (const bool of_mean : {true, false}) {
        const int column = of_mean ? structure.slot_of_mean(group) : structure.slot_of_log_sd(group);
        if (column < 0) continue;
        Rows slope(nodes);
        double mean = 0;
        for (std::size_t q = 0; q < nodes; ++q) {
            const double z = (table.theta(q) - population.mean) / population.sd;
            slope[q] = of_mean ? z / population.sd : z * z - 1;
            mean += result.weights[q] * slope[q];
        }
        for (std::size_t q = 0; q < nodes; ++q) slope[q] = result.weights[q] * (slope[q] - mean);
        result.partials.push_back({column, std::move(slope)});
    }
    for (int i = 0; i < static_cast<int>(tested.items.size()); ++i) {
        const Parameters& of = tested.items[at(i)];
        const Form form{of.model, of.categories};
        ItemCurves item;
        item.categories = of.categories;
        item.p.assign(table.p(i, 0), table.p(i, 0) + at(of.categories) * nodes);
        finish(item, nodes);
        const Structure::Entry& entry = structure.entry(i);
        const int numbers = calibration::parameter_count(form);
        for (int r = 0; r < numbers; ++r)
            if (entry.slot[at(r)] >= 0) item.partials.push_back({entry.slot[at(r)], Rows(item.p.size())});
        const calibration::Working working = calibration::working_of(of);
        calibration::Terms terms;
        for (std::size_t q = 0; q < nodes; ++q) {
            calibration::item_terms(form, working, table.theta(q), terms);
            std::size_t number = 0;
            for (int r = 0; r < numbers; ++r) {
                if (entry.slot[at(r)] < 0) continue;
                Rows& to = item.partials[number++].p;
                for (int k = 0; k < of.categories; ++k)
                    to[at(k) * nodes + q] = terms.p[at(k)] * terms.gradient[at(k)][at(r)];
            }
        }
        result.items.push_back(std::move(item));
    }
    return result;
}

// What the persons of one group gave: shares of categories, and means of products.
struct Observed {
    double persons = 0;
    std::vector<Rows> shares;
    Rows products;  // (1,0), (2,0), (2,1) …
};

Observed observed_of(const Responses& responses, const std::vector<Parameters>& items, int group) {
    Observed result;
    for (const Parameters& item : items) result.shares.emplace_back(at(item.categories), 0.0);
    result.products.assign(items.size() * (items.size() - 1) / 2, 0.0);
    std::vector<Answer> answers;
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        if (responses.group(p) != group || responses.length(p) != items.size()) continue;
        answers_of(responses, p, answers);
        const double times = responses.frequency(p);
        result.persons += times;
        std::size_t pair = 0;
        for (std::size_t i = 0; i < answers.size(); ++i) {
            result.shares[i][at(answers[i].category)] += times;
            for (std::size_t j = 0; j < i; ++j)
                result.products[pair++] += times * answers[i].category * answers[j].category;
        }
    }
    for (Rows& of : result.shares)
        for (double& share : of) share /= std::max(1.0, result.persons);
    for (double& product : result.products) product /= std::max(1.0, result.persons);
    return result;
}

// Items that have nothing to do with each other, each category as often as it was given: one node.
GroupCurves independent(const Observed& observed) {
    GroupCurves result;
    result.weights = {1.0};
    int column = 0;
    for (const Rows& shares : observed.shares) {
        ItemCurves item;
        item.categories = static_cast<int>(shares.size());
        item.p = shares;
        finish(item, 1);
        for (std::size_t k = 1; k < shares.size(); ++k) {
            item.partials.push_back({column++, Rows(shares.size(), 0.0)});
            item.partials.back().p[0] = -1;
            item.partials.back().p[k] = 1;
        }
        result.items.push_back(std::move(item));
    }
    return result;
}

// A margin: a category of an item (0 stands for the mean of its categories), or a product of two items.
struct Margin {
    int first;
    int second = -1;
    int category = 0;
};

std::vector<Margin> margins_of(const GroupCurves& group, Margins kind) {
    std::vector<Margin> result;
    const int items = static_cast<int>(group.items.size());
    for (int i = 0; i < items; ++i) {
        if (kind == Margins::m2) {
            result.push_back({i});
            continue;
        }
        for (int k = 1; k < group.items[at(i)].categories; ++k) result.push_back({i, -1, k});
    }
    for (int i = 1; i < items; ++i)
        for (int j = 0; j < i; ++j) result.push_back({j, i, 0});
    return result;
}

double weighted_sum(const Rows& weights, const Rows& values) {
    double sum = 0;
    for (std::size_t q = 0; q < weights.size(); ++q) sum += weights[q] * values[q];
    return sum;
}

// Positive definite a = U' U in place of the upper half, a panel of rows at a time so that what is read stays near.
bool factor(Rows& a, std::size_t n) {
    constexpr std::size_t panel = 32;
    const auto eliminate = [&](std::size_t k, std::size_t i) {
        const double by = a[k * n + i];
        const double* const from = a.data() + k * n;
        double* const to = a.data() + i * n;
        for (std::size_t m = i; m < n; ++m) to[m] -= by * from[m];
    };
    for (std::size_t first = 0; first < n; first += panel) {
        const std::size_t last = std::min(n, first + panel);
        for (std::size_t k = first; k < last; ++k) {
            for (std::size_t of = first; of < k; ++of) eliminate(of, k);
            if (!(a[k * n + k] > 0)) return false;
            const double root = std::sqrt(a[k * n + k]);
            for (std::size_t m = k; m < n; ++m) a[k * n + m] /= root;
        }
        for (std::size_t i = last; i < n; ++i)
            for (std::size_t k = first; k < last; ++k) eliminate(k, i);
    }
    return true;
}

// b := U'^-1 b.
void forward(const Rows& factor, std::size_t n, double* b) {
    for (std::size_t k = 0; k < n; ++k) {
        b[k] /= factor[k * n + k];
        const double* const row = factor.data() + k * n;
        for (std::size_t m = k + 1; m < n; ++m) b[m] -= row[m] * b[k];
    }
}

class GroupMargins {
public:
    GroupMargins(const GroupCurves& group, const Observed& observed, Margins kind)
        : group_(group), observed_(observed), margins_(margins_of(group, kind)), nodes_(group.weights.size()) {
        for (const Margin& margin : margins_) rows_.push_back(row_of(margin));
        for (const Rows& row : rows_) expected_.push_back(weighted_sum(group.weights, row));
    }

    std::size_t count() const { return margins_.size(); }

    // Puts what is left of the residuals and the partials, uncorrelated, after `residual` and into the columns of
    // `partials`. False where the covariance is singular.
    bool append(Rows& residual, std::vector<Rows>& partials) const {
        Rows xi = covariance();
        if (!factor(xi, count())) return false;
        const double scale = std::sqrt(observed_.persons);
        const std::size_t before = residual.size();
        for (std::size_t a = 0; a < count(); ++a)
            residual.push_back(scale * (observed_value(margins_[a]) - expected_[a]));
        forward(xi, count(), residual.data() + before);
        for (Rows& column : partials) column.resize(residual.size(), 0.0);
        for (const auto& partial : group_.partials)
            for (std::size_t a = 0; a < count(); ++a)
                partials[at(partial.column)][before + a] += weighted_sum(partial.weights, rows_[a]);
        for (std::size_t i = 0; i < group_.items.size(); ++i)
            for (const ItemCurves::Partial& partial : group_.items[i].partials)
                add_partial(static_cast<int>(i), partial, partials[at(partial.column)].data() + before);
        for (Rows& column : partials) {
            for (std::size_t a = before; a < column.size(); ++a) column[a] *= scale;
            forward(xi, count(), column.data() + before);
        }
        return true;
    }

    // The sum of squared differences of correlations.
    double squared_correlations() const {
        const std::size_t items = group_.items.size();
        Rows mean(items), sd(items), mean_seen(items), sd_seen(items);
        for (std::size_t i = 0; i < items; ++i) {
            mean[i] = weighted_sum(group_.weights, group_.items[i].mean);
            sd[i] = std::sqrt(weighted_sum(group_.weights, group_.items[i].square) - mean[i] * mean[i]);
            double square = 0;
            for (std::size_t k = 1; k < observed_.shares[i].size(); ++k) {
                mean_seen[i] += static_cast<double>(k) * observed_.shares[i][k];
                square += static_cast<double>(k * k) * observed_.shares[i][k];
            }
            sd_seen[i] = std::sqrt(square - mean_seen[i] * mean_seen[i]);
        }
        double sum = 0;
        std::size_t pair = 0;
        for (std::size_t i = 1; i < items; ++i)
            for (std::size_t j = 0; j < i; ++j, ++pair) {
                const Rows& row = rows_[count() - observed_.products.size() + pair];
                const double expected = (weighted_sum(group_.weights, row) - mean[i] * mean[j]) / (sd[i] * sd[j]);
                const double seen =
                    (observed_.products[pair] - mean_seen[i] * mean_seen[j]) / (sd_seen[i] * sd_seen[j]);
                sum += (seen - expected) * (seen - expected);
            }
        return sum;
    }

private:
    const double* p(int item, int category) const { return group_.items[at(item)].p.data() + at(category) * nodes_; }

    Rows row_of(const Margin& margin) const {
        const ItemCurves& first = group_.items[at(margin.first)];
        if (margin.second < 0) {
            if (margin.category == 0) return first.mean;
            return {p(margin.first, margin.category), p(margin.first, margin.category) + nodes_};
        }
        Rows row = first.mean;
        for (std::size_t q = 0; q < nodes_; ++q) row[q] *= group_.items[at(margin.second)].mean[q];
        return row;
    }

    double observed_value(const Margin& margin) const {
        const Rows& shares = observed_.shares[at(margin.first)];
        if (margin.second >= 0)
            return observed_.products[at(margin.second) * (at(margin.second) - 1) / 2 + at(margin.first)];
        if (margin.category > 0) return shares[at(margin.category)];
        double mean = 0;
        for (std::size_t k = 1; k < shares.size(); ++k) mean += static_cast<double>(k) * shares[k];
        return mean;
    }

    // What E(margin | node) becomes when it is multiplied by a margin that has one of its items, `of`, in common: the
    // common item's part squared.
    Rows with_square(const Margin& margin, int of, const Margin& other) const {
        const ItemCurves& item = group_.items[at(of)];
        Rows row = item.square;
        for (const Margin* one : {&margin, &other})
            if (one->second < 0 && one->category > 0)
                for (std::size_t q = 0; q < nodes_; ++q) row[q] = one->category * p(of, one->category)[q];
        return row;
    }

    // E(m_a m_b): the items of both, each once, at each node.
    double common_product(const Margin& a, const Margin& b) const {
        if (a.second < 0 && b.second < 0) {  // the same item
            if (a.category == 0) return weighted_sum(group_.weights, group_.items[at(a.first)].square);
            if (a.category != b.category) return 0;
            return weighted_sum(group_.weights, row_of(a));
        }
        Rows row(nodes_, 1.0);
        const auto times = [&](const Rows& values) {
            for (std::size_t q = 0; q < nodes_; ++q) row[q] *= values[q];
        };
        const auto has = [](const Margin& margin, int item) { return margin.first == item || margin.second == item; };
        for (const int item : {a.first, a.second}) {
            if (item < 0) continue;
            if (has(b, item))
                times(with_square(a, item, b));
            else
                times(a.second < 0 ? row_of(a) : group_.items[at(item)].mean);
        }
        for (const int item : {b.first, b.second})
            if (item >= 0 && !has(a, item)) times(b.second < 0 ? row_of(b) : group_.items[at(item)].mean);
        return weighted_sum(group_.weights, row);
    }

    Rows covariance() const {
        const std::size_t n = count();
        Rows xi(n * n, 0.0);
        for (std::size_t a = 0; a < n; ++a) {
            Rows row = rows_[a];
            for (std::size_t q = 0; q < nodes_; ++q) row[q] *= group_.weights[q];
            for (std::size_t b = a; b < n; ++b) {
                const Margin& one = margins_[a];
                const Margin& other = margins_[b];
                const bool meet = one.first == other.first || one.first == other.second ||
                                  (one.second >= 0 && (one.second == other.first || one.second == other.second));
                xi[a * n + b] =
                    (meet ? common_product(one, other) : weighted_sum(row, rows_[b])) - expected_[a] * expected_[b];
            }
        }
        return xi;
    }

    void add_partial(int item, const ItemCurves::Partial& partial, double* to) const {
        const Rows mean = expectation_of(partial.p, nodes_, false);
        for (std::size_t a = 0; a < count(); ++a) {
            const Margin& margin = margins_[a];
            if (margin.first != item && margin.second != item) continue;
            const double* slope = mean.data();
            if (margin.second < 0 && margin.category > 0) slope = partial.p.data() + at(margin.category) * nodes_;
            const int other = margin.second < 0 ? -1 : margin.first == item ? margin.second : margin.first;
            for (std::size_t q = 0; q < nodes_; ++q)
                to[a] += group_.weights[q] * slope[q] * (other < 0 ? 1.0 : group_.items[at(other)].mean[q]);
        }
    }

    const GroupCurves& group_;
    const Observed& observed_;
    std::vector<Margin> margins_;
    std::size_t nodes_;
    std::vector<Rows> rows_;
    Rows expected_;
};

struct Quadratic {
    double value = 0;
    int degrees = 0;
};

double squared_norm(const Rows& values) {
    double sum = 0;
    for (const double value : values) sum += value * value;
    return sum;
}

// The square of the residual that is orthogonal to the columns, by modified Gram-Schmidt, twice; a column that the
// others explain to 1e-7 counts for nothing.
Quadratic orthogonal_part(Rows residual, std::vector<Rows> columns) {
    const auto take = [](Rows& from, const Rows& unit) {
        double along = 0;
        for (std::size_t a = 0; a < unit.size(); ++a) along += from[a] * unit[a];
        for (std::size_t a = 0; a < unit.size(); ++a) from[a] -= along * unit[a];
    };
    std::vector<Rows> units;
    for (Rows& column : columns) {
        const double before = std::sqrt(squared_norm(column));
        for (int round = 0; round < 2; ++round)
            for (const Rows& unit : units) take(column, unit);
        const double left = std::sqrt(squared_norm(column));
        if (!(left > 1e-7 * before)) continue;
        for (double& value : column) value /= left;
        units.push_back(std::move(column));
    }
    for (const Rows& unit : units) take(residual, unit);
    return {squared_norm(residual), static_cast<int>(residual.size()) - static_cast<int>(units.size())};
}

}  // namespace

LimitedInformation limited_information(const Responses& responses, const Tested& tested, Margins margins) {
    LimitedInformation result;
    if (std::all_of(tested.items.begin(), tested.items.end(), [](const auto& item) { return item.categories == 2; }))
        margins = Margins::m2;
    result.margins = margins;
    const auto give_up = [&](const std::string& why) {
        result.problem = why;
        return result;
    };
    std::vector<Observed> observed;
    for (int g = 0; g < static_cast<int>(responses.groups().size()); ++g) {
        observed.push_back(observed_of(responses, tested.items, g));
        result.persons += observed.back().persons;
    }
    if (result.persons < 2) return give_up("nobody answered every item");
    std::size_t count = tested.items.size() * (tested.items.size() - 1) / 2;
    for (const Parameters& item : tested.items) count += margins == Margins::m2 ? 1 : at(item.categories) - 1;
    if (count > at(most_margins))
        return give_up("there are " + std::to_string(count) + " margins; at most " + std::to_string(most_margins) +
                       " are compared (100 items of two categories)");
    std::vector<calibration::ItemRequest> requests;
    for (const Parameters& item : tested.items)
        requests.push_back(
            {{item.model, item.categories}, tested.estimated ? std::nullopt : std::optional<Parameters>(item)});
    const Structure structure(responses, requests, tested.populations, {});
    const NodeTable table(tested, 61);
    Rows residual;
    std::vector<Rows> columns(at(structure.size()));
    Quadratic null;
    for (std::size_t g = 0; g < observed.size(); ++g) {
        if (observed[g].persons == 0) continue;
        const GroupCurves curves = curves_of(tested, table, structure, static_cast<int>(g));
        const GroupMargins of(curves, observed[g], margins);
        if (!of.append(residual, columns)) return give_up("the margins of the model are not all different");
        if (result.srmsr == 0 && tested.items.size() > 1)
            result.srmsr = std::sqrt(of.squared_correlations() / static_cast<double>(observed[g].products.size()));
        const GroupCurves apart = independent(observed[g]);
        const GroupMargins of_null(apart, observed[g], margins);
        Rows null_residual;
        std::vector<Rows> null_columns;
        for (const ItemCurves& item : apart.items) null_columns.resize(null_columns.size() + item.partials.size());
        if (!of_null.append(null_residual, null_columns)) return give_up("a category was given by nobody");
        const Quadratic part = orthogonal_part(std::move(null_residual), std::move(null_columns));
        null.value += part.value;
        null.degrees += part.degrees;
    }
    const Quadratic quadratic = orthogonal_part(std::move(residual), std::move(columns));
    if (quadratic.degrees < 1)
        return give_up("as many numbers were estimated as there are margins; no degrees of freedom are left");
    result.chi_square = quadratic.value;
    result.degrees = quadratic.degrees;
    result.p = chi_square_tail(result.chi_square, result.degrees);
    const double d = result.degrees;
    result.rmsea = std::sqrt(std::max(0.0, result.chi_square / d - 1) / (result.persons - 1));
    const double scale = result.persons * d;
    result.rmsea_low = std::sqrt(noncentrality_of_tail(result.chi_square, result.degrees, 0.05) / scale);
    result.rmsea_high = std::sqrt(noncentrality_of_tail(result.chi_square, result.degrees, 0.95) / scale);
    if (null.degrees > 0 && null.value > null.degrees) {
        const double of_null = null.value / null.degrees;
        result.tli = (of_null - result.chi_square / d) / (of_null - 1);
        result.cfi = std::clamp(1 - (result.chi_square - d) / (null.value - null.degrees), 0.0, 1.0);
    }
    return result;
}

}  // namespace palier::fit
