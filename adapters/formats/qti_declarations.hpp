// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "adapters/formats/qti_names.hpp"

// Variables of a QTI item and their values (QTI 2.2 Assessment Test, Section and Item Information Model, sections 5.1
// and 6.1; the same in 3.0).

namespace palier::formats::qti {

enum class Shape { single, multiple, ordered };
enum class Base { identifier, text, number, boolean, pair, directed_pair, other };

/// NULL is a value without content. Numbers stand in `numbers`, all else in `texts`; pairs as "a b", booleans as "true"
/// and "false".
struct Value {
    Shape shape = Shape::single;
    Base base = Base::identifier;
    std::vector<std::string> texts;
    std::vector<double> numbers;

    bool is_null() const { return texts.empty() && numbers.empty(); }
    std::size_t size() const { return texts.size() + numbers.size(); }
    bool is_true() const { return base == Base::boolean && texts.size() == 1 && texts.front() == "true"; }
};
Value number_value(double number);
Value boolean_value(bool is_true);

/// One content of a value as of another: numbers by their value, pairs in either direction, texts exactly.
bool same_content(const Value& a, std::size_t i, const Value& b, std::size_t j);

struct MapEntry {
    Value key;
    double value = 0;
    bool case_sensitive = true;
};
struct Mapping {
    std::vector<MapEntry> entries;
    double otherwise = 0;
    std::optional<double> lower, upper;
    /// The sum of what the contents are mapped to, each counted once, within the bounds; of NULL 0.
    double of(const Value& value) const;
};

struct Declaration {
    std::string identifier;
    Shape shape = Shape::single;
    Base base = Base::identifier;
    bool whole_number = false;
    Value correct;   // of a response
    Value standard;  // the default value
    std::optional<Mapping> mapping;
    std::optional<double> most;  // normalMaximum of an outcome
    long line = 0;
};
using Declarations = std::map<std::string, Declaration>;

/// Those of responses, or of outcomes. Throws Refusal.
Declarations declarations(const xmlNode* item, const char* kind_of_declaration);

/// A text of the file as a value of one content. Throws Refusal where it is none of this type.
Value read_value(const xmlNode* at, const std::string& text, Base base);
Base base_of(const xmlNode* declaration);
double read_double(const xmlNode* at, const std::string& text);

}  // namespace palier::formats::qti
