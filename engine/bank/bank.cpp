// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/bank.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <functional>
#include <mutex>
#include <tuple>

#include "engine/bank/error_limits.hpp"
#include "engine/bank/item_fault.hpp"
#include "engine/bank/loadings.hpp"
#include "engine/bank/scale_items.hpp"
#include "engine/errors.hpp"
#include "engine/models/doubt.hpp"
#include "engine/util/sha256.hpp"

namespace palier {
namespace {

constexpr std::size_t max_items = 1000000;
constexpr std::size_t max_text = 4096;

std::string number_text(double x) { return dump_json(Json(x)); }

// Of a valid item no message is put together: `where` makes the words when they are needed.
template <class Where>
void check_text(const std::string& text, const Where& where, const char* what) {
    if (text.size() > max_text) throw ItemFault(where(), what, "text_long", {std::to_string(text.size()), "4,096"});
    if (!is_utf8(text)) throw ItemFault(where(), what, "text_encoding");
}

// Parameters of the models with more than two categories.
template <class Where>
void check_steps(const Parameters& p, const Where& where) {
    if (p.categories < 2 || p.categories > max_categories)
        throw BankError(where() + ": model " + name(p.model) + " has " + std::to_string(p.categories) +
                        " categories; it should have 2 to 16, one step fewer");
    const bool nrm = p.model == Model::nrm;
    bool differ = false;
    for (int k = 1; k < p.categories; ++k) {
        const auto at = static_cast<std::size_t>(k - 1);
        const double step = p.steps[at];
        const auto key = [&] { return (nrm ? "a" : "b") + std::to_string(k); };
        if (!(std::fabs(step) <= 1e4))
            throw ItemFault(where(), key(), "outside", {number_text(step), "-10000", "10000"});
        if (nrm && !(std::fabs(p.intercepts[at]) <= 1e5))
            throw ItemFault(where(), "c" + std::to_string(k), "outside",
                            {number_text(p.intercepts[at]), "-100000", "100000"});
        if (p.model == Model::grm && k > 1 && !(step > p.steps[at - 1]))
            throw ItemFault(where(), key(), "boundaries_crossed",
                            {number_text(step), "b" + std::to_string(k - 1), number_text(p.steps[at - 1])});
        differ = differ || step != 0;
    }
    if (nrm && !differ) throw ItemFault(where(), "a1", "slopes_all_zero");
}

template <class Where>
void check_errors(const Item& item, const Where& where) {
    const double asymptote = most_asymptote_error;
    for (const auto& [key, value, most] : {std::tuple{"se_a", item.se_a, most_error},
                                           {"se_b", item.se_b, most_error},
                                           {"se_c", item.se_c, asymptote},
                                           {"se_d", item.se_d, asymptote}})
        if (value) check_error(*value, most, key, where);
    for (const std::vector<double>* errors : {&item.se_steps, &item.se_intercepts}) {
        const bool intercepts = errors == &item.se_intercepts;
        if (!errors->empty() && errors->size() != static_cast<std::size_t>(item.parameters.categories - 1))
            throw BankError(where() + ": " + std::to_string(errors->size()) + " standard errors of steps; it has " +
                            std::to_string(item.parameters.categories - 1) + " steps");
        const Model model = item.parameters.model;
        if (!errors->empty() && (intercepts ? model != Model::nrm : !is_polytomous(model)))
            throw BankError(where() + ": standard errors of steps or intercepts that its model does not have");
        for (std::size_t k = 0; k < errors->size(); ++k)
            check_error((*errors)[k], intercepts ? most_intercept_error : most_error,
                        (intercepts            ? "se_c"
                         : model == Model::nrm ? "se_a"
                                               : "se_b") +
                            std::to_string(k + 1),
                        where);
    }
}

template <class Where>
void check_parameters(const Parameters& p, const Where& where) {
    const char* model = name(p.model);
    const auto refuse = [&](const char* key, double value, const char* code, std::vector<std::string> values = {}) {
        values.insert(values.begin(), number_text(value));
        throw ItemFault(where(), key, code, std::move(values));
    };
    for (const auto& [key, value] : {std::pair{"a", p.a}, {"b", p.b}, {"c", p.c}, {"d", p.d}})
        if (!std::isfinite(value)) refuse(key, value, "not_finite");
    if (!(p.a > 0)) refuse("a", p.a, "not_positive");
    if (p.a > 1e4) refuse("a", p.a, "above", {"10000"});
    if (std::fabs(p.b) > 1e4) refuse("b", p.b, "outside", {"-10000", "10000"});
    const bool fixed_slope = p.model == Model::rasch || p.model == Model::pcm || p.model == Model::rsm;
    if (fixed_slope && p.a != 1)
        refuse("a", p.a, "slope_fixed", {model, p.model == Model::rasch ? "1pl or 2pl" : "gpcm"});
    const bool has_c = p.model == Model::three_pl || p.model == Model::four_pl;
    if (!has_c && p.c != 0) refuse("c", p.c, "no_lower_asymptote", {model});
    if (p.model != Model::four_pl && p.d != 1) refuse("d", p.d, "no_upper_asymptote", {model});
    if (!(p.c >= 0 && p.c < 1)) refuse("c", p.c, "lower_range");
    if (!(p.d > 0 && p.d <= 1)) refuse("d", p.d, "upper_range");
    if (!(p.c < p.d)) refuse("c", p.c, "asymptotes_crossed", {number_text(p.d)});
    if (is_polytomous(p.model)) {
        if (p.b != 0 && p.model != Model::rsm) throw ItemFault(where(), "b", "not_of_steps", {model});
        if (p.a != 1 && p.model == Model::nrm) throw ItemFault(where(), "a", "not_of_nominal");
        check_steps(p, where);
    } else if (p.categories != 2) {
        throw BankError(where() + ": model " + model + " has two categories, not " + std::to_string(p.categories));
    }
}

}  // namespace

namespace {

template <class Where>
void check(const Item& item, const Where& where) {
    if (item.id.empty()) throw BankError(where() + ": 'item' is empty; it should be the item's identifier");
    if (item.id.size() > 256) throw BankError(where() + ": 'item' is longer than 256 bytes");
    check_text(item.id, where, "item");
    const auto name = [&] { return "item '" + item.id + "'"; };
    check_text(item.scale, name, "scale");
    check_text(item.item_set, name, "item_set");
    check_text(item.key_format, name, "key_format");
    check_text(item.label, name, "label");
    for (const std::string& text : item.content) check_text(text, name, "content");
    for (const std::string& text : item.enemies) check_text(text, name, "enemies");
    if (!item.loadings.empty()) check_loadings(item, name());
    check_parameters(item.parameters, name);
    if (item.numbers.size() > 64) throw ItemFault(name(), "", "numbers_many", {std::to_string(item.numbers.size())});
    for (std::size_t i = 0; i < item.numbers.size(); ++i) {
        const auto& [key, value] = item.numbers[i];
        if (key.empty() || key.size() > 64 || !is_utf8(key)) throw ItemFault(name(), "num." + key, "number_name");
        if (!(std::fabs(value) <= 1e9))
            throw ItemFault(name(), "num." + key, "not_within", {number_text(value), "-1e9", "1e9"});
        if (i > 0 && !(item.numbers[i - 1].first < key))
            throw BankError(name() + ": 'num." + key + "' is there twice or out of order");
    }
    check_errors(item, name);
}

}  // namespace

void check_item(const Item& item, const std::string& where) {
    check(item, [&] { return where; });
}

ParameterErrors errors_of(const Item& item) {
    ParameterErrors errors;
    errors.a = item.se_a.value_or(0);
    errors.b = item.se_b.value_or(0);
    errors.c = item.se_c.value_or(0);
    errors.d = item.se_d.value_or(0);
    std::copy(item.se_steps.begin(), item.se_steps.end(), errors.steps.begin());
    std::copy(item.se_intercepts.begin(), item.se_intercepts.end(), errors.intercepts.begin());
    return errors;
}

bool has_errors(const Item& item) {
    const auto positive = [](double value) { return value > 0; };
    return item.se_a.value_or(0) > 0 || item.se_b.value_or(0) > 0 || item.se_c.value_or(0) > 0 ||
           item.se_d.value_or(0) > 0 || std::any_of(item.se_steps.begin(), item.se_steps.end(), positive) ||
           std::any_of(item.se_intercepts.begin(), item.se_intercepts.end(), positive);
}

std::optional<double> Item::number(const std::string& wanted) const {
    for (const auto& [key, value] : numbers)
        if (key == wanted) return value;
    return std::nullopt;
}

const char* name(Status status) {
    switch (status) {
        case Status::draft:
            return "draft";
        case Status::pretest:
            return "pretest";
        case Status::operational:
            return "operational";
        case Status::retired:
            break;
    }
    return "retired";
}

struct Bank::Doubted {
    std::once_flag once;
    std::unique_ptr<const Bank> bank;
};

struct Bank::Scaled {
    std::once_flag once;
    std::unique_ptr<const ScaleItems> items;
    std::atomic<const ScaleItems*> made = nullptr;
};

const ScaleItems& Bank::scale_items() const {
    if (const ScaleItems* made = scaled_->made.load(std::memory_order_acquire)) return *made;
    std::call_once(scaled_->once, [this] {
        scaled_->items = std::make_unique<const ScaleItems>(*items_, scales_);
        scaled_->made.store(scaled_->items.get(), std::memory_order_release);
    });
    return *scaled_->items;
}

Bank Bank::compile(std::vector<Item> items) { return compile(std::move(items), ""); }

// Of items that were read from bytes the hash is known.
Bank Bank::compile(std::vector<Item> items, std::string hash) {
    if (items.size() > max_items) throw BankError("the bank has more than 1,000,000 items");
    Bank bank;
    bank.items_ = std::make_shared<const std::vector<Item>>(std::move(items));
    bank.tables_ = std::make_shared<const BankTables>(*bank.items_);
    bank.scaled_ = std::make_shared<Scaled>();
    std::size_t slots = 2;
    while (slots < 2 * bank.items_->size()) slots *= 2;
    bank.slots_.assign(slots, -1);
    for (std::size_t i = 0; i < bank.items_->size(); ++i) {
        const Item& item = (*bank.items_)[i];
        check(item, [&] { return "item " + std::to_string(i + 1); });
        bank.place(static_cast<int>(i));
        const auto add_scale = [&](const std::string& scale) {
            if (!bank.scales_.empty() && bank.scales_.back() == scale) return;
            if (std::find(bank.scales_.begin(), bank.scales_.end(), scale) != bank.scales_.end()) return;
            if (bank.scales_.size() == 1000) throw BankError("the bank has more than 1,000 scales");
            bank.scales_.push_back(scale);
        };
        if (item.loadings.empty()) add_scale(item.scale);
        for (const Loading& loading : item.loadings) add_scale(loading.scale);
    }
    if (std::any_of(bank.items_->begin(), bank.items_->end(), [](const Item& i) { return !i.enemies.empty(); }))
        bank.enemies_.resize(bank.items_->size());
    for (std::size_t i = 0; i < bank.items_->size(); ++i) {
        for (const std::string& id : (*bank.items_)[i].enemies) {
            const int other = bank.find(id);
            if (other < 0)
                throw BankError("item '" + (*bank.items_)[i].id + "': its enemy '" + id + "' is not in the bank");
            if (other == static_cast<int>(i)) throw BankError("item '" + id + "' is its own enemy");
            bank.enemies_[i].push_back(other);
            bank.enemies_[static_cast<std::size_t>(other)].push_back(static_cast<int>(i));
        }
    }
    for (const Item& item : *bank.items_)
        bank.most_categories_ = std::max(bank.most_categories_, item.parameters.categories);
    bank.hash_ = hash.empty() ? sha256(bank.payload()) : std::move(hash);
    if (std::any_of(bank.items_->begin(), bank.items_->end(), has_errors)) bank.doubted_ = std::make_shared<Doubted>();
    return bank;
}

const Bank& Bank::with_doubt() const {
    if (!doubted_) return *this;
    std::call_once(doubted_->once, [this] {
        std::vector<Item> items = *items_;
        for (Item& item : items) {
            item.parameters = shrunk(item.parameters, errors_of(item));
            item.se_a = item.se_b = item.se_c = item.se_d = std::nullopt;
            item.se_steps.clear();
            item.se_intercepts.clear();
        }
        auto bank = std::make_unique<Bank>(*this);
        bank->items_ = std::make_shared<const std::vector<Item>>(std::move(items));
        bank->tables_ = std::make_shared<const BankTables>(*bank->items_);
        bank->scaled_ = std::make_shared<Scaled>();
        bank->doubted_.reset();
        doubted_->bank = std::move(bank);
    });
    return *doubted_->bank;
}

// The table is at most half full: an identifier is in the first slots after its own.
void Bank::place(int position) {
    const std::string& id = (*items_)[static_cast<std::size_t>(position)].id;
    const std::size_t last = slots_.size() - 1;
    std::size_t slot = std::hash<std::string_view>()(id) & last;
    for (; slots_[slot] >= 0; slot = (slot + 1) & last)
        if ((*items_)[static_cast<std::size_t>(slots_[slot])].id == id)
            throw BankError("item '" + id + "' is there twice: items " + std::to_string(slots_[slot] + 1) + " and " +
                            std::to_string(position + 1));
    slots_[slot] = position;
}

int Bank::find(const std::string& id) const {
    if (slots_.empty()) return -1;
    const std::size_t last = slots_.size() - 1;
    for (std::size_t slot = std::hash<std::string_view>()(id) & last; slots_[slot] >= 0; slot = (slot + 1) & last)
        if ((*items_)[static_cast<std::size_t>(slots_[slot])].id == id) return slots_[slot];
    return -1;
}

}  // namespace palier
