// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/words.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "engine/errors.hpp"

namespace palier::host {

Language language_named(const std::string& name) {
    if (name == "fr" || name.rfind("fr_", 0) == 0 || name.rfind("fr-", 0) == 0) return Language::fr;
    if (name == "en" || name.rfind("en_", 0) == 0 || name.rfind("en-", 0) == 0) return Language::en;
    throw ArgumentError("language '" + name + "'; it should be fr or en");
}

std::string decimal(double x, int digits, Language language) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*f", digits, x);
    std::string text = buffer;
    std::replace(text.begin(), text.end(), ',', '.');  // whatever the process's locale
    if (text.find_first_not_of("-0.") == std::string::npos && text[0] == '-') text.erase(0, 1);
    if (language == Language::fr) std::replace(text.begin(), text.end(), '.', ',');
    return text;
}

std::string percent(double share, int digits, Language language) {
    return decimal(100 * share, digits, language) + (language == Language::fr ? "\u00A0%" : "%");
}

std::string text_of(const Json& name, Language language) {
    if (name.is_string()) return name.get<std::string>();
    if (!name.is_object() || name.empty()) return "";
    for (const char* code : {code_of(language), "en"})
        if (name.contains(code)) return name[code].get<std::string>();
    return name.begin()->get<std::string>();
}

std::string name_or_id(const Json& name, const std::string& id, Language language) {
    return name.is_null() ? id : text_of(name, language);
}

std::string chances(double share, Language language) {
    const double tenths = share * 10;
    const auto whole = static_cast<int>(std::lround(tenths));
    if (std::fabs(tenths - whole) < 1e-9 && whole >= 1 && whole <= 9)
        return words::text(*words::Key::named("chances_" + std::to_string(whole)), language);
    const int digits = std::fabs(share * 100 - std::round(share * 100)) < 1e-9 ? 0 : 1;
    return words::text("chances_percent", language, {{"percent", decimal(share * 100, digits, language)}});
}

std::string margin(double share, const std::string& low, const std::string& high, Language language) {
    return words::text("margin_between", language,
                       {{"chances", chances(share, language)}, {"low", low}, {"high", high}});
}

std::string margin_of_levels(double share, int low, int high, int lowest, Language language) {
    constexpr double slack = 1e-9;
    const double tenths = std::floor(10 * share + slack) / 10;
    const std::string said = share >= 0.95 - slack ? words::text("chances_more", language) : chances(tenths, language);
    if (low == high) return words::text("margin_same", language, {{"chances", said}});
    const words::Values values = {{"chances", said}, {"low", std::to_string(low)}, {"high", std::to_string(high)}};
    return words::text(said_by_its_end(low, lowest) ? words::Key("margin_up_to") : words::Key("margin_between"),
                       language, values);
}

std::string level_of(const std::string& name, int number, const std::string& last, words::Key nameless,
                     Language language) {
    if (number == 0) return name.empty() ? words::text("map_level_none", language) : name;
    return words::text(name.empty() ? nameless : words::Key("level_of"), language,
                       {{"name", name}, {"number", std::to_string(number)}, {"last", last}});
}

}  // namespace palier::host
