// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/html_rules.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace palier::formats::html_rules {
namespace {

constexpr auto kept = std::to_array<std::string_view>(
    {"a", "abbr", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
     "colgroup", "dd", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
     "h6", "header", "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "q", "rp", "rt", "ruby", "samp", "section",
     "small", "source", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "track",
     "u", "ul", "var", "video",
     // as spans, see line_class
     "del", "ins", "s", "strike",
     // presentation MathML
     "math", "menclose", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom",
     "mprescripts", "mroot", "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext",
     "mtr", "munder", "munderover", "none"});

constexpr auto removed = std::to_array<std::string_view>(
    {"annotation", "annotation-xml", "applet",   "area",     "base",     "button", "canvas", "datalist",
     "dialog",     "embed",          "frame",    "frameset", "head",     "iframe", "input",  "link",
     "map",        "meta",           "noscript", "object",   "optgroup", "option", "param",  "script",
     "select",     "style",          "svg",      "template", "textarea", "title"});

constexpr auto frames = std::to_array<std::string_view>({"html", "body", "font", "center", "tt", "big", "semantics"});
constexpr auto voids = std::to_array<std::string_view>({"br", "hr", "col", "mprescripts", "mspace", "none"});

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array of_element{
    Pair{"img", "width"},          Pair{"img", "height"},     Pair{"td", "colspan"},
    Pair{"td", "rowspan"},         Pair{"th", "colspan"},     Pair{"th", "rowspan"},
    Pair{"th", "scope"},           Pair{"ol", "start"},       Pair{"ol", "type"},
    Pair{"ol", "reversed"},        Pair{"li", "value"},       Pair{"col", "span"},
    Pair{"colgroup", "span"},      Pair{"audio", "controls"}, Pair{"video", "controls"},
    Pair{"video", "width"},        Pair{"video", "height"},   Pair{"source", "type"},
    Pair{"track", "kind"},         Pair{"track", "label"},    Pair{"track", "srclang"},
    Pair{"track", "default"},      Pair{"math", "display"},   Pair{"mi", "mathvariant"},
    Pair{"mo", "fence"},           Pair{"mo", "separator"},   Pair{"mo", "stretchy"},
    Pair{"mfenced", "open"},       Pair{"mfenced", "close"},  Pair{"mfrac", "linethickness"},
    Pair{"mtable", "columnalign"}, Pair{"mover", "accent"},   Pair{"menclose", "notation"}};

template <typename List, typename Value>
bool contains(const List& list, const Value& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
}

}  // namespace

Fate fate(std::string_view element) {
    if (contains(kept, element)) return Fate::keep;
    return contains(removed, element) ? Fate::remove : Fate::unwrap;
}

bool is_frame(std::string_view element) { return contains(frames, element); }
bool is_void(std::string_view element) { return contains(voids, element); }
bool is_medium(std::string_view element) {
    return element == "img" || element == "source" || element == "track" || element == "audio" || element == "video";
}

std::string_view line_class(std::string_view element) {
    if (element == "u" || element == "ins") return underline_class;
    return element == "s" || element == "strike" || element == "del" ? line_through_class : std::string_view{};
}

std::string_view player_of(std::string_view path) {
    constexpr auto sounds = std::to_array<std::string_view>({".mp3", ".ogg", ".oga", ".wav", ".m4a", ".aac", ".flac"});
    constexpr auto films = std::to_array<std::string_view>({".mp4", ".webm", ".ogv", ".m4v"});
    std::string extension(path.substr(std::min(path.size(), path.rfind('.'))));
    for (char& c : extension)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    if (contains(sounds, extension)) return "audio";
    return contains(films, extension) ? "video" : std::string_view{};
}

bool keeps(std::string_view element, std::string_view attribute) {
    if (attribute == "lang" || attribute == "dir" || attribute == "title") return true;
    return contains(of_element, Pair{element, attribute});
}

bool is_switch(std::string_view attribute) {
    return attribute == "controls" || attribute == "default" || attribute == "reversed";
}

}  // namespace palier::formats::html_rules
