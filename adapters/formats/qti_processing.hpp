// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "adapters/formats/qti_declarations.hpp"

// Response processing of QTI: what a response is worth, by the rules of the item or of one of the standard templates
// (match_correct, map_response, Common Cartridge's three). Rules that draw at random, measure areas, know regular
// expressions or call another program are refused. NULL is handled as the information model says.

namespace palier::formats::qti {

/// A rule or an expression, with the parts that it is made of.
struct Rule {
    enum class Op {
        // rules
        condition,
        branch,
        otherwise,
        set_outcome,
        exit,
        block,
        // expressions
        constant,
        variable,
        correct,
        standard,
        map_response,
        match,
        is_null,
        is_and,
        is_or,
        is_not,
        any_n,
        sum,
        subtract,
        product,
        divide,
        most,
        least,
        round,
        truncate,
        as_float,
        equal,
        equal_rounded,
        lt,
        lte,
        gt,
        gte,
        string_match,
        substring,
        member,
        contains,
        remove,
        index,
        make_multiple,
        make_ordered,
        container_size
    };
    Op op = Op::block;
    std::string identifier;        // of a variable
    Value value;                   // of a constant
    double first = 0, second = 0;  // bounds of any_n, tolerances of equal, n of index, figures of equal_rounded
    bool relative = false, significant = false, case_sensitive = true, part_of = false;
    bool with_lower = true, with_upper = true;  // whether the ends of equal's tolerance belong to it
    std::vector<Rule> parts;
};

using Variables = std::map<std::string, Value>;

class Processing {
public:
    /// Without response processing each response counts alike: as it is mapped, else 1 where it is the correct one.
    /// Throws Refusal where neither says what an answer is worth, or the processing is not understood.
    explicit Processing(const xmlNode* item);

    const Declarations& responses() const { return responses_; }
    const Declarations& outcomes() const { return outcomes_; }
    /// Whether there are no rules, and each response is worth what its declaration says.
    bool by_declarations() const { return node_ == nullptr; }

    /// The outcomes of these responses; what is not given is NULL. Throws Refusal after too many steps in all.
    Variables run(const Variables& responses) const;
    double score(const Variables& responses) const;

    /// Every constant of this type, and the numbers that tolerances make of them: where a score may change.
    std::set<std::string> texts() const;
    /// The identifiers of every set and list that rules and declarations write whole.
    std::set<std::vector<std::string>> lists() const;
    std::set<double> breakpoints() const;

private:
    const xmlNode* node_ = nullptr;  // of the processing, for messages
    Declarations responses_, outcomes_;
    Rule rules_;
    mutable long steps_ = 0;
};

/// Reads rules and expressions. Throws Refusal.
Rule read_rules(const xmlNode* processing);

}  // namespace palier::formats::qti
