// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/formats/errors.hpp"
#include "adapters/formats/html_rules.hpp"
#include "adapters/formats/moodle_gaps.hpp"
#include "adapters/formats/qti_body.hpp"
#include "adapters/formats/xml.hpp"
#include "adapters/text/markup.hpp"

// The text of a QTI item as HTML for html_clean.hpp: files by @@PLUGINFILE@@/PATH as Moodle writes them, gaps as marks.

namespace palier::formats::qti {
namespace {

constexpr std::string_view local_file = "@@PLUGINFILE@@/";

int hexadecimal(char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

bool is_elsewhere(const std::string& url) {
    const std::size_t colon = url.find(':');
    return url.starts_with("/") || (colon != std::string::npos && colon < url.find_first_of("/?#"));
}

bool has_word(const std::string& list, std::string_view word) {
    for (std::size_t at = 0; at < list.size();) {
        const std::size_t end = std::min(list.find_first_of(" \t\r\n", at), list.size());
        if (std::string_view(list).substr(at, end - at) == word) return true;
        at = end + 1;
    }
    return false;
}

}  // namespace

std::string percent_decoded_path(std::string_view text) {
    std::string result;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool escape =
            text[i] == '%' && i + 2 < text.size() && hexadecimal(text[i + 1]) >= 0 && hexadecimal(text[i + 2]) >= 0;
        result += escape ? static_cast<char>(hexadecimal(text[i + 1]) * 16 + hexadecimal(text[i + 2])) : text[i];
        i += escape ? 2 : 0;
    }
    return result;
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string resolved(const std::string& folder, const std::string& url) {
    if (url.empty() || is_elsewhere(url) || url.front() == '#') return url;
    std::vector<std::string> parts;
    const std::string whole = (folder.empty() ? "" : folder + "/") + url.substr(0, url.find_first_of("?#"));
    for (std::size_t at = 0; at <= whole.size();) {
        const std::size_t end = std::min(whole.find('/', at), whole.size());
        const std::string part = whole.substr(at, end - at);
        if (part == ".." && !parts.empty())
            parts.pop_back();
        else if (part != "." && part != ".." && !part.empty())
            parts.push_back(part);
        at = end + 1;
    }
    std::string path;
    for (const std::string& part : parts) path += (path.empty() ? "" : "/") + part;
    return path;
}

std::optional<std::string> ItemBody::embed(const std::string& file, bool in_key) {
    auto bytes = files_ ? files_(file) : std::nullopt;
    if (!bytes) {
        note("file " + file + " is not in the package");
        return std::nullopt;
    }
    std::string lost;
    auto path = assets_.add(file, std::move(*bytes), in_key, lost);
    if (!lost.empty()) note(lost);
    return path;
}

Html ItemBody::clean(const std::string& source, bool in_key) {
    const AssetSource assets{[&](const std::string& file) { return embed(file, in_key); },
                             [&](const std::string& type, std::string bytes) -> std::optional<std::string> {
                                 const std::string name = AssetList::image_name(type);
                                 std::string lost;
                                 return name.empty() ? std::nullopt : assets_.add(name, std::move(bytes), in_key, lost);
                             }};
    return xml::trimmed(clean_html(source, assets, dropped_));
}

Html ItemBody::clean_inner(const xmlNode* node, bool in_key) { return clean(inner(node, false, folder_), in_key); }

std::string ItemBody::inner(const xmlNode* node, bool with_gaps, const std::string& folder) {
    std::string result;
    for (const xmlNode* one = node->children; one != nullptr; one = one->next) result += html(one, with_gaps, folder);
    return result;
}

std::string ItemBody::mark_of(const xmlNode* node) {
    std::string marks;
    for (const std::size_t part : parts_of_[node])
        marks +=
            std::string(moodle::private_gap.open) + std::to_string(part + 1) + std::string(moodle::private_gap.close);
    return marks;
}

std::string ItemBody::of_interaction(const xmlNode* node, bool with_gaps, const std::string& folder) {
    const std::string name = kind(node);
    if (name == "inlineChoiceInteraction" || name == "textEntryInteraction") {
        const xmlNode* label = child(node, "label");
        return (label == nullptr ? "" : inner(label, with_gaps, folder)) + mark_of(node);
    }
    std::string text;
    if (const xmlNode* prompt = child(node, "prompt")) text = "<div>" + inner(prompt, with_gaps, folder) + "</div>";
    if (name == "gapMatchInteraction") {
        for (const xmlNode* one = node->children; one != nullptr; one = one->next) {
            const std::string of = one->type == XML_ELEMENT_NODE ? kind(one) : "";
            if (of != "prompt" && of != "gapText" && of != "gapImg") text += html(one, true, folder);
        }
        return text;
    }
    if (!with_gaps) return text;
    for (const std::size_t part : parts_of_[node]) {
        const std::string mark =
            std::string(moodle::private_gap.open) + std::to_string(part + 1) + std::string(moodle::private_gap.close);
        // The stem is clean and its files are assets: it is put in behind the cleaning, by its own mark.
        text += parts[part].own.empty() ? mark
                                        : "<div>" + std::string("\xEE\x80\x82") + std::to_string(part + 1) +
                                              "\xEE\x80\x83 " + mark + "</div>";
    }
    return text;
}

std::string ItemBody::object(const xmlNode* node, const std::string& folder) {
    const std::string data = resolved(folder, xml::trimmed(xml::attribute(node, "data")));
    const std::string type = xml::attribute(node, "type");
    const std::string address = is_elsewhere(data) ? data : std::string(local_file) + data;
    const std::string quoted = " src=\"" + markup::escaped_attribute(address) + "\"";
    std::string size;
    for (const char* name : {"width", "height"})
        if (const std::string value = xml::attribute(node, name); !value.empty())
            size += std::string(" ") + name + "=\"" + markup::escaped_attribute(value) + "\"";
    const std::string_view player = type.starts_with("audio/")   ? "audio"
                                    : type.starts_with("video/") ? "video"
                                                                 : html_rules::player_of(data);
    const std::string alternative = xml::trimmed(xml::text(node));
    if (!player.empty())
        return "<" + std::string(player) + quoted + " controls=\"controls\"" +
               (alternative.empty() ? "" : " title=\"" + markup::escaped_attribute(alternative) + "\"") + "></" +
               std::string(player) + ">";
    if (type.starts_with("image/"))
        return "<img" + quoted + " alt=\"" + markup::escaped_attribute(alternative) + "\"" + size + ">";
    return "<object data=\"" + markup::escaped_attribute(data) + "\"></object>" + inner(node, false, folder);
}

void ItemBody::read_feedback(const xmlNode* node) {
    if (!feedback_read_.insert(node).second) return;
    if (!all_below(node, "printedVariable").empty()) {
        note("a feedback that shows a number of the attempt is left out");
        return;
    }
    const xmlNode* content = child(node, "contentBody");
    FeedbackText text{
        attribute(node, "outcomeIdentifier"), attribute(node, "identifier"), attribute(node, "showHide") == "hide", {}};
    text.html = clean_inner(content == nullptr ? node : content, true);
    if (!text.html.empty()) feedback.push_back(std::move(text));
}

std::string ItemBody::html(const xmlNode* node, bool with_gaps, const std::string& folder) {
    if (node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE) return markup::escaped(xml::text(node));
    if (node->type != XML_ELEMENT_NODE) return {};
    const std::string name = kind(node);
    const bool of_qti = xml::name(node).starts_with("qti-");
    if (name.ends_with("Interaction")) return of_interaction(node, with_gaps, folder);
    if (name == "gap") return mark_of(node);
    if (name == "feedbackInline" || name == "feedbackBlock") {
        if (attribute(node, "showHide") == "hide") return "<div>" + inner(node, with_gaps, folder) + "</div>";
        read_feedback(node);
        return {};
    }
    if (name == "printedVariable") refuse(node, "its text shows a variable, which differs from learner to learner");
    if (name == "templateInline" || name == "templateBlock") refuse(node, "a part of its text is drawn by a template");
    if (name == "include") refuse(node, "a part of its text is in another file, by XInclude");
    if (name == "prompt" || name == "contentBody") return inner(node, with_gaps, folder);
    if (name == "rubricBlock") {
        const std::string view = attribute(node, "view", "candidate");
        if (has_word(view, "candidate") || has_word(view, "testTaker"))
            return "<div>" + inner(node, with_gaps, folder) + "</div>";
        return {};
    }
    if (name == "stylesheet" || name == "catalogInfo") return {};
    if (name == "object") return object(node, folder);
    if (of_qti) refuse(node, "the element " + shown_name(node) + " is not carried");
    std::string tag = "<" + name;
    for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
        const std::string key = reinterpret_cast<const char*>(attribute->name);
        if (key == "class" || key == "id" || key == "base" || key.starts_with("data-") || key.starts_with("aria-") ||
            key == "role")
            continue;
        std::string value = xml::text(reinterpret_cast<const xmlNode*>(attribute));
        if (key == "src" || key == "href") {
            value = resolved(folder, xml::trimmed(value));
            if (!value.empty() && !is_elsewhere(value) && value.front() != '#') value = std::string(local_file) + value;
        }
        tag += " " + key + "=\"" + markup::escaped_attribute(value) + "\"";
    }
    tag += ">";
    if (name == "img" || name == "br" || name == "hr" || name == "col" || name == "source" || name == "track")
        return tag;
    return tag + inner(node, with_gaps, folder) + "</" + name + ">";
}

std::string ItemBody::stimuli() {
    std::string text;
    for (const xmlNode* reference : children(item_, "assessmentStimulusRef")) {
        const std::string path = percent_decoded_path(resolved(folder_, needed(reference, "href")));
        const auto bytes = files_ ? files_(path) : std::nullopt;
        if (!bytes)
            refuse(reference, "the text '" + xml::shortened(path, 80) + "' that it is about is not in the package");
        const xml::Document document = xml::parse(*bytes, path);
        const xmlNode* root = xmlDocGetRootElement(document.get());
        const xmlNode* body = root == nullptr ? nullptr : child(root, "stimulusBody");
        if (body == nullptr)
            refuse(reference, "the text '" + xml::shortened(path, 80) + "' that it is about has no stimulus body");
        text += "<div>" + inner(body, false, folder_of(path)) + "</div>";
    }
    return text;
}

Html ItemBody::prompt(bool with_gaps) {
    const bool gaps = with_gaps || form == Form::gaps || form == Form::typed || form == Form::mixed;
    Html result = clean(stimuli() + inner(body_, gaps, folder_), false);
    const auto order = moodle::put_gaps(result, moodle::private_gap);
    if (gaps && order.size() != parts.size()) refuse(body_, "a gap stands where the text that is carried has none");
    for (std::size_t i = 0; i < order.size(); ++i)
        if (order[i] != i + 1) refuse(body_, "its text has characters of Unicode's private use area");
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const std::string mark = "\xEE\x80\x82" + std::to_string(i + 1) + "\xEE\x80\x83";
        if (const std::size_t at = result.find(mark); at != std::string::npos)
            result.replace(at, mark.size(), parts[i].stem.content);
    }
    return result;
}

bool ItemBody::typed_last() {
    const Html text = prompt(true);
    const std::string mark = "<span data-gap=\"g1\"></span>";
    std::size_t at = text.find(mark);
    if (at == std::string::npos) return false;
    for (at += mark.size(); at < text.size();) {
        if (text.compare(at, 2, "</") == 0) {
            at = text.find('>', at);
            if (at == std::string::npos) return false;
            ++at;
        } else if (std::string_view(" \t\r\n").find(text[at]) != std::string_view::npos) {
            ++at;
        } else {
            return false;
        }
    }
    return true;
}

}  // namespace palier::formats::qti
