// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/packed_response.hpp"

#include <algorithm>
#include <cstdio>

#include "adapters/formats/errors.hpp"
#include "adapters/formats/response.hpp"
#include "engine/errors.hpp"
#include "engine/util/json.hpp"

namespace palier::delivery {
namespace {

constexpr std::string_view response_digits = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

using Ids = std::vector<std::string>;

Ids ids_of(const std::vector<formats::Choice>& choices) {
    Ids ids;
    for (const formats::Choice& choice : choices) ids.push_back(choice.id);
    return ids;
}

// What a response of an item is made of: places that are filled, and for each what may fill it.
struct Lists {
    Ids places;                // stems or gaps
    std::vector<Ids> choices;  // for each place; for choices and orders the one list
    bool cloze = false;        // a place without choices takes a text
};

struct ListsOf {
    Lists operator()(const formats::ChoiceInteraction& item) const { return {{}, {ids_of(item.choices)}}; }
    Lists operator()(const formats::TrueFalseInteraction&) const { return {{}, {{"false", "true"}}}; }
    Lists operator()(const formats::OrderInteraction& item) const { return {{}, {ids_of(item.items)}}; }
    Lists operator()(const formats::NumericalInteraction& item) const { return {{}, {item.units}}; }
    Lists operator()(const formats::ShortAnswerInteraction&) const { return {{}, {{}}}; }
    Lists operator()(const formats::MatchInteraction& item) const {
        Lists lists{ids_of(item.stems), {}};
        lists.choices.assign(item.stems.size(), ids_of(item.choices));
        return lists;
    }
    Lists operator()(const formats::GapSelectInteraction& item) const {
        Lists lists;
        for (const formats::Gap& gap : item.gaps) {
            lists.places.push_back(gap.id);
            const auto group = item.groups.find(gap.group);
            lists.choices.push_back(group == item.groups.end() ? Ids{} : ids_of(group->second));
        }
        return lists;
    }
    Lists operator()(const formats::ClozeInteraction& item) const {
        Lists lists{{}, {}, true};
        for (const formats::ClozeField& field : item.fields) {
            lists.places.push_back(field.id);
            lists.choices.push_back(ids_of(field.choices));
        }
        return lists;
    }
};

Ids split(const std::string& text, char mark) {
    Ids parts(1);
    for (const char c : text)
        if (c == mark)
            parts.emplace_back();
        else
            parts.back() += c;
    return parts;
}

// The digit of an identifier, or 0 for none.
char digit_of(const Ids& ids, const std::string& id) {
    const auto place = static_cast<std::size_t>(std::find(ids.begin(), ids.end(), id) - ids.begin());
    return place < ids.size() && place < response_digits.size() ? response_digits[place] : '\0';
}

const std::string& id_of(const Ids& ids, char digit) {
    const std::size_t place = response_digits.find(digit);
    if (digit == '\0' || place >= ids.size()) throw ArgumentError("saved: a choice is not in the question");
    return ids[place];
}

// The response in digits, or "" where it cannot be said so.
struct Packer {
    const Lists& lists;

    std::string operator()(const std::monostate&) const { return ""; }
    std::string operator()(const formats::Selection& given) const { return list('c', given.choices); }
    std::string operator()(const formats::Sequence& given) const { return list('o', given.order); }
    std::string operator()(const formats::Pairs& given) const {
        if (lists.cloze) return gaps(given);
        std::string text = "m";
        std::size_t found = 0;
        for (std::size_t i = 0; i < lists.places.size(); ++i) {
            const auto pair = given.pairs.find(lists.places[i]);
            const char digit = pair == given.pairs.end() ? '-' : digit_of(lists.choices[i], pair->second);
            if (digit == '\0') return "";
            found += pair == given.pairs.end() ? 0 : 1;
            text += digit;
        }
        return found == given.pairs.size() ? text : "";
    }
    std::string operator()(const formats::Entry& given) const {
        if (!given.unit) return "t" + escaped_field(given.text);
        const char digit = digit_of(lists.choices[0], *given.unit);
        return digit == '\0' ? "" : std::string("v") + digit + escaped_field(given.text);
    }

private:
    std::string gaps(const formats::Pairs& given) const {
        std::string text = "z";
        std::size_t found = 0;
        for (std::size_t i = 0; i < lists.places.size(); ++i) {
            text += i == 0 ? "" : "|";
            const auto pair = given.pairs.find(lists.places[i]);
            if (pair == given.pairs.end()) continue;
            ++found;
            if (lists.choices[i].empty()) {
                text += "=";
                for (const char c : escaped_field(pair->second))
                    text += c == '|' ? std::string("%7C") : std::string(1, c);
                continue;
            }
            for (const std::string& id : split(pair->second, ',')) {
                const char digit = digit_of(lists.choices[i], id);
                if (digit == '\0') return "";
                text += digit;
            }
        }
        return found == given.pairs.size() ? text : "";
    }
    std::string list(char kind, const Ids& given) const {
        std::string text(1, kind);
        if (lists.choices.empty()) return "";
        for (const std::string& id : given) {
            const char digit = digit_of(lists.choices[0], id);
            if (digit == '\0') return "";
            text += digit;
        }
        return text;
    }
};

}  // namespace

std::string packed(const formats::Item& item, const std::string& response) {
    const Lists lists = std::visit(ListsOf{}, item.interaction);
    const std::string text = std::visit(Packer{lists}, formats::response_from_json(Json::parse(response)));
    return text.empty() ? "j" + escaped_field(response) : text;
}

std::string unpacked(const formats::Item& item, const std::string& packed) {
    const Lists lists = std::visit(ListsOf{}, item.interaction);
    const std::string rest = packed.substr(1);
    const auto first = [&]() -> const Ids& {
        if (lists.choices.empty()) throw ArgumentError("saved: a response is of another kind than its question");
        return lists.choices[0];
    };
    formats::Response response;
    switch (packed[0]) {
        case 'c': {
            formats::Selection selection;
            for (const char c : rest) selection.choices.push_back(id_of(first(), c));
            response = selection;
            break;
        }
        case 'o': {
            formats::Sequence sequence;
            for (const char c : rest) sequence.order.push_back(id_of(first(), c));
            response = sequence;
            break;
        }
        case 'm': {
            formats::Pairs pairs;
            if (rest.size() != lists.places.size())
                throw ArgumentError("saved: a response is of another kind than its question");
            for (std::size_t i = 0; i < rest.size(); ++i)
                if (rest[i] != '-') pairs.pairs[lists.places[i]] = id_of(lists.choices[i], rest[i]);
            response = pairs;
            break;
        }
        case 'z': {
            formats::Pairs pairs;
            const Ids parts = split(rest, '|');
            if (!lists.cloze || parts.size() != lists.places.size())
                throw ArgumentError("saved: a response is of another kind than its question");
            for (std::size_t i = 0; i < parts.size(); ++i) {
                if (parts[i].empty()) continue;
                std::string& value = pairs.pairs[lists.places[i]];
                if (parts[i][0] == '=') {
                    value = unescaped_field(parts[i].substr(1));
                    continue;
                }
                for (const char c : parts[i]) value += (value.empty() ? "" : ",") + id_of(lists.choices[i], c);
            }
            response = pairs;
            break;
        }
        case 't':
            response = formats::Entry{unescaped_field(rest), std::nullopt};
            break;
        case 'v':
            if (rest.empty()) throw ArgumentError("saved: a unit is missing");
            response = formats::Entry{unescaped_field(rest.substr(1)), id_of(first(), rest[0])};
            break;
        case 'j':
            response =
                formats::response_from_json(parse_json(unescaped_field(rest), ErrorKind::argument, "saved", 64 * 1024));
            break;
        default:
            throw ArgumentError("saved: a response is of no kind that is known");
    }
    return dump_json(formats::to_json(response));
}

std::string escaped_field(const std::string& text) {
    std::string escaped;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F && c != ';' && c != ',' && c != '%') {
            escaped += c;
            continue;
        }
        char code[8];
        std::snprintf(code, sizeof code, "%%%02X", static_cast<unsigned>(byte));
        escaped += code;
    }
    return escaped;
}

std::string unescaped_field(const std::string& text) {
    const auto value = [](char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; };
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        const bool whole = i + 2 < text.size();
        const int high = whole ? value(text[i + 1]) : -1;
        const int low = whole ? value(text[i + 2]) : -1;
        if (high < 0 || low < 0) throw ArgumentError("saved: an escape is broken");
        plain += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return plain;
}

}  // namespace palier::delivery
