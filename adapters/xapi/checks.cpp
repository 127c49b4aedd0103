// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/checks.hpp"

#include <algorithm>
#include <cctype>

#include "adapters/xapi/formats.hpp"

namespace palier::xapi::checks {
namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return result;
}

const char* type_name(const Json& value) {
    switch (value.type()) {
        case Json::value_t::null:
            return "null";
        case Json::value_t::object:
            return "an object";
        case Json::value_t::array:
            return "an array";
        case Json::value_t::string:
            return "a string";
        case Json::value_t::boolean:
            return "a boolean";
        default:
            return "a number";
    }
}

[[noreturn]] void expected(const Json& value, const Path& path, std::string_view what) {
    path.refuse(std::string(what) + " is expected, not " + type_name(value));
}

}  // namespace

std::string Path::text() const {
    if (parent_ == nullptr) return {};
    std::string before = parent_->text();
    if (key_.data() == nullptr) return before + "[" + std::to_string(index_) + "]";
    const bool plain = !key_.empty() && std::all_of(key_.begin(), key_.end(), [](unsigned char c) {
        return std::isalnum(c) || c == '_' || c == '-';
    });
    if (!plain) return before + "[\"" + std::string(key_.substr(0, 200)) + "\"]";
    return before.empty() ? std::string(key_) : before + "." + std::string(key_);
}

void object(const Json& value, const Path& path, std::initializer_list<std::string_view> keys) {
    if (!value.is_object()) expected(value, path, "an object");
    for (const auto& [key, ignored] : value.items()) {
        if (std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
        const std::string small = lower(key);
        for (const auto known : keys)
            if (lower(known) == small) Path(path, key).refuse("unknown key; its case is " + std::string(known));
        Path(path, key).refuse("unknown key");
    }
}

const Json& required(const Json& value, const Path& path, std::string_view key) {
    const Json* found = optional(value, key);
    if (found == nullptr) Path(path, key).refuse("is required");
    return *found;
}

const Json* optional(const Json& value, std::string_view key) {
    const auto found = value.find(key);
    return found == value.end() ? nullptr : &*found;
}

const std::string& string(const Json& value, const Path& path) {
    if (!value.is_string()) expected(value, path, "a string");
    return value.get_ref<const std::string&>();
}

void notation(const Json& value, const Path& path, bool (*is)(std::string_view), const char* what) {
    const std::string& text = string(value, path);
    if (!is(text)) path.refuse(std::string(what) + " is expected, not \"" + text.substr(0, 100) + "\"");
}

void iri(const Json& value, const Path& path) { notation(value, path, is_iri, "an IRI with its scheme"); }
void uuid(const Json& value, const Path& path) { notation(value, path, is_uuid, "a UUID"); }

void instant(const Json& value, const Path& path) {
    notation(
        value, path, [](std::string_view text) { return read_timestamp(text).has_value(); },
        "an instant such as 2026-01-31T08:00:00.000Z");
}

void boolean(const Json& value, const Path& path) {
    if (!value.is_boolean()) expected(value, path, "true or false");
}

void array(const Json& value, const Path& path) {
    if (!value.is_array()) expected(value, path, "an array");
}

void language_map(const Json& value, const Path& path) {
    if (!value.is_object()) expected(value, path, "a language map");
    for (const auto& [tag, words] : value.items()) {
        const Path here(path, tag);
        if (!is_language_tag(tag)) here.refuse("a language tag such as fr or en-GB is expected as the key");
        string(words, here);
    }
}

void extensions(const Json& value, const Path& path) {
    if (!value.is_object()) expected(value, path, "an object");
    for (const auto& [key, ignored] : value.items())
        if (!is_iri(key)) Path(path, key).refuse("an IRI with its scheme is expected as the key");
}

}  // namespace palier::xapi::checks
