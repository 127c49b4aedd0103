// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/content_json.hpp"
#include "adapters/formats/content_names.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/html_rules.hpp"
#include "adapters/formats/number_text.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/formats/xml.hpp"
#include "adapters/text/markup.hpp"

namespace palier::formats {
namespace {

constexpr std::string_view qti_namespace = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0";

class QtiReader {
public:
    QtiReader(const xmlDoc* document, std::string file)
        : root_(xmlDocGetRootElement(document)), file_(std::move(file)) {
        if (root_ == nullptr || xml::name(root_) != "qti-assessment-item")
            refuse(root_, "a <qti-assessment-item> is expected");
        if (root_->ns == nullptr || reinterpret_cast<const char*>(root_->ns->href) != qti_namespace)
            refuse(root_, "this is not QTI 3.0");
    }

    Item read() {
        Item item;
        item.id = id(root_);
        item.language = language();
        const xmlNode* body = xml::child(root_, "qti-item-body");
        if (body == nullptr) refuse(root_, "there is no <qti-item-body>");
        for (const xmlNode* node : xml::children(body))
            if (read_block(node, item)) return item;
        read_inline(body, item);
        return item;
    }

private:
    [[noreturn]] void refuse(const xmlNode* at, const std::string& what) const {
        throw FormatError(file_, at == nullptr ? 0 : xml::line(at), what);
    }
    std::string needed(const xmlNode* node, const char* name) const {
        std::string value = xml::attribute(node, name);
        if (value.empty()) refuse(node, std::string("<") + std::string(xml::name(node)) + "> has no " + name);
        return value;
    }
    std::string id(const xmlNode* node) const { return from_ncname(needed(node, "identifier")); }
    static bool yes(const xmlNode* node, const char* name) { return xml::attribute(node, name) == "true"; }

    std::string language() const {
        xmlChar* text = xmlNodeGetLang(root_);
        std::string result = text == nullptr ? "" : reinterpret_cast<const char*>(text);
        if (text != nullptr) xmlFree(text);
        return result;
    }

    /// What html_clean writes, and nothing else.
    static bool accepted(const std::string& element, const std::string& name, const std::string& value) {
        if (name == "src") return html_rules::is_medium(element) && value.starts_with("assets/");
        if (name == "alt") return element == "img";
        if (name == "class")
            return element == "span" &&
                   (value == html_rules::underline_class || value == html_rules::line_through_class);
        if (name == "href" && element == "a")
            return value.starts_with("assets/") || value.starts_with("http:") || value.starts_with("https:") ||
                   value.starts_with("mailto:");
        return html_rules::keeps(element, name);
    }
    /// The content as a fragment, written as html_clean writes it; a gap is its mark.
    Html inner(const xmlNode* parent) const {
        Html html;
        if (parent == nullptr) return html;
        for (const xmlNode* node = parent->children; node != nullptr; node = node->next) outer(node, html);
        return html;
    }
    void outer(const xmlNode* node, Html& html) const {
        if (node->type == XML_TEXT_NODE) {
            html += markup::escaped(xml::text(node));
            return;
        }
        if (node->type != XML_ELEMENT_NODE) return;
        const std::string name(xml::name(node));
        const bool typed_gap =
            name == "qti-text-entry-interaction" && xml::attribute(node, "data-palier-type") == "cloze";
        if (name == "qti-inline-choice-interaction" || typed_gap) {
            html +=
                "<span data-gap=\"" + markup::escaped_attribute(xml::attribute(node, "data-palier-gap")) + "\"></span>";
            return;
        }
        if (name.starts_with("qti-") || html_rules::fate(name) != html_rules::Fate::keep)
            refuse(node, "<" + name + "> is not read here");
        html += "<" + name;
        for (const xmlNs* space = node->nsDef; space != nullptr; space = space->next)
            if (space->prefix == nullptr)
                html += std::string(" xmlns=\"") + markup::escaped(reinterpret_cast<const char*>(space->href)) + "\"";
        for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
            const std::string key = reinterpret_cast<const char*>(attribute->name);
            const std::string value = xml::text(reinterpret_cast<const xmlNode*>(attribute));
            if (!accepted(name, key, value))
                refuse(node, "the attribute " + key + "=\"" + xml::shortened(value, 60) + "\" is not accepted");
            html += " " + key + "=\"" + markup::escaped_attribute(value) + "\"";
        }
        if (html_rules::is_void(name) || name == "img" || name == "source" || name == "track") {
            html += "/>";
            return;
        }
        html += ">" + inner(node) + "</" + name + ">";
    }

    std::vector<Choice> choices(const xmlNode* parent, const char* name) const {
        std::vector<Choice> result;
        for (const xmlNode* node : xml::children(parent, name)) result.push_back({id(node), inner(node)});
        return result;
    }
    static Numbering numbering(const xmlNode* node) {
        return names::value(names::numbering, xml::attribute(node, "data-palier-numbering")).value_or(Numbering::none);
    }

    ChoiceInteraction choice(const xmlNode* node) const {
        const std::string most = xml::attribute(node, "max-choices", "1");
        ChoiceInteraction shown{most != "1", yes(node, "shuffle"), numbering(node), choices(node, "qti-simple-choice")};
        if (shown.multiple) shown.most = static_cast<int>(to_double(most));
        return shown;
    }

    bool read_block(const xmlNode* node, Item& item) const {
        const std::string_view name = xml::name(node);
        if (name == "qti-choice-interaction") {
            if (xml::attribute(node, "data-palier-type") == "true_false")
                item.interaction = TrueFalseInteraction{};
            else
                item.interaction = choice(node);
        } else if (name == "qti-match-interaction") {
            const auto sets = xml::children(node, "qti-simple-match-set");
            if (sets.size() != 2) refuse(node, "a match has two <qti-simple-match-set>");
            item.interaction = MatchInteraction{yes(node, "shuffle"), choices(sets[0], "qti-simple-associable-choice"),
                                                choices(sets[1], "qti-simple-associable-choice")};
        } else if (name == "qti-order-interaction") {
            item.interaction = OrderInteraction{xml::attribute(node, "orientation") == "horizontal", numbering(node),
                                                choices(node, "qti-simple-choice")};
        } else {
            return false;
        }
        item.prompt = inner(xml::child(node, "qti-prompt"));
        return true;
    }

    void read_inline(const xmlNode* body, Item& item) const {
        const auto blocks = xml::children(body);
        if (blocks.empty()) refuse(body, "there is no interaction");
        item.prompt = inner(blocks.front());
        if (blocks.size() == 1) {
            ClozeInteraction cloze;
            fields(blocks.front(), cloze);
            if (!cloze.fields.empty()) {
                item.interaction = std::move(cloze);
                return;
            }
            GapSelectInteraction shown;
            gaps(blocks.front(), shown);
            if (shown.gaps.empty()) refuse(body, "there is no interaction that is read here");
            item.interaction = std::move(shown);
            return;
        }
        const xmlNode* entry = xml::child(blocks[1], "qti-text-entry-interaction");
        if (entry == nullptr) refuse(blocks[1], "there is no interaction that is read here");
        if (xml::attribute(entry, "data-palier-type") != "numerical") {
            item.interaction = ShortAnswerInteraction{};
            return;
        }
        NumericalInteraction shown;
        shown.unit_entry =
            names::value(names::unit_entry, xml::attribute(entry, "data-palier-unit-entry")).value_or(UnitEntry::none);
        shown.unit_before = yes(entry, "data-palier-unit-before");
        for (const xmlNode* unit : xml::children(xml::child(blocks[1], "qti-inline-choice-interaction")))
            shown.units.push_back(id(unit));
        item.interaction = std::move(shown);
    }

    void gaps(const xmlNode* parent, GapSelectInteraction& shown) const {
        for (const xmlNode* node : xml::children(parent)) {
            if (xml::name(node) != "qti-inline-choice-interaction") {
                gaps(node, shown);
                continue;
            }
            const std::string group = needed(node, "data-palier-group");
            shown.gaps.push_back({needed(node, "data-palier-gap"), group});
            shown.shuffle = yes(node, "shuffle");
            shown.groups[group] = choices(node, "qti-inline-choice");
        }
    }

    void fields(const xmlNode* parent, ClozeInteraction& shown) const {
        for (const xmlNode* node : xml::children(parent)) {
            if (xml::attribute(node, "data-palier-type") != "cloze") {
                if (!xml::name(node).starts_with("qti-")) fields(node, shown);
                continue;
            }
            const auto entry = names::value(names::cloze_entry, xml::attribute(node, "data-palier-entry"));
            if (!entry) refuse(node, "a gap is of no kind that is known");
            shown.fields.push_back(
                {needed(node, "data-palier-gap"), *entry, yes(node, "shuffle"), choices(node, "qti-inline-choice")});
        }
    }

    const xmlNode* root_;
    std::string file_;
};

/// The content of <?palier-key …?>, or "".
std::string key_text(const xmlDoc* document) {
    for (const xmlNode* node = document->children; node != nullptr; node = node->next)
        if (node->type == XML_PI_NODE && xml::name(node) == "palier-key") return xml::text(node);
    return {};
}

}  // namespace

Qti3 write_qti3(const Item& item, bool with_key) {
    Qti3 result = qti3_text(item, with_key);
    xml::parse(result.xml, "item '" + item.id + "' as QTI");
    return result;
}

Item read_qti3(std::string_view bytes, const std::string& file, std::vector<Asset> assets) {
    const xml::Document document = xml::parse(bytes, file);
    Item item = QtiReader(document.get(), file).read();
    item.assets = std::move(assets);
    const nlohmann::json presentation = presentation_json(item);
    const std::string text = key_text(document.get());
    if (text.empty()) return item_from_json(presentation);
    const auto key = nlohmann::json::parse(text, nullptr, false);
    if (key.is_discarded()) throw FormatError(file, 0, "the key <?palier-key …?> is no JSON");
    return item_from_json(presentation, &key);
}

}  // namespace palier::formats
