// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cctype>

#include "engine/bank/bank.hpp"
#include "engine/errors.hpp"

namespace palier {
namespace {

// b1, b2, …, a1, …, c1, …: parameters of polytomous models; a.SCALE: multidimensional slopes.
bool is_numbered(const std::string& key) {
    if (key.size() < 2 || key.size() > 3 || (key[0] != 'a' && key[0] != 'b' && key[0] != 'c')) return false;
    return std::all_of(key.begin() + 1, key.end(), [](unsigned char ch) { return std::isdigit(ch) != 0; });
}

bool is_standard_error(const std::string& key) { return key.rfind("se_", 0) == 0 && is_numbered(key.substr(3)); }

std::vector<std::string> list_of(const ObjectReader& reader, const char* key, std::size_t limit) {
    if (!reader.has(key)) return {};
    if (reader.at(key).is_string()) {
        auto parts = split_list(reader.text(key));
        if (parts.size() > limit) reader.refuse(key, "at most " + std::to_string(limit) + " entries");
        return parts;
    }
    return reader.texts(key, limit);
}

std::optional<double> standard_error(const ObjectReader& reader, const char* key) {
    if (!reader.has(key)) return std::nullopt;
    return reader.number(key, 0, 0);
}

}  // namespace

const std::vector<std::string>& item_keys() {
    static const std::vector<std::string> keys = {"item",    "scale",   "model",    "a",          "b",    "c",
                                                  "d",       "status",  "content",  "enemies",    "item_set",
                                                  "key_format", "se_a", "se_b",     "se_c",       "se_d", "label"};
    return keys;
}

std::vector<std::string> split_list(const std::string& cell) {
    std::vector<std::string> parts;
    std::string part;
    for (const char ch : cell + " ") {
        if (ch == ' ' || ch == '\t' || ch == '|' || ch == ';' || ch == ',') {
            if (!part.empty()) parts.push_back(part);
            part.clear();
        } else {
            part += ch;
        }
    }
    return parts;
}

Item item_from_json(const Json& object, const std::string& where, double D) {
    std::string path = where;
    if (object.is_object() && object.contains("item") && object["item"].is_string())
        path = "item '" + object["item"].get<std::string>().substr(0, 80) + "'";
    std::vector<std::string> keys = item_keys();
    if (object.is_object()) {
        for (const auto& entry : object.items()) {
            if (is_numbered(entry.key()) || is_standard_error(entry.key())) keys.push_back(entry.key());
            if (entry.key() == "intercept" || entry.key().rfind("a.", 0) == 0) {
                if (!entry.value().is_null())
                    throw BankError(path + ": '" + entry.key() +
                                    "' belongs to multidimensional items; this version runs one scale an item");
                keys.push_back(entry.key());
            }
        }
    }
    const ObjectReader reader(object, path, ErrorKind::bank, keys);

    Item item;
    item.id = reader.text("item", "", 256);
    if (item.id.empty()) throw BankError(where + ": 'item' is missing; it should be the item's identifier");
    item.scale = reader.text("scale", "", 256);
    Parameters& p = item.parameters;

    const std::string model = reader.text("model", "", 64);
    const auto& polytomous = polytomous_names();
    if (std::find(polytomous.begin(), polytomous.end(), model) != polytomous.end())
        throw BankError(path + ": model '" + model + "' has more than two categories; this version runs " +
                        join(model_names()));
    for (const auto& entry : object.items()) {
        if (is_numbered(entry.key()) && !entry.value().is_null())
            throw BankError(path + ": '" + entry.key() + "' belongs to a model with more than two categories; " +
                            "this version runs " + join(model_names()));
    }
    if (model.empty()) {
        p.model = reader.has("d")   ? Model::four_pl
                  : reader.has("c") ? Model::three_pl
                  : reader.has("a") ? Model::two_pl
                                    : Model::rasch;
    } else if (const auto found = model_named(model)) {
        p.model = *found;
    } else {
        std::vector<std::string> known = model_names();
        known.insert(known.end(), polytomous.begin(), polytomous.end());
        throw BankError(path + ": unknown model '" + model + "'" + did_you_mean(model, known) +
                        (did_you_mean(model, known).empty() ? "; " : " ") + "this version runs " +
                        join(model_names()));
    }

    if (!reader.has("b")) throw BankError(path + ": 'b' is missing; it should be the difficulty in logits");
    p.b = reader.number("b", 0);
    const bool needs_a = p.model != Model::rasch && p.model != Model::one_pl;
    if (needs_a && !reader.has("a"))
        throw BankError(path + ": 'a' is missing; it should be the discrimination, model " + name(p.model));
    p.a = reader.number("a", 1);
    p.c = reader.number("c", 0);
    p.d = reader.number("d", 1);
    if (D != 1) {
        if (p.model == Model::rasch && p.a == 1) p.model = Model::one_pl;
        p.a *= D;
    }

    const std::string status =
        reader.choice("status", "operational", {"draft", "pretest", "operational", "retired"});
    item.status = status == "draft"     ? Status::draft
                  : status == "pretest" ? Status::pretest
                  : status == "retired" ? Status::retired
                                        : Status::operational;
    item.se_a = standard_error(reader, "se_a");
    item.se_b = standard_error(reader, "se_b");
    item.se_c = standard_error(reader, "se_c");
    item.se_d = standard_error(reader, "se_d");
    item.content = list_of(reader, "content", 256);
    item.enemies = list_of(reader, "enemies", 256);
    item.item_set = reader.text("item_set", "", 256);
    item.key_format = reader.text("key_format", "", 256);
    item.label = reader.text("label");
    return item;
}

Bank Bank::from_json(const Json& items) {
    if (!items.is_array())
        throw BankError("items: " + show(items) + "; it should be an array of objects, one an item");
    if (items.size() > 1000000) throw BankError("items: more than 1,000,000");
    std::vector<Item> list;
    list.reserve(items.size());
    for (const Json& object : items) list.push_back(item_from_json(object, "item " + std::to_string(list.size() + 1)));
    return compile(std::move(list));
}

Json Bank::to_json() const {
    Json result = Json::array();
    for (const Item& item : items_) {
        const Parameters& p = item.parameters;
        Json object = {{"item", item.id}, {"model", name(p.model)}, {"b", p.b}, {"status", name(item.status)}};
        if (!item.scale.empty()) object["scale"] = item.scale;
        if (p.model != Model::rasch) object["a"] = p.a;
        if (p.model == Model::three_pl || p.model == Model::four_pl) object["c"] = p.c;
        if (p.model == Model::four_pl) object["d"] = p.d;
        if (item.se_a) object["se_a"] = *item.se_a;
        if (item.se_b) object["se_b"] = *item.se_b;
        if (item.se_c) object["se_c"] = *item.se_c;
        if (item.se_d) object["se_d"] = *item.se_d;
        if (!item.content.empty()) object["content"] = item.content;
        if (!item.enemies.empty()) object["enemies"] = item.enemies;
        if (!item.item_set.empty()) object["item_set"] = item.item_set;
        if (!item.key_format.empty()) object["key_format"] = item.key_format;
        if (!item.label.empty()) object["label"] = item.label;
        result.push_back(std::move(object));
    }
    return result;
}

}  // namespace palier
