// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/constraints/laminar.hpp"
#include "engine/util/index.hpp"

#include <algorithm>
#include <limits>
#include <unordered_map>

namespace palier {
namespace {

// The test below one node: items that it must have, then what each further one adds.
struct Part {
    std::vector<int> forced;
    std::vector<Laminar::Item> further;
};

bool before(const Laminar::Item& x, const Laminar::Item& y) {
    return x.value > y.value || (x.value == y.value && x.item < y.item);
}

void merge(Part& into, Part&& part) {
    into.forced.insert(into.forced.end(), part.forced.begin(), part.forced.end());
    if (into.further.empty()) {
        into.further = std::move(part.further);
        return;
    }
    const auto middle = static_cast<std::ptrdiff_t>(into.further.size());
    into.further.insert(into.further.end(), part.further.begin(), part.further.end());
    std::inplace_merge(into.further.begin(), into.further.begin() + middle, into.further.end(), before);
}

bool cut(Part& part, CountBound bound) {
    const auto have = static_cast<int>(part.forced.size());
    if (have > bound.high) return false;
    const auto needed = std::max(0, bound.low - have);
    if (needed > static_cast<int>(part.further.size())) return false;
    for (int i = 0; i < needed; ++i) part.forced.push_back(part.further[at(i)].item);
    part.further.erase(part.further.begin(), part.further.begin() + needed);
    const auto room = at(bound.high - have - needed);
    if (part.further.size() > room) part.further.resize(room);
    return true;
}

}  // namespace

std::optional<Laminar> Laminar::make(const std::vector<CountBound>& bounds,
                                     const std::vector<std::uint64_t>& signatures) {
    Laminar result;
    std::unordered_map<std::uint64_t, int> cells;
    std::vector<std::uint64_t> signature_of;
    std::vector<int> items_in;
    for (const std::uint64_t signature : signatures) {
        const auto [entry, added] = cells.emplace(signature, static_cast<int>(signature_of.size()));
        if (added) {
            // A laminar family of m classes has at most m + 1 cells.
            if (signature_of.size() > bounds.size()) return std::nullopt;
            signature_of.push_back(signature);
            items_in.push_back(0);
        }
        ++items_in[at(entry->second)];
        result.cell_of_.push_back(entry->second);
    }
    const auto has = [&](std::size_t cell, std::size_t bound) { return ((signature_of[cell] >> bound) & 1u) != 0; };
    std::vector<std::int64_t> size(bounds.size(), 0);
    std::vector<std::size_t> order;
    for (std::size_t b = 0; b < bounds.size(); ++b) {
        order.push_back(b);
        for (std::size_t c = 0; c < signature_of.size(); ++c)
            if (has(c, b)) size[b] += items_in[c];
    }
    std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) { return size[x] > size[y]; });

    result.nodes_.push_back({-1, {0, std::numeric_limits<int>::max()}});
    for (std::size_t k = 0; k < order.size(); ++k) {
        int parent = 0;
        for (std::size_t j = 0; j < k; ++j) {
            bool both = false, rest = false;
            for (std::size_t c = 0; c < signature_of.size(); ++c) {
                if (!has(c, order[k])) continue;
                (has(c, order[j]) ? both : rest) = true;
            }
            if (both && rest) return std::nullopt;
            if (both) parent = static_cast<int>(j) + 1;
        }
        result.nodes_.push_back({parent, bounds[order[k]]});
    }
    for (std::size_t c = 0; c < signature_of.size(); ++c) {
        int parent = 0;
        for (std::size_t k = 0; k < order.size(); ++k)
            if (has(c, order[k])) parent = static_cast<int>(k) + 1;
        result.parent_of_cell_.push_back(parent);
    }
    return result;
}

// How many items a test can have below the root: [low, high] of the sums that keep every bound.
Laminar::Range Laminar::range(const std::vector<int>& given, const std::vector<int>& available) const {
    std::vector<Range> at_node(nodes_.size(), {0, 0, false});
    for (int c = 0; c < cells(); ++c) {
        Range& node = at_node[at(parent_of_cell_[at(c)])];
        node.low += given[at(c)];
        node.high += given[at(c)] + available[at(c)];
    }
    for (std::size_t v = nodes_.size(); v-- > 0;) {
        Range& node = at_node[v];
        node.low = std::max<std::int64_t>(node.low, nodes_[v].bound.low);
        node.high = std::min<std::int64_t>(node.high, nodes_[v].bound.high);
        node.broken = node.broken || node.low > node.high;
        if (v == 0) break;
        Range& parent = at_node[at(nodes_[v].parent)];
        parent.low += node.low;
        parent.high += node.high;
        parent.broken = parent.broken || node.broken;
    }
    return at_node[0];
}

bool Laminar::feasible(const std::vector<int>& given, const std::vector<int>& available, int length) const {
    const Range all = range(given, available);
    return !all.broken && all.low <= length;
}

std::vector<bool> Laminar::open(const std::vector<int>& given, const std::vector<int>& available, int length) const {
    std::vector<bool> result(at(cells()), false);
    if (feasible(given, available, length)) {
        std::vector<int> more = given;
        std::vector<int> left = available;
        for (int c = 0; c < cells(); ++c) {
            if (available[at(c)] == 0) continue;
            ++more[at(c)];
            --left[at(c)];
            result[at(c)] = feasible(more, left, length);
            --more[at(c)];
            ++left[at(c)];
        }
        return result;
    }
    std::vector<std::int64_t> have(nodes_.size(), 0);
    for (int c = 0; c < cells(); ++c) have[at(parent_of_cell_[at(c)])] += given[at(c)];
    for (std::size_t v = nodes_.size(); v-- > 1;) have[at(nodes_[v].parent)] += have[v];
    std::vector<bool> needed(at(cells()), false);
    bool any_needed = false;
    for (int c = 0; c < cells(); ++c) {
        bool room = available[at(c)] > 0;
        bool unmet = false;
        for (int v = parent_of_cell_[at(c)]; v >= 0; v = nodes_[at(v)].parent) {
            room = room && have[at(v)] < nodes_[at(v)].bound.high;
            unmet = unmet || have[at(v)] < nodes_[at(v)].bound.low;
        }
        result[at(c)] = room;
        needed[at(c)] = room && unmet;
        any_needed = any_needed || needed[at(c)];
    }
    return any_needed ? needed : result;
}

std::optional<std::vector<int>> Laminar::best(const std::vector<int>& given, const std::vector<Item>& available,
                                              int length) const {
    std::vector<Part> parts(nodes_.size());
    std::vector<Part> of_cell(at(cells()));
    for (const int item : given) of_cell[at(cell(item))].forced.push_back(item);
    for (const Item& item : available) of_cell[at(cell(item.item))].further.push_back(item);
    // No test takes more than `length` items of a cell.
    const auto most = at(std::max(0, length));
    for (int c = 0; c < cells(); ++c) {
        auto& list = of_cell[at(c)].further;
        if (list.size() > most) {
            std::nth_element(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(most), list.end(), before);
            list.resize(most);
        }
        std::sort(list.begin(), list.end(), before);
        merge(parts[at(parent_of_cell_[at(c)])], std::move(of_cell[at(c)]));
    }
    for (std::size_t v = nodes_.size(); v-- > 1;) {
        if (!cut(parts[v], nodes_[v].bound)) return std::nullopt;
        merge(parts[at(nodes_[v].parent)], std::move(parts[v]));
    }
    Part& root = parts[0];
    const auto have = static_cast<int>(root.forced.size());
    if (have > length) return std::nullopt;
    std::vector<int> test = std::move(root.forced);
    for (std::size_t i = 0; i < root.further.size() && static_cast<int>(test.size()) < length; ++i)
        test.push_back(root.further[i].item);
    std::sort(test.begin(), test.end());
    return test;
}

}  // namespace palier
