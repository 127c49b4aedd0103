// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti_declarations.hpp"

#include <algorithm>
#include <utility>

#include "adapters/formats/number_text.hpp"
#include "adapters/formats/unicode.hpp"
#include "adapters/formats/xml.hpp"

namespace palier::formats::qti {
namespace {

constexpr std::size_t most_values = 1000;

bool same_folded(const std::string& a, const std::string& b) {
    auto folded = [](const std::string& text) {
        std::u32string all = unicode::decode(text);
        for (char32_t& c : all) c = unicode::fold(c);
        return all;
    };
    return folded(a) == folded(b);
}

std::pair<std::string, std::string> halves(const std::string& pair) {
    const std::size_t blank = pair.find(' ');
    return {pair.substr(0, blank), blank == std::string::npos ? "" : pair.substr(blank + 1)};
}

Value values_below(const xmlNode* holder, const Declaration& of) {
    Value all{of.shape, of.base, {}, {}};
    for (const xmlNode* one : children(holder, "value")) {
        const Value value = read_value(one, xml::text(one), of.base);
        all.texts.insert(all.texts.end(), value.texts.begin(), value.texts.end());
        all.numbers.insert(all.numbers.end(), value.numbers.begin(), value.numbers.end());
        if (all.size() > most_values) refuse(one, "more than 1,000 values");
    }
    if (of.shape == Shape::single && all.size() > 1)
        refuse(holder, "'" + of.identifier + "' takes one value, and here it has " + std::to_string(all.size()));
    return all;
}

Mapping read_mapping(const xmlNode* node, Base base) {
    Mapping mapping;
    if (const std::string text = attribute(node, "defaultValue"); !text.empty())
        mapping.otherwise = read_double(node, text);
    if (const std::string text = attribute(node, "lowerBound"); !text.empty()) mapping.lower = read_double(node, text);
    if (const std::string text = attribute(node, "upperBound"); !text.empty()) mapping.upper = read_double(node, text);
    for (const xmlNode* entry : children(node, "mapEntry")) {
        mapping.entries.push_back({read_value(entry, attribute(entry, "mapKey"), base),
                                   read_double(entry, needed(entry, "mappedValue")),
                                   attribute(entry, "caseSensitive", "true") != "false"});
        if (mapping.entries.size() > most_values) refuse(entry, "more than 1,000 mapped values");
    }
    return mapping;
}

}  // namespace

Value number_value(double number) { return {Shape::single, Base::number, {}, {number}}; }
Value boolean_value(bool is_true) { return {Shape::single, Base::boolean, {is_true ? "true" : "false"}, {}}; }

bool same_content(const Value& a, std::size_t i, const Value& b, std::size_t j) {
    if (a.numbers.empty() != b.numbers.empty()) return false;
    if (!a.numbers.empty()) return a.numbers[i] == b.numbers[j];
    if (a.texts[i] == b.texts[j]) return true;
    if (a.base != Base::pair && b.base != Base::pair) return false;
    const auto [first, second] = halves(a.texts[i]);
    return second + " " + first == b.texts[j];
}

double Mapping::of(const Value& value) const {
    if (value.is_null()) return 0;
    double sum = 0;
    for (std::size_t i = 0; i < value.size(); ++i) {
        bool counted = false;
        for (std::size_t before = 0; before < i && !counted; ++before) counted = same_content(value, before, value, i);
        if (counted) continue;
        const auto entry = std::find_if(entries.begin(), entries.end(), [&](const MapEntry& one) {
            return same_content(one.key, 0, value, i) ||
                   (!one.case_sensitive && !value.texts.empty() && same_folded(one.key.texts.front(), value.texts[i]));
        });
        sum += entry == entries.end() ? otherwise : entry->value;
    }
    if (lower) sum = std::max(sum, *lower);
    if (upper) sum = std::min(sum, *upper);
    return sum;
}

double read_double(const xmlNode* at, const std::string& text) {
    const WrittenNumber number = written_number(xml::trimmed(text), {".", " "});
    if (!number.value) refuse(at, shown_name(at) + ": '" + xml::shortened(text, 40) + "' should be a number");
    return *number.value;
}

Base base_of(const xmlNode* node) {
    const std::string type = attribute(node, "baseType");
    if (type == "identifier" || type == "intOrIdentifier") return Base::identifier;
    if (type == "string") return Base::text;
    if (type == "integer" || type == "float") return Base::number;
    if (type == "boolean") return Base::boolean;
    if (type == "pair") return Base::pair;
    return type == "directedPair" ? Base::directed_pair : Base::other;
}

Value read_value(const xmlNode* at, const std::string& text, Base base) {
    Value value{Shape::single, base, {}, {}};
    const std::string plain = xml::trimmed(text);
    switch (base) {
        case Base::number:
            value.numbers.push_back(read_double(at, plain));
            return value;
        case Base::boolean:
            value.texts.emplace_back(plain == "true" || plain == "1" ? "true" : "false");
            return value;
        case Base::pair:
        case Base::directed_pair: {
            const std::size_t blank = plain.find_first_of(" \t\r\n"), next = plain.find_last_of(" \t\r\n");
            if (blank == std::string::npos)
                refuse(at, shown_name(at) + ": '" + xml::shortened(plain, 40) + "' should be two identifiers");
            value.texts.push_back(plain.substr(0, blank) + " " + plain.substr(next + 1));
            return value;
        }
        default:
            if (!plain.empty()) value.texts.push_back(plain);
            return value;
    }
}

Declarations declarations(const xmlNode* item, const char* kind_of_declaration) {
    Declarations all;
    for (const xmlNode* node : children(item, kind_of_declaration)) {
        Declaration one;
        one.identifier = needed(node, "identifier");
        one.line = xml::line(node);
        const std::string shape = attribute(node, "cardinality", "single");
        if (shape != "single" && shape != "multiple" && shape != "ordered")
            refuse(node, "the variable '" + one.identifier + "' has the cardinality '" + xml::shortened(shape, 30) +
                             "', which is not carried");
        one.shape = shape == "single" ? Shape::single : shape == "multiple" ? Shape::multiple : Shape::ordered;
        one.base = base_of(node);
        one.whole_number = attribute(node, "baseType") == "integer";
        one.correct = one.standard = Value{one.shape, one.base, {}, {}};
        if (const xmlNode* correct = child(node, "correctResponse")) one.correct = values_below(correct, one);
        if (const xmlNode* standard = child(node, "defaultValue")) one.standard = values_below(standard, one);
        if (const xmlNode* mapping = child(node, "mapping")) one.mapping = read_mapping(mapping, one.base);
        if (const std::string most = attribute(node, "normalMaximum"); !most.empty())
            one.most = read_double(node, most);
        if (!all.emplace(one.identifier, one).second)
            refuse(node, "the variable '" + one.identifier + "' is declared twice");
    }
    return all;
}

}  // namespace palier::formats::qti
