// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include "adapters/formats/grade_parts.hpp"

namespace palier::formats::grading {
namespace {

/// The response as places in the right order, 0 to n - 1; an item that is not there is -1.
using Places = std::vector<int>;

struct Score {
    std::size_t right = 0;
    std::size_t all = 0;
};

Score absolute(const Places& given, std::size_t n) {
    Score score{0, n};
    for (std::size_t i = 0; i < std::min(n, given.size()); ++i)
        score.right += given[i] == static_cast<int>(i) ? 1U : 0U;
    return score;
}

Score next(const Places& given, std::size_t n, bool with_last) {
    Score score{0, with_last ? n : n - 1};
    for (std::size_t i = 0; i + 1 < given.size(); ++i)
        if (given[i] >= 0 && given[i + 1] == given[i] + 1) ++score.right;
    if (with_last && !given.empty() && given.back() == static_cast<int>(n) - 1) ++score.right;
    return score;
}

Score one_previous_and_next(const Places& given, std::size_t n) {
    Score score{0, 2 * n};
    for (std::size_t i = 0; i < given.size(); ++i) {
        if (given[i] < 0) continue;
        const int before = i == 0 ? -2 : given[i - 1], right_before = given[i] == 0 ? -2 : given[i] - 1;
        const int last = static_cast<int>(n) - 1;
        const int after = i + 1 == given.size() ? -2 : given[i + 1], right_after = given[i] == last ? -2 : given[i] + 1;
        score.right += (before == right_before ? 1U : 0U) + (after == right_after ? 1U : 0U);
    }
    return score;
}

Score all_previous_and_next(const Places& given, std::size_t n) {
    Score score{0, n * (n - 1)};
    for (std::size_t i = 0; i < given.size(); ++i)
        for (std::size_t j = i + 1; j < given.size(); ++j)
            if (given[i] >= 0 && given[i] < given[j]) score.right += 2;
    return score;
}

Score longest(const Places& given, bool contiguous) {
    Score score{0, given.size()};
    std::vector<std::size_t> length(given.size(), 1);
    for (std::size_t j = 0; j < given.size(); ++j) {
        for (std::size_t i = 0; i < j; ++i) {
            const bool follows = given[i] >= 0 && (contiguous ? given[j] == given[i] + 1 : given[j] > given[i]);
            if (follows) length[j] = std::max(length[j], length[i] + 1);
        }
        score.right = std::max(score.right, length[j]);
    }
    if (score.right < 2) score.right = 0;
    return score;
}

Score relative_to_correct(const Places& given, std::size_t n) {
    Score score{0, n * (n - 1)};
    for (std::size_t place = 0; place < n; ++place) {
        const auto found = std::find(given.begin(), given.end(), static_cast<int>(place));
        if (found == given.end()) continue;
        const auto at = static_cast<std::size_t>(found - given.begin());
        const std::size_t distance = at > place ? at - place : place - at;
        if (distance < n - 1) score.right += n - 1 - distance;
    }
    return score;
}

Score score(OrderGrading grading, const Places& given, std::size_t n) {
    switch (grading) {
        case OrderGrading::all_or_nothing: {
            const Score score = absolute(given, n);
            return score.right == n ? score : Score{0, n};
        }
        case OrderGrading::absolute_position:
            return absolute(given, n);
        case OrderGrading::relative_next_exclude_last:
            return next(given, n, false);
        case OrderGrading::relative_next_include_last:
            return next(given, n, true);
        case OrderGrading::relative_one_previous_and_next:
            return one_previous_and_next(given, n);
        case OrderGrading::relative_all_previous_and_next:
            return all_previous_and_next(given, n);
        case OrderGrading::longest_ordered_subset:
            return longest(given, false);
        case OrderGrading::longest_contiguous_subset:
            return longest(given, true);
        case OrderGrading::relative_to_correct:
            return relative_to_correct(given, n);
    }
    return {};
}

}  // namespace

Grade order(const OrderInteraction&, const OrderKey& key, const Sequence& response) {
    if (response.order.empty()) return {State::not_answered, Reason::no_answer, 0};
    const bool all_shown = key.select == OrderSelect::all;
    std::map<std::string, int> place;
    for (const std::string& id : key.order)
        if (all_shown || std::find(response.order.begin(), response.order.end(), id) != response.order.end())
            place.emplace(id, static_cast<int>(place.size()));
    Places given;
    std::set<std::string> seen;
    bool unknown = false, twice = false;
    for (const std::string& id : response.order) {
        const auto found = place.find(id);
        const bool known = found != place.end(), again = known && !seen.insert(id).second;
        given.push_back(known && !again ? found->second : -1);
        unknown = unknown || !known;
        twice = twice || again;
    }
    const Score result = score(key.grading, given, place.size());
    const double fraction = result.all == 0 ? 0 : static_cast<double>(result.right) / static_cast<double>(result.all);
    if (unknown) return {State::invalid, Reason::unknown_choice, fraction};
    if (twice) return {State::invalid, Reason::twice, fraction};
    if (given.size() < place.size()) return {State::invalid, Reason::incomplete, fraction};
    return {State::graded, Reason::none, fraction};
}

}  // namespace palier::formats::grading
