// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cctype>
#include <cmath>

#include "engine/bank/bank.hpp"
#include "engine/bank/item_fault.hpp"
#include "engine/bank/loadings.hpp"
#include "engine/errors.hpp"

namespace palier {
namespace {

// b1, b2, …, a1, …, c1, …: parameters of polytomous models; a.SCALE: multidimensional slopes.
bool is_numbered(const std::string& key) {
    if (key.size() < 2 || key.size() > 3 || (key[0] != 'a' && key[0] != 'b' && key[0] != 'c')) return false;
    return std::all_of(key.begin() + 1, key.end(), [](unsigned char ch) { return std::isdigit(ch) != 0; });
}

bool is_standard_error(const std::string& key) { return key.rfind("se_", 0) == 0 && is_numbered(key.substr(3)); }

std::vector<std::string> list_of(const ObjectReader& reader, const std::string& path, const char* key,
                                 std::size_t limit) {
    if (!reader.has(key)) return {};
    if (reader.at(key).is_string()) {
        auto parts = split_list(reader.text(key));
        if (parts.size() > limit)
            throw ItemFault(path, key, "list_long", {show(reader.at(key)), std::to_string(limit)});
        return parts;
    }
    return reader.texts(key, limit);
}

std::string text_of(const ObjectReader& reader, const std::string& path, const char* key, std::size_t limit) {
    if (reader.has(key) && reader.at(key).is_string()) {
        const std::size_t size = reader.at(key).get_ref<const std::string&>().size();
        if (size > limit) throw ItemFault(path, key, "text_long", {std::to_string(size), std::to_string(limit)});
    }
    return reader.text(key, "", limit);
}

std::optional<double> standard_error(const ObjectReader& reader, const std::string& path, const std::string& key) {
    if (!reader.has(key.c_str())) return std::nullopt;
    const double value = reader.number(key.c_str(), 0);
    if (value < 0) throw ItemFault(path, key, "negative", {show(reader.at(key.c_str()))});
    return value;
}

Model model_of(const ObjectReader& reader, const std::string& path) {
    const std::string model = reader.text("model", "", 64);
    if (model.empty())
        return reader.has("d")   ? Model::four_pl
               : reader.has("c") ? Model::three_pl
               : reader.has("a") ? Model::two_pl
                                 : Model::rasch;
    if (const auto found = model_named(model)) return *found;
    const std::string hint = did_you_mean(model, model_names());
    throw ItemFault(path, "model", "model_unknown", {model, hint.empty() ? ";" : hint, join(model_names())});
}

void read_dichotomous(const ObjectReader& reader, const Json& object, const std::string& path, Parameters& p) {
    for (const auto& entry : object.items()) {
        if ((is_numbered(entry.key()) || is_standard_error(entry.key())) && !entry.value().is_null())
            throw ItemFault(path, entry.key(), "step_of_other_model", {name(p.model)});
    }
    if (!reader.has("b")) throw ItemFault(path, "b", "difficulty_missing");
    p.b = reader.number("b", 0);
    const bool needs_a = p.model != Model::rasch && p.model != Model::one_pl;
    if (needs_a && !reader.has("a")) throw ItemFault(path, "a", "discrimination_missing", {name(p.model)});
    p.a = reader.number("a", 1);
    p.c = reader.number("c", 0);
    p.d = reader.number("d", 1);
}

// x1, x2, … of an item: how many there are, without gaps.
int count_numbered(const ObjectReader& reader, const std::string& path, const std::string& letter) {
    int count = 0;
    for (int k = 1; k < 100; ++k) {
        const std::string key = letter + std::to_string(k);
        if (!reader.has(key.c_str())) continue;
        if (k != count + 1) throw ItemFault(path, letter + std::to_string(count + 1), "step_missing", {key});
        ++count;
    }
    return count;
}

void read_polytomous(const ObjectReader& reader, const std::string& path, Item& item) {
    Parameters& p = item.parameters;
    const std::string model = name(p.model);
    const bool nrm = p.model == Model::nrm;
    const std::string letter = nrm ? "a" : "b";
    const int steps = count_numbered(reader, path, letter);
    if (steps < 1) throw ItemFault(path, letter + "1", "steps_missing", {model, letter});
    if (steps > max_categories - 1)
        throw ItemFault(path, letter + "16", "steps_too_many", {std::to_string(steps), letter});
    for (const char* other : {"a", "b", "c"}) {
        if (other == letter || (nrm && std::string(other) == "c")) continue;
        if (count_numbered(reader, path, other) > 0)
            throw ItemFault(path, std::string(other) + "1", "not_of_model", {model});
    }
    if (nrm && count_numbered(reader, path, "c") != steps)
        throw ItemFault(path, "c1", "nominal_counts",
                        {std::to_string(steps), std::to_string(count_numbered(reader, path, "c"))});
    for (const char* key : {"c", "d"})
        if (reader.has(key)) throw ItemFault(path, key, "not_of_model", {model});
    if (reader.has("b") && p.model != Model::rsm) throw ItemFault(path, "b", "not_of_steps", {model});
    if (reader.has("a") && nrm) throw ItemFault(path, "a", "not_of_nominal");
    if (!reader.has("a") && (p.model == Model::grm || p.model == Model::gpcm))
        throw ItemFault(path, "a", "discrimination_missing", {model});
    if (!reader.has("b") && p.model == Model::rsm) throw ItemFault(path, "b", "location_missing");
    p.a = reader.number("a", 1);
    p.b = reader.number("b", 0);
    p.categories = steps + 1;
    const auto errors = [&](const std::string& of) {
        std::vector<double> list;
        for (int k = 1; k <= steps; ++k) {
            const std::string key = "se_" + of + std::to_string(k);
            if (!reader.has(key.c_str())) continue;
            list.resize(static_cast<std::size_t>(steps), 0.0);
            list[static_cast<std::size_t>(k - 1)] = *standard_error(reader, path, key);
        }
        return list;
    };
    for (int k = 1; k <= steps; ++k) {
        const auto at = static_cast<std::size_t>(k - 1);
        p.steps[at] = reader.number((letter + std::to_string(k)).c_str(), 0);
        if (nrm) p.intercepts[at] = reader.number(("c" + std::to_string(k)).c_str(), 0);
    }
    item.se_steps = errors(letter);
    if (nrm) item.se_intercepts = errors("c");
}

// From the metric D to that of D = 1.
void convert(Item& item, double D) {
    Parameters& p = item.parameters;
    if (p.model == Model::nrm) return;
    if (p.model == Model::rasch && p.a == 1) p.model = Model::one_pl;
    if (p.model == Model::rsm) {
        for (int k = 0; k < p.categories - 1; ++k) p.steps[static_cast<std::size_t>(k)] += p.b;
        p.b = 0;
        if (item.se_b) {
            if (item.se_steps.empty()) item.se_steps.assign(static_cast<std::size_t>(p.categories - 1), 0.0);
            for (double& se : item.se_steps) se = std::sqrt(se * se + *item.se_b * *item.se_b);
            item.se_b.reset();
        }
    }
    if (p.model == Model::pcm || p.model == Model::rsm) p.model = Model::gpcm;
    p.a *= D;
    if (item.se_a) item.se_a = *item.se_a * D;
}

}  // namespace

const std::vector<std::string>& item_keys() {
    static const std::vector<std::string> keys = {"item", "scale",  "model",   "a",       "b",        "c",
                                                  "d",    "status", "content", "enemies", "item_set", "key_format",
                                                  "se_a", "se_b",   "se_c",    "se_d",    "label"};
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
            if (is_numbered(entry.key()) || is_standard_error(entry.key()) || entry.key().rfind("num.", 0) == 0)
                keys.push_back(entry.key());
            if (is_loading_key(entry.key())) keys.push_back(entry.key());
        }
    }
    const ObjectReader reader(object, path, ErrorKind::bank, keys);

    Item item;
    item.id = text_of(reader, path, "item", 256);
    if (item.id.empty()) throw ItemFault(where, "item", "item_missing");
    item.scale = text_of(reader, path, "scale", 256);
    Parameters& p = item.parameters;
    const bool loads = has_loadings(object);
    p.model = model_of(reader, path);
    if (loads) {
        if (!reader.has("model") && p.model == Model::rasch) p.model = Model::two_pl;
        read_loadings(object, path, D, item);
    } else if (is_polytomous(p.model)) {
        read_polytomous(reader, path, item);
    } else {
        read_dichotomous(reader, object, path, p);
    }

    const std::vector<std::string> statuses = {"draft", "pretest", "operational", "retired"};
    const std::string status = reader.text("status", "operational");
    if (std::find(statuses.begin(), statuses.end(), status) == statuses.end())
        throw ItemFault(path, "status", "choice", {show(status), join(statuses)});
    item.status = status == "draft"     ? Status::draft
                  : status == "pretest" ? Status::pretest
                  : status == "retired" ? Status::retired
                                        : Status::operational;
    if (!loads) {
        item.se_a = standard_error(reader, path, "se_a");
        item.se_b = standard_error(reader, path, "se_b");
    }
    item.se_c = standard_error(reader, path, "se_c");
    item.se_d = standard_error(reader, path, "se_d");
    if (D != 1 && !loads) convert(item, D);
    item.content = list_of(reader, path, "content", 256);
    item.enemies = list_of(reader, path, "enemies", 256);
    item.item_set = text_of(reader, path, "item_set", 256);
    item.key_format = text_of(reader, path, "key_format", 256);
    item.label = text_of(reader, path, "label", 4096);
    for (const auto& entry : object.items())
        if (entry.key().rfind("num.", 0) == 0 && reader.has(entry.key().c_str()))
            item.numbers.emplace_back(entry.key().substr(4), reader.number(entry.key().c_str(), 0));
    return item;
}

Bank Bank::from_json(const Json& items) {
    if (!items.is_array()) throw BankError("items: " + show(items) + "; it should be an array of objects, one an item");
    if (items.size() > 1000000) throw BankError("items: more than 1,000,000");
    std::vector<Item> list;
    list.reserve(items.size());
    for (const Json& object : items) list.push_back(item_from_json(object, "item " + std::to_string(list.size() + 1)));
    return compile(std::move(list));
}

namespace {

void write_steps(const Item& item, Json& object) {
    const Parameters& p = item.parameters;
    const bool nrm = p.model == Model::nrm;
    const std::string letter = nrm ? "a" : "b";
    for (int k = 1; k < p.categories; ++k) {
        const auto at = static_cast<std::size_t>(k - 1);
        const std::string number = std::to_string(k);
        object[letter + number] = p.steps[at];
        if (nrm) object["c" + number] = p.intercepts[at];
        if (!item.se_steps.empty()) object["se_" + letter + number] = item.se_steps[at];
        if (!item.se_intercepts.empty()) object["se_c" + number] = item.se_intercepts[at];
    }
}

}  // namespace

Json Bank::to_json() const {
    Json result = Json::array();
    for (const Item& item : *items_) {
        const Parameters& p = item.parameters;
        const bool loads = !item.loadings.empty();
        Json object = {{"item", item.id}, {"model", name(p.model)}, {"status", name(item.status)}};
        if (!loads && !item.scale.empty()) object["scale"] = item.scale;
        if (!loads && (!is_polytomous(p.model) || p.model == Model::rsm)) object["b"] = p.b;
        const bool fixed_slope = p.model == Model::rasch || p.model == Model::pcm || p.model == Model::rsm;
        if (!loads && !fixed_slope && p.model != Model::nrm) object["a"] = p.a;
        if (loads) write_loadings(item, object);
        if (p.model == Model::three_pl || p.model == Model::four_pl) object["c"] = p.c;
        if (p.model == Model::four_pl) object["d"] = p.d;
        if (!loads && is_polytomous(p.model)) write_steps(item, object);
        if (!loads && item.se_a) object["se_a"] = *item.se_a;
        if (!loads && item.se_b) object["se_b"] = *item.se_b;
        if (item.se_c) object["se_c"] = *item.se_c;
        if (item.se_d) object["se_d"] = *item.se_d;
        if (!item.content.empty()) object["content"] = item.content;
        if (!item.enemies.empty()) object["enemies"] = item.enemies;
        if (!item.item_set.empty()) object["item_set"] = item.item_set;
        if (!item.key_format.empty()) object["key_format"] = item.key_format;
        if (!item.label.empty()) object["label"] = item.label;
        for (const auto& [key, value] : item.numbers) object["num." + key] = value;
        result.push_back(std::move(object));
    }
    return result;
}

}  // namespace palier
