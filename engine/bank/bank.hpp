// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/bank/tables.hpp"
#include "engine/models/model.hpp"
#include "engine/util/json.hpp"

// A bank: items in an order that matters (an exact tie goes to the first), immutable, known by the
// SHA-256 of its content.
//
// Bytes: "PALIERBK", format version (uint32), payload length (uint64), SHA-256 of the payload (32
// bytes), payload; all little-endian, doubles as IEEE 754 binary64. Reading checks all of it and
// every item again. Version 1 holds items of two categories alone and is still what such a bank is
// written as (its hash does not change); version 3 adds, after the four numbers of a polytomous item,
// its steps, intercepts and their standard errors. Versions 2 and 4 are these with the numbers of each
// item at the end. Versions 5 to 8 are these four with slopes and intercepts of items that load on scales by a.SCALE
// after all that. Limits: 1,000,000 items, texts of 4,096 bytes, 256 enemies an item.

namespace palier {

class ScaleItems;

enum class Status : std::uint8_t { draft, pretest, operational, retired };
const char* name(Status status);

/// How an item of several scales loads on one of them: a.SCALE of the bank, logits^-1.
struct Loading {
    std::string scale;
    double slope;   ///< not 0
    double se = 0;  ///< its standard error
};

struct Item {
    std::string id;     ///< unique, 1 to 256 bytes
    std::string scale;  ///< "" in a bank with one unnamed scale, and of an item that loads on more than one
    Parameters parameters;
    Status status = Status::operational;
    std::optional<double> se_a, se_b, se_c, se_d;  ///< standard errors of the parameters, >= 0
    std::vector<double> se_steps;       ///< of b1… (nrm: a1…); empty, or one a step, 0 where there is none
    std::vector<double> se_intercepts;  ///< nrm: of c1…, the same way
    /// Of an item that is given by slopes a.SCALE and intercepts (engine/bank/loadings.hpp), in order of the scales'
    /// names; empty of one that has a scale, a and b. `parameters` and se_* follow from them.
    std::vector<Loading> loadings;
    std::vector<double> intercepts;             ///< one; of grm and gpcm one a step
    std::vector<double> intercept_errors = {};  ///< their standard errors; empty where there is none
    std::vector<std::string> content;
    std::vector<std::string> enemies;  ///< items that are not asked in one session with this one
    std::string item_set;
    std::string key_format;
    std::string label;
    /// Numbers that a plan may bound (columns num.NAME), in order of their names.
    std::vector<std::pair<std::string, double>> numbers;
    std::optional<double> number(const std::string& name) const;
};

/// The standard errors of an item as one value.
ParameterErrors errors_of(const Item& item);
/// Whether any of them is above 0.
bool has_errors(const Item& item);

class Bank {
public:
    /// Checks the items and makes a bank. Throws BankError that names the item.
    static Bank compile(std::vector<Item> items);
    /// The same from a JSON array of objects with the keys of the bank CSV. Where `model` is absent it
    /// follows from the parameters: d 4pl, else c 3pl, else a 2pl, else rasch.
    static Bank from_json(const Json& items);
    /// Reads what bytes() gave. Throws BankError when header, version, hash or content is wrong.
    static Bank from_bytes(std::string_view bytes);
    static bool is_bank_bytes(std::string_view bytes);

    std::string bytes() const;
    const std::string& hash() const { return hash_; }
    Json to_json() const;

    const std::vector<Item>& items() const { return *items_; }
    int size() const { return static_cast<int>(items_->size()); }
    const Item& operator[](int position) const { return (*items_)[static_cast<std::size_t>(position)]; }
    /// Position of an item, or -1.
    int find(const std::string& id) const;
    /// Curves and orders that are made once and shared by the sessions on this bank.
    const BankTables& tables() const { return *tables_; }
    /// On which scales each item loads, and the items of each scale in the order of their information near a theta.
    /// Made when they are first asked for.
    const ScaleItems& scale_items() const;
    /// The same items with the doubt about their parameters taken into their slopes (engine/models/doubt.hpp) and no
    /// standard errors: what answers are scored and items are chosen by. This bank itself where no item is in doubt.
    /// Made when it is first asked for; hash and positions are this bank's.
    const Bank& with_doubt() const;
    /// Positions of the enemies of an item, either way round.
    const std::vector<int>& enemies(int position) const {
        static const std::vector<int> none;
        return enemies_.empty() ? none : enemies_[static_cast<std::size_t>(position)];
    }
    /// The largest number of categories that an item has; 2 in a bank of right-or-wrong items.
    int most_categories() const { return most_categories_; }
    /// Distinct scales in order of first appearance.
    const std::vector<std::string>& scales() const { return scales_; }

private:
    static Bank compile(std::vector<Item> items, std::string hash);
    std::string payload() const;
    void place(int position);
    struct Doubted;
    struct Scaled;

    // Where they stay when a bank is moved: the tables refer to them.
    std::shared_ptr<const std::vector<Item>> items_;
    std::shared_ptr<const BankTables> tables_;
    std::shared_ptr<Scaled> scaled_;
    std::shared_ptr<Doubted> doubted_;       ///< null where no item is in doubt
    std::vector<int> slots_;                 ///< positions by a hash of the identifier, -1 where a slot is free
    std::vector<std::vector<int>> enemies_;  ///< empty where no item has one
    std::vector<std::string> scales_;
    std::string hash_;
    int most_categories_ = 2;
};

/// The keys that an item may have, in the order of the bank CSV (without the numbered ones).
const std::vector<std::string>& item_keys();

/// One item from its JSON object; `where` ("item 3") opens messages until the id is known. With
/// D != 1 the parameters are of the metric D and are converted: a := D a and se_a := D se_a, a model
/// whose a is fixed at 1 becoming 1pl or gpcm; nrm is left as it is.
Item item_from_json(const Json& object, const std::string& where, double D = 1);

/// Refuses an item whose texts, parameters or standard errors are out of range; `where` opens the
/// message until the id is known.
void check_item(const Item& item, const std::string& where);

/// Parts of a list cell: separated by blanks, '|', ';' or ','.
std::vector<std::string> split_list(const std::string& cell);

}  // namespace palier
