// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/words.hpp"

#include <algorithm>
#include <array>
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

std::string text_of(const Json& name, Language language) {
    if (name.is_string()) return name.get<std::string>();
    if (!name.is_object() || name.empty()) return "";
    for (const char* code : {language == Language::fr ? "fr" : "en", "en"})
        if (name.contains(code)) return name[code].get<std::string>();
    return name.begin()->get<std::string>();
}

std::string chances(double share, Language language) {
    constexpr std::array<const char*, 9> fr = {"Une chance",     "Deux chances", "Trois chances",
                                               "Quatre chances", "Cinq chances", "Six chances",
                                               "Sept chances",   "Huit chances", "Neuf chances"};
    constexpr std::array<const char*, 9> en = {"One chance",    "Two chances",   "Three chances",
                                               "Four chances",  "Five chances",  "Six chances",
                                               "Seven chances", "Eight chances", "Nine chances"};
    const double tenths = share * 10;
    const auto whole = static_cast<int>(std::lround(tenths));
    if (std::fabs(tenths - whole) < 1e-9 && whole >= 1 && whole <= 9) {
        const auto i = static_cast<std::size_t>(whole - 1);
        return language == Language::fr ? std::string(fr[i]) + " sur dix" : std::string(en[i]) + " in ten";
    }
    const int digits = std::fabs(share * 100 - std::round(share * 100)) < 1e-9 ? 0 : 1;
    return language == Language::fr ? decimal(share * 100, digits, language) + "\u00A0% de chances"
                                    : "A " + decimal(share * 100, digits, language) + "% chance";
}

std::string margin(double share, const std::string& low, const std::string& high, Language language) {
    std::string text = chances(share, language);
    if (low != high)
        return text +
               (language == Language::fr ? " qu’il soit entre " + low + " et "
                                         : " that it is between " + low + " and ") +
               high + ".";
    if (text[0] >= 'A' && text[0] <= 'Z') text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return language == Language::fr ? "Plus de " + text + " que ce soit ce niveau."
                                    : "More than " + text + " that it is this level.";
}

}  // namespace palier::host
