// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/html_clean.hpp"

#include <libxml/HTMLparser.h>

#include <algorithm>

#include "adapters/formats/errors.hpp"
#include "adapters/formats/html_rules.hpp"
#include "adapters/formats/html_style.hpp"
#include "adapters/formats/xml.hpp"
#include "adapters/text/base64.hpp"
#include "adapters/text/markup.hpp"

namespace palier::formats {
namespace {

constexpr std::size_t longest_html = 1U << 20;
constexpr int deepest = 200;

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return result;
}

xml::Document parse_html(const std::string& html) {
    if (html.size() > longest_html) throw FormatError("a text is larger than 1 MiB");
    const std::string page =
        "<!DOCTYPE html><html><head><meta charset=\"utf-8\"></head><body>" + html + "</body></html>";
    constexpr int options =
        HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING | HTML_PARSE_NONET | HTML_PARSE_COMPACT;
    return xml::Document(htmlReadMemory(page.data(), static_cast<int>(page.size()), nullptr, "UTF-8", options));
}

std::string percent_decoded(std::string_view text) {
    const auto digit = [](char c) {
        return c >= '0' && c <= '9'   ? c - '0'
               : c >= 'a' && c <= 'f' ? c - 'a' + 10
               : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                      : -1;
    };
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size() && digit(text[i + 1]) >= 0 && digit(text[i + 2]) >= 0) {
            result += static_cast<char>(digit(text[i + 1]) * 16 + digit(text[i + 2]));
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

class Cleaner {
public:
    Cleaner(const AssetSource& assets, Dropped& dropped) : assets_(assets), dropped_(dropped) {}

    void children(const xmlNode* parent, int depth) {
        for (const xmlNode* node = parent->children; node != nullptr; node = node->next) write(node, depth);
    }
    Html take() { return std::move(out_); }

private:
    void write(const xmlNode* node, int depth) {
        if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) {
            out_ += markup::escaped(xml::text(node));
            return;
        }
        if (node->type != XML_ELEMENT_NODE) return;
        if (depth > deepest) {
            ++dropped_["elements nested too deeply"];
            return;
        }
        const std::string name = lower(xml::name(node));
        const StyleMeaning style = meaning_of_style(xml::attribute(node, "style"));
        if (style.hidden || xmlHasProp(node, reinterpret_cast<const xmlChar*>("hidden")) != nullptr) {
            ++dropped_["text that is hidden"];
            return;
        }
        for (const std::string& property : style.lost) ++dropped_["style " + xml::shortened(property, 40)];
        if (!style.list_type.empty() && name != "ol") ++dropped_["style list-style-type"];
        switch (html_rules::fate(name)) {
            case html_rules::Fate::remove:
                ++dropped_["element " + xml::shortened(name + address_of(node), 100)];
                return;
            case html_rules::Fate::unwrap:
                if (!html_rules::is_frame(name) && style.wrap.empty())
                    ++dropped_["element " + xml::shortened(name, 40)];
                if (name == "font" && !xml::attribute(node, "color").empty()) ++dropped_["attribute color"];
                wrapped(node, style.wrap, depth);
                return;
            case html_rules::Fate::keep:
                element(node, name, style, depth);
                return;
        }
    }

    /// Where a frame or an object would have fetched from, for the report.
    static std::string address_of(const xmlNode* node) {
        for (const char* name : {"src", "data"})
            if (const std::string url = xml::attribute(node, name); !url.empty()) return " " + url;
        return {};
    }

    /// The children inside elements that say what a style said.
    void wrapped(const xmlNode* node, const std::vector<std::string>& elements, int depth) {
        std::string close;
        for (const std::string& name : elements) {
            const std::string_view line = html_rules::line_class(name);
            out_ += line.empty() ? "<" + name + ">" : "<span class=\"" + std::string(line) + "\">";
            close.insert(0, line.empty() ? "</" + name + ">" : "</span>");
        }
        children(node, depth + 1);
        out_ += close;
    }

    void element(const xmlNode* node, const std::string& name, const StyleMeaning& style, int depth) {
        if (name == "img" || name == "source" || name == "track") {
            medium(node, name, depth);
            return;
        }
        if (name == "a" && linked_medium(node, style.wrap, depth)) return;
        const std::string_view line = html_rules::line_class(name);
        const std::string written = line.empty() ? name : "span";
        out_ += "<" + written;
        if (!line.empty()) out_ += " class=\"" + std::string(line) + "\"";
        if (name == "math") out_ += " xmlns=\"http://www.w3.org/1998/Math/MathML\"";
        attributes(node, name);
        if (name == "ol" && !style.list_type.empty() && xml::attribute(node, "type").empty())
            put("type", style.list_type);
        if ((name == "audio" || name == "video") && !xml::attribute(node, "src").empty()) source(node, name);
        if (html_rules::is_void(name)) {
            out_ += "/>";
            return;
        }
        out_ += ">";
        if (name == "table")
            rows(node, depth);
        else
            wrapped(node, style.wrap, depth);
        out_ += "</" + written + ">";
    }

    /// A link to a sound or a film of the question, which Moodle's media filter makes a player: its text, then the
    /// player.
    bool linked_medium(const xmlNode* node, const std::vector<std::string>& wrap, int depth) {
        const auto path = local(xml::attribute(node, "href"));
        const std::string_view player = path ? html_rules::player_of(*path) : std::string_view{};
        if (player.empty()) return false;
        wrapped(node, wrap, depth);
        out_ += " <" + std::string(player);
        put("controls", "controls");
        if (const std::string text = xml::trimmed(xml::text(node)); !text.empty()) put("title", text);
        put("src", *path);
        out_ += "></" + std::string(player) + ">";
        return true;
    }

    /// Rows stand in a tbody, as XHTML has it.
    void rows(const xmlNode* table, int depth) {
        bool open = false;
        for (const xmlNode* node = table->children; node != nullptr; node = node->next) {
            const bool row = node->type == XML_ELEMENT_NODE && xml::name(node) == "tr";
            const bool text = node->type != XML_ELEMENT_NODE;
            if (row != open && !(text && open)) {
                out_ += row ? "<tbody>" : "</tbody>";
                open = row;
            }
            write(node, depth + 1);
        }
        if (open) out_ += "</tbody>";
    }

    void attributes(const xmlNode* node, const std::string& element) {
        for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
            const std::string name = lower(reinterpret_cast<const char*>(attribute->name));
            if (name == "style" || (name == "src" && html_rules::is_medium(element))) continue;
            const std::string value = xml::text(reinterpret_cast<const xmlNode*>(attribute));
            if (name == "href" && element == "a")
                link(value);
            else if (html_rules::keeps(element, name))
                put(name, html_rules::is_switch(name) ? name : value);
            else if (name != "xmlns")
                ++dropped_["attribute " + xml::shortened(name, 40)];
        }
    }

    void put(const std::string& name, const std::string& value) {
        out_ += " " + name + "=\"" + markup::escaped_attribute(value) + "\"";
    }

    void link(const std::string& url) {
        const std::string scheme = lower(url.substr(0, url.find(':') + 1));
        if (const auto path = local(url))
            put("href", *path);
        else if (scheme == "http:" || scheme == "https:" || scheme == "mailto:")
            put("href", scheme + url.substr(scheme.size()));
        else
            ++dropped_["link " + xml::shortened(url, 60)];
    }

    /// The path of the asset that a URL means, or nothing.
    std::optional<std::string> local(const std::string& url) {
        constexpr std::string_view prefix = "@@PLUGINFILE@@/", data = "data:";
        if (url.starts_with(prefix) && assets_.embedded) {
            const std::string_view file = std::string_view(url).substr(prefix.size());
            return assets_.embedded(percent_decoded(file.substr(0, file.find_first_of("?#"))));
        }
        if (!url.starts_with(data) || !assets_.data) return std::nullopt;
        const std::size_t comma = url.find(',');
        const std::string head = lower(url.substr(0, comma));
        if (comma == std::string::npos || !head.ends_with(";base64")) return std::nullopt;
        auto bytes = base64::decode(std::string_view(url).substr(comma + 1));
        if (!bytes) return std::nullopt;
        return assets_.data(head.substr(data.size(), head.find(';') - data.size()), std::move(*bytes));
    }

    void source(const xmlNode* node, const std::string& element) {
        const std::string url = xml::attribute(node, "src");
        if (const auto path = local(url))
            put("src", *path);
        else
            ++dropped_[element + " " + xml::shortened(url, 60)];
    }

    void medium(const xmlNode* node, const std::string& name, int depth) {
        const std::string url = xml::attribute(node, "src");
        const auto path = local(url);
        if (!path && name != "img") children(node, depth + 1);
        if (!path) {
            ++dropped_[(name == "img"     ? "image "
                        : name == "track" ? "subtitles "
                                          : "source ") +
                       xml::shortened(url, 60)];
            if (name == "img") out_ += markup::escaped(xml::attribute(node, "alt"));
            return;
        }
        out_ += "<" + name;
        put("src", *path);
        if (name == "img") put("alt", xml::attribute(node, "alt"));
        for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
            const std::string key = lower(reinterpret_cast<const char*>(attribute->name));
            if (key == "src" || key == "alt" || key == "style") continue;
            if (html_rules::keeps(name, key))
                put(key, html_rules::is_switch(key) ? key : xml::text(reinterpret_cast<const xmlNode*>(attribute)));
            else
                ++dropped_["attribute " + xml::shortened(key, 40)];
        }
        out_ += "/>";
        // libxml2's parser does not know that source and track are empty: what follows them is inside.
        if (name != "img") children(node, depth + 1);
    }

    const AssetSource& assets_;
    Dropped& dropped_;
    Html out_;
};

}  // namespace

Html clean_html(const std::string& html, const AssetSource& assets, Dropped& dropped) {
    if (html.find_first_of("<&") == std::string::npos) return markup::escaped(html);
    const xml::Document document = parse_html(html);
    Cleaner cleaner(assets, dropped);
    if (const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr)
        for (const xmlNode* part : xml::children(root))
            if (xml::name(part) != "head") cleaner.children(part, 0);
    return cleaner.take();
}

Html html_of_text(const std::string& text) {
    std::string html;
    for (const char c : markup::escaped(text)) html += c == '\n' ? std::string("<br/>") : std::string(1, c);
    return html;
}

std::string text_of_html(const std::string& html) {
    if (html.find_first_of("<&") == std::string::npos) return html;
    const xml::Document document = parse_html(html);
    const xmlNode* root = document ? xmlDocGetRootElement(document.get()) : nullptr;
    return root == nullptr ? std::string{} : xml::trimmed(xml::text(xml::child(root, "body")));
}

namespace {

/// Whether a style, in lower case, brings something in from outside: url(#name) is inside.
bool fetches(const std::string& style) {
    constexpr std::string_view address = "url(";
    for (std::size_t at = style.find(address); at != std::string::npos; at = style.find(address, at + 1))
        if (const std::size_t name = style.find_first_not_of(" \t\r\n'\"", at + address.size());
            name == std::string::npos || style[name] != '#')
            return true;
    return style.find("@import") != std::string::npos;
}

/// Without the address of a document type, which drawing programs write and nobody fetches.
std::string without_document_type(const std::string& bytes) {
    const std::string_view text = bytes;
    std::size_t at = 0;
    for (std::string_view end = "-"; !end.empty();) {
        at = std::min(text.size(), text.find_first_not_of(" \t\r\n", at));
        end = text.substr(at, 4) == "<!--" ? "-->" : text.substr(at, 2) == "<?" ? "?>" : "";
        at = end.empty() ? at : std::min(text.size(), text.find(end, at)) + end.size();
        if (at > text.size()) return bytes;
    }
    const std::size_t end = text.find('>', at);
    const bool names_it = text.substr(at, 9) == "<!DOCTYPE" && end != std::string_view::npos;
    return names_it && text.find('[', at) > end ? bytes.substr(0, at) + bytes.substr(end + 1) : bytes;
}

}  // namespace

bool is_safe_svg(const std::string& bytes) {
    try {
        const xml::Document document = xml::parse(without_document_type(bytes), "image.svg");
        std::vector<const xmlNode*> open{xmlDocGetRootElement(document.get())};
        if (open.front() == nullptr || xml::name(open.front()) != "svg") return false;
        while (!open.empty()) {
            const xmlNode* node = open.back();
            open.pop_back();
            const std::string name = lower(xml::name(node));
            if (name == "script" || name == "foreignobject" || name == "animate" || name == "set") return false;
            const std::string style = name == "style" ? lower(xml::text(node)) : std::string();
            if (fetches(style) || style.find('\\') != std::string::npos) return false;
            for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
                const std::string key = lower(reinterpret_cast<const char*>(attribute->name));
                const std::string value = lower(xml::trimmed(xml::text(reinterpret_cast<const xmlNode*>(attribute))));
                if (key.starts_with("on")) return false;
                if (key == "href" && !value.starts_with("#") && !value.starts_with("data:image/png") &&
                    !value.starts_with("data:image/jpeg"))
                    return false;
                if (value.find("javascript:") != std::string::npos || fetches(value)) return false;
            }
            for (const xmlNode* child : xml::children(node)) open.push_back(child);
        }
        return true;
    } catch (const FormatError&) {
        return false;
    }
}

}  // namespace palier::formats
