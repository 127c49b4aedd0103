// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <stdexcept>

#include "adapters/formats/content.hpp"

namespace palier::formats {
namespace {

/// Steele, Lea and Flood (2014), "Fast splittable pseudorandom number generators".
class SplitMix {
public:
    explicit SplitMix(std::uint64_t seed) : state_(seed) {}
    /// Uniform in {0, …, n - 1}; bias below n / 2^32.
    std::size_t below(std::size_t n) {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        z ^= z >> 31;
        return static_cast<std::size_t>(((z >> 32) * n) >> 32);
    }

private:
    std::uint64_t state_;
};

std::uint64_t fnv1a(const std::string& text) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const unsigned char c : text) hash = (hash ^ c) * 0x100000001b3ULL;
    return hash;
}

template <typename T>
void shuffle(std::vector<T>& values, SplitMix& random) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[random.below(i)]);
}

void arrange(ChoiceInteraction& choice, Key*, SplitMix& random) {
    if (choice.shuffle) shuffle(choice.choices, random);
    choice.shuffle = false;
}

void arrange(MatchInteraction& match, Key*, SplitMix& random) {
    if (match.shuffle_stems) shuffle(match.stems, random);
    match.shuffle_stems = false;
    shuffle(match.choices, random);
}

void select(OrderInteraction& order, OrderKey& key, SplitMix& random) {
    const std::size_t n = key.order.size();
    const auto count = std::min<std::size_t>(n, static_cast<std::size_t>(std::max(2, key.select_count)));
    if (key.select == OrderSelect::contiguous) {
        const std::size_t first = random.below(n - count + 1);
        key.order = {key.order.begin() + static_cast<std::ptrdiff_t>(first),
                     key.order.begin() + static_cast<std::ptrdiff_t>(first + count)};
    } else if (key.select == OrderSelect::random) {
        while (key.order.size() > count)
            key.order.erase(key.order.begin() + static_cast<std::ptrdiff_t>(random.below(key.order.size())));
    }
    key.select = OrderSelect::all;
    key.select_count = static_cast<int>(key.order.size());
    std::erase_if(order.items, [&](const Choice& item) {
        return std::find(key.order.begin(), key.order.end(), item.id) == key.order.end();
    });
}

void arrange(OrderInteraction& order, Key* key, SplitMix& random) {
    if (key != nullptr) select(order, std::get<OrderKey>(key->answers), random);
    shuffle(order.items, random);
}

void arrange(GapSelectInteraction& gaps, Key*, SplitMix& random) {
    if (gaps.shuffle)
        for (auto& [name, choices] : gaps.groups) shuffle(choices, random);
    gaps.shuffle = false;
}

void arrange(ClozeInteraction& cloze, Key*, SplitMix& random) {
    for (ClozeField& field : cloze.fields) {
        if (field.shuffle) shuffle(field.choices, random);
        field.shuffle = false;
    }
}

template <typename T>
void arrange(T&, Key*, SplitMix&) {}

}  // namespace

std::string text_id(char prefix, const std::string& text) {
    const std::uint64_t hash = fnv1a(text);
    char digits[16];
    std::snprintf(digits, sizeof digits, "%08x", static_cast<unsigned>(hash ^ (hash >> 32)));
    return prefix + std::string(digits);
}

Item arranged(const Item& item, unsigned long long seed) {
    Item result = item;
    SplitMix random(seed ^ fnv1a(item.id));
    Key* key = result.key ? &*result.key : nullptr;
    std::visit([&](auto& interaction) { arrange(interaction, key, random); }, result.interaction);
    return result;
}

Item with_items(const Item& item, const std::vector<std::string>& shown) {
    Item result = item;
    auto* order = std::get_if<OrderInteraction>(&result.interaction);
    if (order == nullptr) throw std::invalid_argument("item '" + item.id + "' is no ordering");
    std::vector<Choice> items;
    for (const std::string& id : shown) {
        const auto found = std::find_if(order->items.begin(), order->items.end(),
                                        [&](const Choice& choice) { return choice.id == id; });
        if (found == order->items.end()) throw std::invalid_argument("item '" + item.id + "' has no '" + id + "'");
        items.push_back(*found);
    }
    order->items = std::move(items);
    if (result.key) {
        auto& key = std::get<OrderKey>(result.key->answers);
        std::erase_if(key.order,
                      [&](const std::string& id) { return std::find(shown.begin(), shown.end(), id) == shown.end(); });
        key.select = OrderSelect::all;
    }
    return result;
}

}  // namespace palier::formats
