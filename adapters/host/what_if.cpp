// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/what_if.hpp"

#include <algorithm>

#include "adapters/host/thin_places.hpp"

namespace palier::host {
namespace {

constexpr std::size_t most_items = 20000;

std::string joined(const WhatIf& test, const std::string& more, Language language) {
    return test.words.empty() ? more : words::text("rule_and", language, {{"rules", test.words}, {"last", more}});
}

int operational_count(const WhatIf& test) { return static_cast<int>(operational_items(*test.bank, *test.plan).size()); }

// Identifiers that no item of the bank has: its own begin otherwise.
std::string new_mark(const palier::Bank& bank) {
    std::string mark = "+";
    const auto begins = [&](const Item& item) { return item.id.compare(0, mark.size(), mark) == 0; };
    while (std::any_of(bank.items().begin(), bank.items().end(), begins)) mark += "+";
    return mark;
}

std::optional<WhatIf> with_items(const WhatIf& test, const std::vector<Item>& added, const std::string& words) {
    std::vector<Item> items = test.bank->items();
    if (added.empty() || items.size() + added.size() > most_items) return std::nullopt;
    const std::string mark = new_mark(*test.bank);
    for (const Item& item : added) {
        items.push_back(item);
        items.back().id = mark + std::to_string(items.size());
        items.back().enemies.clear();
    }
    return WhatIf{std::make_shared<const palier::Bank>(palier::Bank::compile(std::move(items))), test.plan, words};
}

std::string of_length(int least, int most, Language language) {
    return words::text("change_length", language,
                       {{"questions", words::counted_range("count_questions", language, least, most)}});
}

}  // namespace

std::optional<WhatIf> twice_as_long(const WhatIf& test, Language language) {
    const int there = operational_count(test);
    auto plan = std::make_shared<palier::Plan>(*test.plan);
    Floor& floor = *plan->floor;
    if (floor.max_items >= there) return std::nullopt;
    floor.max_items = std::min(2 * floor.max_items, there);
    floor.min_items = std::min(2 * floor.min_items, floor.max_items);
    if (plan->stop.max_items) *plan->stop.max_items = std::max(*plan->stop.max_items, floor.max_items);
    return WhatIf{test.bank, plan, joined(test, of_length(floor.min_items, floor.max_items, language), language)};
}

std::optional<WhatIf> more_precise(const WhatIf& test, double factor, int times, Language language) {
    auto plan = std::make_shared<palier::Plan>(*test.plan);
    if (!plan->stop.standard_error && !plan->stop.max_items) return std::nullopt;
    if (plan->stop.standard_error) *plan->stop.standard_error *= factor;
    if (plan->stop.max_items) *plan->stop.max_items *= times;
    const int most = plan->stop.max_items.value_or(operational_count(test));
    const std::string words = plan->stop.standard_error
                                  ? words::text("change_precision", language,
                                                {{"questions", words::counted("count_questions", language, most)}})
                                  : of_length(plan->stop.min_items, most, language);
    return WhatIf{test.bank, plan, joined(test, words, language)};
}

std::optional<WhatIf> with_more_items(const WhatIf& test, int times, std::optional<double> from, Language language) {
    std::vector<Item> added;
    const std::vector<int> there = operational_items(*test.bank, *test.plan);
    for (int copy = 1; copy < times; ++copy)
        for (const int i : there) {
            if (from && difficulty((*test.bank)[i].parameters) < *from) continue;
            added.push_back((*test.bank)[i]);
            if (!added.back().item_set.empty()) added.back().item_set += "+" + std::to_string(copy);
        }
    const words::Key key = from ? words::Key("change_hard_items") : words::Key("change_items");
    return with_items(test, added,
                      joined(test, words::text(key, language, {{"times", std::to_string(times)}}), language));
}

std::optional<WhatIf> with_sharp_items(const WhatIf& test, int count, double theta, double slope, Language language) {
    Item item;
    item.scale = scale_of(*test.plan, *test.bank);
    item.parameters.model = Model::two_pl;
    item.parameters.a = slope;
    // Numbers, areas and the like, which a plan may ask of every item, as the bank's items have them.
    const std::vector<int> there = operational_items(*test.bank, *test.plan);
    std::vector<Item> added;
    for (int k = 0; k < count; ++k) {
        Item next = item;
        const Item& like = (*test.bank)[there[static_cast<std::size_t>(k) % there.size()]];
        next.content = like.content;
        next.numbers = like.numbers;
        next.key_format = like.key_format;
        next.parameters.b = theta - 0.5 + (k + 0.5) / count;
        added.push_back(std::move(next));
    }
    const std::string words =
        words::counted("change_sharp_items", language, count, {{"slope", decimal(slope, 0, language)}});
    return with_items(test, added, joined(test, words, language));
}

WhatIf with_classification(const WhatIf& test, const std::function<void(Classification&)>& edit) {
    auto plan = std::make_shared<palier::Plan>(*test.plan);
    edit(*plan->classification);
    return {test.bank, plan, ""};
}

}  // namespace palier::host
