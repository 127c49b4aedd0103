// SPDX-License-Identifier: GPL-3.0-or-later
#include "scorm/package/theme.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "engine/errors.hpp"

namespace palier::package {
namespace {

constexpr std::size_t largest_logo = std::size_t{200} << 10;
constexpr std::size_t longest_text = 2000;
// scorm/player/src/style.css
constexpr const char* paper = "#ffffff";
constexpr std::array inks{"#1f2430", "#545b6b"};

std::array<int, 3> channels(const std::string& colour) {
    std::array<int, 3> rgb{};
    for (std::size_t i = 0; i < 3; ++i) rgb[i] = std::stoi(colour.substr(1 + 2 * i, 2), nullptr, 16);
    return rgb;
}

double luminance(const std::string& colour) {
    constexpr std::array shares{0.2126, 0.7152, 0.0722};
    double sum = 0;
    const auto rgb = channels(colour);
    for (std::size_t i = 0; i < 3; ++i) {
        const double part = rgb[i] / 255.0;
        sum += shares[i] * (part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

/// A tenth of the colour on white.
std::string soft(const std::string& colour) {
    char text[8];
    const auto [r, g, b] = channels(colour);
    std::snprintf(text, sizeof text, "#%02x%02x%02x", 255 - (255 - r) / 10, 255 - (255 - g) / 10, 255 - (255 - b) / 10);
    return text;
}

[[noreturn]] void refuse(const std::string& key, const std::string& right) {
    throw ArgumentError("theme: '" + key + "' should be " + right);
}

Json text_at(const Json& json, const char* key) {
    const Json value = json.value(key, Json());
    const auto fits = [](const Json& text) {
        return text.is_string() && text.get<std::string>().size() <= longest_text;
    };
    const bool by_language = value.is_object() && std::all_of(value.begin(), value.end(), fits);
    if (!value.is_null() && !fits(value) && !by_language)
        refuse(key, "a text of at most 2,000 bytes, or such texts by language");
    return value;
}

std::string colour_at(const Json& json, const char* key) {
    const Json value = json.value(key, Json());
    if (value.is_null()) return "";
    std::string colour = value.is_string() ? value.get<std::string>() : "";
    std::transform(colour.begin(), colour.end(), colour.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (colour.size() != 7 || colour[0] != '#' || colour.find_first_not_of("0123456789abcdef", 1) != std::string::npos)
        refuse(key, "a colour such as \"#1c4fa0\"");
    return colour;
}

void hold(const std::string& key, const std::string& colour, const std::string& other, double least) {
    const double found = contrast(colour, other);
    if (found >= least) return;
    char text[160];
    std::snprintf(text, sizeof text, "a colour with a contrast of %.1f at least against %s; %s has %.1f", least,
                  other.c_str(), colour.c_str(), found);
    refuse(key, text);
}

/// The ending of a picture by its first bytes.
std::string picture_ending(const std::string& bytes) {
    if (bytes.starts_with("\x89PNG\r\n")) return ".png";
    if (bytes.starts_with("\xFF\xD8\xFF")) return ".jpg";
    if (bytes.substr(0, 1000).find("<svg") != std::string::npos) return ".svg";
    refuse("logo", "a PNG, a JPEG or an SVG");
}

}  // namespace

double contrast(const std::string& one, const std::string& other) {
    const auto [low, high] = std::minmax({luminance(one), luminance(other)});
    return (high + 0.05) / (low + 0.05);
}

Theme read_theme(const Json& json, const std::function<std::string(const std::string&)>& read) {
    if (!json.is_object() || json.value("palier_theme", Json()) != 1)
        throw ArgumentError("theme: it should be an object with \"palier_theme\": 1");
    constexpr std::array keys{"palier_theme", "title", "description", "logo", "logo_text", "accent", "ground"};
    for (const auto& entry : json.items())
        if (std::find(keys.begin(), keys.end(), entry.key()) == keys.end())
            throw ArgumentError("theme: unknown key '" + entry.key() + "'");
    Theme theme;
    theme.title = text_at(json, "title");
    theme.description = text_at(json, "description");
    theme.logo_text = text_at(json, "logo_text");
    const std::string accent = colour_at(json, "accent");
    const std::string ground = colour_at(json, "ground");
    if (!accent.empty()) {
        hold("accent", accent, paper, 4.5);
        theme.css += ":root { --accent: " + accent + "; --accent-soft: " + soft(accent) + "; }\n";
    }
    if (!ground.empty()) {
        for (const char* ink : inks) hold("ground", ground, ink, 4.5);
        hold("ground", ground, accent.empty() ? "#1c4fa0" : accent, 3);
        theme.css += ":root { --ground: " + ground + "; }\n";
    }
    if (const Json logo = json.value("logo", Json()); !logo.is_null()) {
        if (!logo.is_string() || logo.get<std::string>().find('/') != std::string::npos || logo == "")
            refuse("logo", "the name of a file beside the theme");
        const std::string bytes = read(logo.get<std::string>());
        if (bytes.size() > largest_logo) refuse("logo", "of 200 KiB at most");
        if (theme.logo_text.is_null()) refuse("logo_text", "what the logo says (\"\" where it is ornament)");
        theme.logo = "theme/logo" + picture_ending(bytes);
        theme.files[theme.logo] = bytes;
    }
    return theme;
}

}  // namespace palier::package
