// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/bank.hpp"

#include <algorithm>
#include <cmath>

#include "engine/errors.hpp"
#include "engine/util/sha256.hpp"

namespace palier {
namespace {

constexpr std::size_t max_items = 1000000;
constexpr std::size_t max_text = 4096;

std::string number_text(double x) { return dump_json(Json(x)); }

void check_text(const std::string& text, const std::string& where, const char* what) {
    if (text.size() > max_text)
        throw BankError(where + ": '" + what + "' has " + std::to_string(text.size()) + " bytes; at most 4,096");
    if (!is_utf8(text)) throw BankError(where + ": '" + what + "' is not UTF-8");
}

void check_parameters(const Parameters& p, const std::string& where) {
    const std::string model = std::string("model ") + name(p.model);
    const auto refuse = [&](const char* key, double value, const std::string& should) {
        throw BankError(where + ": '" + key + "' is " + number_text(value) + "; " + should);
    };
    for (const auto& [key, value] : {std::pair{"a", p.a}, {"b", p.b}, {"c", p.c}, {"d", p.d}})
        if (!std::isfinite(value)) refuse(key, value, "it should be a finite number");
    if (!(p.a > 0)) refuse("a", p.a, "it should be above 0 (recode the responses of a reversed item)");
    if (p.a > 1e4) refuse("a", p.a, "it should be at most 10000");
    if (std::fabs(p.b) > 1e4) refuse("b", p.b, "it should be between -10000 and 10000");
    if (p.model == Model::rasch && p.a != 1) refuse("a", p.a, model + " has a = 1; use 1pl or 2pl");
    const bool has_c = p.model == Model::three_pl || p.model == Model::four_pl;
    if (!has_c && p.c != 0) refuse("c", p.c, model + " has no lower asymptote; use 3pl");
    if (p.model != Model::four_pl && p.d != 1) refuse("d", p.d, model + " has no upper asymptote; use 4pl");
    if (!(p.c >= 0 && p.c < 1)) refuse("c", p.c, "it should be at least 0 and below 1");
    if (!(p.d > 0 && p.d <= 1)) refuse("d", p.d, "it should be above 0 and at most 1");
    if (!(p.c < p.d)) refuse("c", p.c, "it should be below 'd', which is " + number_text(p.d));
}

}  // namespace

void check_item(const Item& item, const std::string& where) {
    if (item.id.empty()) throw BankError(where + ": 'item' is empty; it should be the item's identifier");
    if (item.id.size() > 256) throw BankError(where + ": 'item' is longer than 256 bytes");
    check_text(item.id, where, "item");
    const std::string name = "item '" + item.id + "'";
    check_text(item.scale, name, "scale");
    check_text(item.item_set, name, "item_set");
    check_text(item.key_format, name, "key_format");
    check_text(item.label, name, "label");
    for (const std::string& text : item.content) check_text(text, name, "content");
    for (const std::string& text : item.enemies) check_text(text, name, "enemies");
    check_parameters(item.parameters, name);
    for (const auto& [key, value] :
         {std::pair{"se_a", item.se_a}, {"se_b", item.se_b}, {"se_c", item.se_c}, {"se_d", item.se_d}}) {
        if (value && !(std::isfinite(*value) && *value >= 0))
            throw BankError(name + ": '" + key + "' is " + number_text(*value) + "; it should be 0 or more");
    }
}

const char* name(Status status) {
    switch (status) {
        case Status::draft: return "draft";
        case Status::pretest: return "pretest";
        case Status::operational: return "operational";
        case Status::retired: break;
    }
    return "retired";
}

Bank Bank::compile(std::vector<Item> items) {
    if (items.size() > max_items) throw BankError("the bank has more than 1,000,000 items");
    Bank bank;
    bank.items_ = std::move(items);
    for (std::size_t i = 0; i < bank.items_.size(); ++i) {
        const Item& item = bank.items_[i];
        check_item(item, "item " + std::to_string(i + 1));
        const auto [entry, added] = bank.positions_.emplace(item.id, static_cast<int>(i));
        if (!added)
            throw BankError("item '" + item.id + "' is there twice: items " + std::to_string(entry->second + 1) +
                            " and " + std::to_string(i + 1));
        if (std::find(bank.scales_.begin(), bank.scales_.end(), item.scale) == bank.scales_.end()) {
            if (bank.scales_.size() == 1000) throw BankError("the bank has more than 1,000 scales");
            bank.scales_.push_back(item.scale);
        }
    }
    bank.enemies_.resize(bank.items_.size());
    for (std::size_t i = 0; i < bank.items_.size(); ++i) {
        for (const std::string& id : bank.items_[i].enemies) {
            const int other = bank.find(id);
            if (other < 0)
                throw BankError("item '" + bank.items_[i].id + "': its enemy '" + id + "' is not in the bank");
            if (other == static_cast<int>(i)) throw BankError("item '" + id + "' is its own enemy");
            bank.enemies_[i].push_back(other);
            bank.enemies_[static_cast<std::size_t>(other)].push_back(static_cast<int>(i));
        }
    }
    bank.hash_ = sha256(bank.payload());
    return bank;
}

int Bank::find(const std::string& id) const {
    const auto found = positions_.find(id);
    return found == positions_.end() ? -1 : found->second;
}

}  // namespace palier
