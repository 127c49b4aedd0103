// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "adapters/delivery/handles.hpp"
#include "adapters/formats/content_json.hpp"
#include "engine/errors.hpp"
#include "engine/util/sha256.hpp"

namespace palier::delivery {
namespace {

constexpr std::size_t largest_bundle = std::size_t{64} << 20;

// A text or a map of languages.
Json text_or_map(const ObjectReader& in, const char* key) {
    if (!in.has(key)) return nullptr;
    const Json& value = in.at(key);
    if (value.is_string()) return value;
    if (!value.is_object()) in.refuse(key, "a text, or texts by language");
    for (const auto& [language, text] : value.items())
        if (!text.is_string()) in.refuse(std::string(key) + "." + language, "a text");
    return value;
}

Variant read_variant(const std::string& language, const Json& json) {
    const std::string path = "variants." + language;
    const ObjectReader in(json, path, ErrorKind::argument, {"items", "contents"});
    Variant variant{language, std::make_shared<palier::Bank>(palier::Bank::from_json(in.at("items"))), {}};
    const palier::Bank& bank = *variant.bank;
    variant.items.resize(static_cast<std::size_t>(bank.size()));
    std::vector<bool> there(variant.items.size(), false);
    const Json& contents = in.at("contents");
    if (!contents.is_array()) in.refuse("contents", "a list of questions");
    for (const Json& content : contents) {
        const std::string where = path + ".contents";
        const ObjectReader halves(content, where, ErrorKind::argument, {"presentation", "key"});
        const Json& key = halves.at("key");
        formats::Item item = formats::item_from_json(halves.at("presentation"), &key);
        const int position = bank.find(item.id);
        if (position < 0) throw ArgumentError(where + ": '" + item.id + "' is no item of the bank");
        const auto place = static_cast<std::size_t>(position);
        if (there[place]) throw ArgumentError(where + ": '" + item.id + "' is there twice");
        there[place] = true;
        if (item.language.empty()) item.language = language;
        variant.items[place] = std::move(item);
    }
    for (std::size_t i = 0; i < there.size(); ++i)
        if (!there[i])
            throw ArgumentError(path + ": item '" + bank[static_cast<int>(i)].id + "' of the bank has no content");
    return variant;
}

Json read_expected(const ObjectReader& in) {
    if (!in.has("expected")) return nullptr;
    const ObjectReader expected(in.at("expected"), "expected", ErrorKind::argument, {"items", "minutes"});
    const auto items = expected.numbers("items", 2, 2);
    return {{"items", items}, {"minutes", expected.integer("minutes", 1, 1, 100000)}};
}

/// Numbers without a fraction as whole ones: JavaScript has 1 where C++ wrote 1.0, and a test is the same in both.
Json with_whole_numbers(Json json) {
    if (json.is_structured())
        for (auto& part : json) part = with_whole_numbers(std::move(part));
    constexpr double exact = 9007199254740991;
    if (json.is_number_float()) {
        const double value = json.get<double>();
        if (value >= -exact && value <= exact && value == std::trunc(value)) return static_cast<std::int64_t>(value);
    }
    return json;
}

}  // namespace

namespace {

std::string base_of(const std::string& tag) { return tag.substr(0, tag.find_first_of("-_")); }

const Variant* find_variant(const std::vector<Variant>& variants, const std::string& language) {
    for (const auto& wanted : {language, base_of(language)})
        for (const Variant& one : variants)
            if (one.language == wanted) return &one;
    for (const Variant& one : variants)
        if (base_of(one.language) == base_of(language)) return &one;
    return nullptr;
}

}  // namespace

host::Language nearest_words(const std::string& language) {
    return base_of(language) == "fr" ? host::Language::fr : host::Language::en;
}

const Variant& Test::Content::variant(const std::string& language) const {
    const Variant* found = find_variant(variants, language);
    return found == nullptr ? variants.front() : *found;
}

std::string Test::Content::language_of_attempt(const std::string& asked) const {
    if (base_of(asked) == "fr" || base_of(asked) == "en") return base_of(asked);
    if (const Variant* found = find_variant(variants, asked)) return found->language;
    throw ArgumentError("language '" + asked + "'; it should be fr, en or one of the test's: " + join(languages));
}

Test::Test(std::unique_ptr<const Content> content) : content_(std::move(content)) {}
Test::~Test() = default;

std::shared_ptr<const Test> Test::open(std::string_view bundle_json) {
    const Json json = parse_json(bundle_json, ErrorKind::argument, "bundle", largest_bundle);
    const ObjectReader in(json, "", ErrorKind::argument,
                          {"palier_bundle", "id", "title", "plan", "variants", "expected"});
    if (!in.has("palier_bundle") || in.at("palier_bundle") != 1)
        in.refuse("palier_bundle", "1, the version of this format");
    auto content = std::make_unique<Content>();
    content->hash = sha256(dump_json(with_whole_numbers(json)));
    content->id = in.text("id", "test", 200);
    content->title = text_or_map(in, "title");
    content->expected = read_expected(in);
    content->plan = std::make_shared<palier::Plan>(palier::Plan::from_json(in.at("plan")));
    const Json& variants = in.at("variants");
    if (!variants.is_object() || variants.empty() || variants.size() > 32)
        in.refuse("variants", "questions by language, such as {\"fr\": …}");
    for (const auto& [language, variant] : variants.items()) {
        const bool tag =
            !language.empty() && language.size() <= 20 &&
            std::all_of(language.begin(), language.end(), [](unsigned char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            });
        if (!tag) in.refuse("variants", "questions by language tags, such as \"fr\"");
        content->variants.push_back(read_variant(language, variant));
        content->languages.push_back(language);
        const palier::Bank& bank = *content->variants.back().bank;
        scale_of(*content->plan, bank);
        const int longest = std::min(bank.size(), content->plan->stop.max_items.value_or(bank.size()));
        if (longest > longest_test)
            throw ArgumentError("plan: this test may ask " + std::to_string(longest) +
                                " questions; outside Moodle at most " + std::to_string(longest_test) +
                                " are possible: set stop.max_items");
    }
    return std::make_shared<Test>(std::move(content));
}

const std::string& Test::hash() const { return content_->hash; }
const std::vector<std::string>& Test::languages() const { return content_->languages; }

std::string Test::title(const std::string& language) const {
    const Json& title = content_->title;
    if (title.is_object() && title.contains(language)) return title.at(language).get<std::string>();
    return host::text_of(title, nearest_words(language));
}

Json Test::about() const {
    Json items = Json::object();
    for (const Variant& variant : content_->variants) items[variant.language] = variant.bank->size();
    return {{"hash", hash()},           {"id", content_->id},        {"title", content_->title},
            {"languages", languages()}, {"items", std::move(items)}, {"plan", content_->plan->normalised}};
}

Json Test::before(const std::string& language, bool stays) const { return before_view(*content_, language, stays); }

}  // namespace palier::delivery
