// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/checks.hpp"

#include <algorithm>
#include <numeric>

#include "engine/util/index.hpp"

namespace palier::calibration {
namespace {

constexpr double few_answers = 100;
constexpr std::size_t most_named = 5;

// Sets that are joined one by one.
class Sets {
public:
    explicit Sets(std::size_t count) : of_(count) { std::iota(of_.begin(), of_.end(), std::size_t{0}); }
    std::size_t find(std::size_t k) {
        while (of_[k] != k) k = of_[k] = of_[of_[k]];
        return k;
    }
    void join(std::size_t a, std::size_t b) { of_[std::max(find(a), find(b))] = std::min(find(a), find(b)); }

private:
    std::vector<std::size_t> of_;
};

std::string named(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t k = 0; k < std::min(names.size(), most_named); ++k) text += (k > 0 ? ", '" : "'") + names[k] + "'";
    return names.size() > most_named ? text + " and " + std::to_string(names.size() - most_named) + " more" : text;
}

// Items that some persons have in common, directly or by way of other items.
Sets joined_items(const Responses& responses) {
    Sets sets(responses.items().size());
    for (std::size_t p = 0; p < responses.patterns(); ++p)
        for (std::size_t n = 1; n < responses.length(p); ++n)
            sets.join(at(responses.answer(p, n - 1).item), at(responses.answer(p, n).item));
    return sets;
}

std::string item_fault(const Responses& responses, int j, const ItemRequest& request, const Priors& priors) {
    const std::string name = "item '" + responses.items()[at(j)] + "'";
    const double* const counts = responses.counts(j);
    const int seen = responses.categories_seen(j);
    if (request.fixed) {
        if (seen <= request.form.categories) return "";
        return name + ": an anchor item of " + std::to_string(request.form.categories) + " categories, but category " +
               std::to_string(seen - 1) +
               " was given; the anchors' bank and the "
               "responses should code its answers the same way";
    }
    if (seen == 0) return name + ": nobody answered it; leave its column out";
    const int used = static_cast<int>(std::count_if(counts, counts + seen, [](double n) { return n > 0; }));
    if (used == 1) {
        if (priors.difficulty && !is_polytomous(request.form.model)) return "";
        const double all = std::accumulate(counts, counts + seen, 0.0);
        const std::string who =
            all == 1 ? "its one answer is" : "all " + std::to_string(static_cast<long>(all)) + " answers are";
        return name + ": " + who + " category " + std::to_string(seen - 1) +
               ", which says nothing of its difficulty; leave it out, or wait for other answers";
    }
    for (int k = 0; k < request.form.categories; ++k)
        if (k >= seen || counts[k] == 0)
            return name + ": nobody gave category " + std::to_string(k) + " of " +
                   std::to_string(request.form.categories) + "; join it with a neighbour and number them from 0";
    return "";
}

}  // namespace

std::vector<std::string> faults_of(const Responses& responses, const std::vector<ItemRequest>& items,
                                   const std::vector<Population>& populations, const Priors& priors) {
    std::vector<std::string> faults;
    if (responses.persons() == 0) return {"there are no persons"};
    for (std::size_t j = 0; j < items.size(); ++j) {
        std::string fault = item_fault(responses, static_cast<int>(j), items[j], items[j].priors.value_or(priors));
        if (!fault.empty()) faults.push_back(std::move(fault));
    }
    const auto is_fixed = [](const ItemRequest& item) { return item.fixed.has_value(); };
    const bool any_anchor = std::any_of(items.begin(), items.end(), is_fixed);
    // Groups and items that hang together; the metric comes from anchors and from groups with a given mean.
    Sets sets(items.size() + populations.size() + 1);
    const std::size_t metric = items.size() + populations.size();
    std::vector<double> persons(populations.size(), 0.0);
    for (std::size_t j = 0; j < items.size(); ++j)
        if (items[j].fixed || (items[j].priors && items[j].priors->difficulty)) sets.join(j, metric);
    for (std::size_t g = 0; g < populations.size(); ++g)
        if (!populations[g].free_mean) sets.join(items.size() + g, metric);
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        persons[at(responses.group(p))] += responses.frequency(p);
        for (std::size_t n = 0; n < responses.length(p); ++n)
            sets.join(at(responses.answer(p, n).item), items.size() + at(responses.group(p)));
    }
    for (std::size_t g = 0; g < populations.size(); ++g) {
        if (persons[g] == 0) {
            faults.push_back("group '" + responses.groups()[g] + "' has no persons");
        } else if (sets.find(items.size() + g) != sets.find(metric)) {
            faults.push_back("group '" + responses.groups()[g] + "': it answered no item that " +
                             (any_anchor ? "is an anchor or that others answered" : "others answered") +
                             ", so nothing puts it on the others' scale; it needs common items");
        }
    }
    const bool any_free =
        std::any_of(items.begin(), items.end(), [&](const auto& item) { return !is_fixed(item); }) ||
        std::any_of(populations.begin(), populations.end(), [](const auto& of) { return of.free_mean || of.free_sd; });
    if (!any_free)
        faults.push_back("every item is an anchor and every population is given: nothing is to be estimated");
    return faults;
}

std::vector<std::string> items_apart(const Responses& responses) {
    Sets sets = joined_items(responses);
    std::vector<std::string> apart;
    for (std::size_t j = 0; j < responses.items().size(); ++j)
        if (responses.categories_seen(static_cast<int>(j)) > 0 && sets.find(j) != sets.find(0))
            apart.push_back(responses.items()[j]);
    return apart;
}

std::vector<std::string> doubts_of(const Responses& responses) {
    std::vector<std::string> doubts;
    std::vector<std::string> few;
    for (std::size_t j = 0; j < responses.items().size(); ++j) {
        const double* const counts = responses.counts(static_cast<int>(j));
        if (std::accumulate(counts, counts + max_categories, 0.0) < few_answers) few.push_back(responses.items()[j]);
    }
    if (!few.empty())
        doubts.push_back("fewer than 100 answers: " + named(few) +
                         "; their parameters are rough, and priors of slopes and difficulties steady them");
    const std::vector<std::string> apart = items_apart(responses);
    if (!apart.empty())
        doubts.push_back("nobody answered both '" + responses.items()[0] + "' and any of " + named(apart) +
                         ", directly or by way of other items: they are on one scale only if chance decided who was "
                         "asked which");
    return doubts;
}

}  // namespace palier::calibration
