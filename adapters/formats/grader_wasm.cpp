// SPDX-License-Identifier: GPL-3.0-or-later
// The grader for JavaScript, compiled by em++: texts in, text out (UTF-8 JSON). What is returned
// lives until the next call. A call that cannot be served gives {"error": "…"}.
#include <exception>
#include <string>

#include "adapters/formats/content_json.hpp"
#include "adapters/formats/grader.hpp"

namespace {

using Json = nlohmann::json;
std::string result;

template <typename F>
const char* answer(F&& call) {
    try {
        result = call().dump();
    } catch (const std::exception& error) {
        result = Json{{"error", error.what()}}.dump(-1, ' ', false, Json::error_handler_t::replace);
    }
    return result.c_str();
}

}  // namespace

extern "C" {

/// The grade of a response; `number_format` is ["point", "thousands"], or "" for that of the item's
/// language.
const char* palier_grade(const char* presentation, const char* key, const char* response, const char* number_format) {
    using namespace palier::formats;
    return answer([&]() -> Json {
        const Json key_json = Json::parse(key);
        const Item item = item_from_json(Json::parse(presentation), &key_json);
        const Response given = response_from_json(Json::parse(response));
        if (*number_format == '\0') return to_json(grade(item, given));
        const auto format = Json::parse(number_format).get<std::vector<std::string>>();
        return to_json(grade(item, given, {format.at(0), format.at(1)}));
    });
}

/// {"presentation", "key"} of the item as one person sees it; `seed` is a whole number as text.
const char* palier_arranged(const char* presentation, const char* key, const char* seed) {
    using namespace palier::formats;
    return answer([&]() -> Json {
        const Json key_half = Json::parse(key);
        const Item item = arranged(item_from_json(Json::parse(presentation), &key_half), std::stoull(seed));
        return {{"presentation", presentation_json(item)}, {"key", key_json(item)}};
    });
}
}
