// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/html_rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace palier::formats::html_rules {
namespace {

constexpr auto kept = std::to_array<std::string_view>(
    {"a", "abbr", "article", "aside", "audio", "b", "bdi", "bdo", "blockquote", "br", "caption", "cite", "code", "col",
     "colgroup", "dd", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5",
     "h6", "header", "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "q", "rp", "rt", "ruby", "samp", "section",
     "small", "source", "span", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul",
     "var", "video",
     // presentation MathML
     "math", "menclose", "mfenced", "mfrac", "mi", "mmultiscripts", "mn", "mo", "mover", "mpadded", "mphantom", "mroot",
     "mrow", "mspace", "msqrt", "mstyle", "msub", "msubsup", "msup", "mtable", "mtd", "mtext", "mtr", "munder",
     "munderover"});

constexpr auto removed = std::to_array<std::string_view>(
    {"annotation", "annotation-xml", "applet",   "area",     "base",     "button", "canvas", "datalist",
     "dialog",     "embed",          "frame",    "frameset", "head",     "iframe", "input",  "link",
     "map",        "meta",           "noscript", "object",   "optgroup", "option", "param",  "script",
     "select",     "style",          "svg",      "template", "textarea", "title",  "track"});

constexpr auto frames = std::to_array<std::string_view>({"html", "body", "font", "center", "tt", "big", "semantics"});
constexpr auto voids = std::to_array<std::string_view>({"br", "hr", "col", "mspace"});

using Pair = std::pair<std::string_view, std::string_view>;
constexpr std::array of_element{Pair{"img", "width"},
                                Pair{"img", "height"},
                                Pair{"td", "colspan"},
                                Pair{"td", "rowspan"},
                                Pair{"th", "colspan"},
                                Pair{"th", "rowspan"},
                                Pair{"th", "scope"},
                                Pair{"ol", "start"},
                                Pair{"col", "span"},
                                Pair{"colgroup", "span"},
                                Pair{"audio", "controls"},
                                Pair{"video", "controls"},
                                Pair{"video", "width"},
                                Pair{"video", "height"},
                                Pair{"source", "type"},
                                Pair{"math", "display"},
                                Pair{"mi", "mathvariant"},
                                Pair{"mo", "fence"},
                                Pair{"mo", "separator"},
                                Pair{"mo", "stretchy"},
                                Pair{"mfenced", "open"},
                                Pair{"mfenced", "close"},
                                Pair{"mfrac", "linethickness"},
                                Pair{"mtable", "columnalign"},
                                Pair{"mover", "accent"},
                                Pair{"menclose", "notation"}};

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
    return element == "img" || element == "source" || element == "audio" || element == "video";
}

bool keeps(std::string_view element, std::string_view attribute) {
    if (attribute == "lang" || attribute == "dir" || attribute == "title") return true;
    return contains(of_element, Pair{element, attribute});
}

bool is_switch(std::string_view attribute) { return attribute == "controls"; }

}  // namespace palier::formats::html_rules
