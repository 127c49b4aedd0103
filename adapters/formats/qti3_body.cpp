// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/formats/content_names.hpp"
#include "adapters/formats/errors.hpp"
#include "adapters/formats/qti3.hpp"
#include "adapters/formats/qti3_parts.hpp"
#include "adapters/text/markup.hpp"

namespace palier::formats::qti3 {
namespace {

/// In XML a language is xml:lang.
Html with_xml_lang(Html html) {
    const std::string from = " lang=\"";
    for (std::size_t at = html.find(from); at != std::string::npos; at = html.find(from, at + from.size() + 4))
        html.insert(at + 1, "xml:");
    return html;
}

std::string prompt(const Item& item) {
    return item.prompt.empty() ? "" : element("qti-prompt", {}, with_xml_lang(item.prompt));
}

std::string on(bool value) { return value ? "true" : "false"; }

std::string choices(const std::string& name, const std::vector<Choice>& list, const Attributes& more = {}) {
    std::string xml;
    for (const Choice& choice : list) {
        Attributes attributes{{"identifier", to_ncname(choice.id)}};
        attributes.insert(attributes.end(), more.begin(), more.end());
        xml += element(name, attributes, with_xml_lang(choice.content)) + "\n";
    }
    return xml;
}

/// The style of QTI's shared vocabulary, where it has one.
std::string label_style(Numbering numbering) {
    switch (numbering) {
        case Numbering::lower_letters:
            return "qti-labels-lower-alpha";
        case Numbering::upper_letters:
            return "qti-labels-upper-alpha";
        case Numbering::digits:
            return "qti-labels-decimal";
        default:
            return "qti-labels-none";
    }
}

Attributes numbered(Attributes attributes, Numbering numbering) {
    attributes.emplace_back("class", label_style(numbering));
    attributes.emplace_back("data-palier-numbering", names::name(names::numbering, numbering));
    return attributes;
}

class Body {
public:
    explicit Body(const Item& item) : item_(item) {}

    std::string operator()(const ChoiceInteraction& shown) const {
        return element("qti-choice-interaction",
                       numbered({{"response-identifier", "RESPONSE"},
                                 {"shuffle", on(shown.shuffle)},
                                 {"max-choices", shown.multiple ? std::to_string(shown.most) : "1"}},
                                shown.numbering),
                       "\n" + prompt(item_) + "\n" + choices("qti-simple-choice", shown.choices));
    }
    std::string operator()(const TrueFalseInteraction&) const {
        const bool french = item_.language.starts_with("fr");
        return element("qti-choice-interaction",
                       {{"response-identifier", "RESPONSE"},
                        {"shuffle", "false"},
                        {"max-choices", "1"},
                        {"data-palier-type", "true_false"}},
                       "\n" + prompt(item_) + "\n" +
                           choices("qti-simple-choice",
                                   {{"true", french ? "Vrai" : "True"}, {"false", french ? "Faux" : "False"}}));
    }
    std::string operator()(const MatchInteraction& shown) const {
        for (const Choice& stem : shown.stems)
            if (std::any_of(shown.choices.begin(), shown.choices.end(),
                            [&](const Choice& choice) { return choice.id == stem.id; }))
                throw FormatError("item '" + item_.id + "': a stem and a choice have the identifier '" + stem.id + "'");
        const std::string stems = choices("qti-simple-associable-choice", shown.stems, {{"match-max", "1"}});
        const std::string answers = choices("qti-simple-associable-choice", shown.choices, {{"match-max", "0"}});
        return element("qti-match-interaction",
                       {{"response-identifier", "RESPONSE"},
                        {"shuffle", on(shown.shuffle_stems)},
                        {"max-associations", "0"},
                        {"class", "qti-match-tabular"}},
                       "\n" + prompt(item_) + "\n" + element("qti-simple-match-set", {}, "\n" + stems) + "\n" +
                           element("qti-simple-match-set", {}, "\n" + answers) + "\n");
    }
    std::string operator()(const OrderInteraction& shown) const {
        return element("qti-order-interaction",
                       numbered({{"response-identifier", "RESPONSE"},
                                 {"shuffle", "false"},
                                 {"orientation", shown.horizontal ? "horizontal" : "vertical"}},
                                shown.numbering),
                       "\n" + prompt(item_) + "\n" + choices("qti-simple-choice", shown.items));
    }
    std::string operator()(const GapSelectInteraction& shown) const {
        std::string html = with_xml_lang(item_.prompt);
        for (const Gap& gap : shown.gaps) {
            const std::string mark = "<span data-gap=\"" + markup::escaped_attribute(gap.id) + "\"></span>";
            const std::size_t at = html.find(mark);
            if (at == std::string::npos)
                throw FormatError("item '" + item_.id + "': the prompt has no gap '" + gap.id + "'");
            const Attributes attributes{{"response-identifier", "RESPONSE_" + to_ncname(gap.id)},
                                        {"shuffle", on(shown.shuffle)},
                                        {"data-palier-gap", gap.id},
                                        {"data-palier-group", gap.group}};
            html.replace(at, mark.size(),
                         element("qti-inline-choice-interaction", attributes,
                                 choices("qti-inline-choice", shown.groups.at(gap.group))));
        }
        return element("div", {}, html);
    }
    std::string operator()(const NumericalInteraction& shown) const {
        const std::string entry =
            tag("qti-text-entry-interaction",
                {{"response-identifier", "RESPONSE"},
                 {"expected-length", "12"},
                 {"data-palier-type", "numerical"},
                 {"data-palier-unit-entry", std::string(names::name(names::unit_entry, shown.unit_entry))},
                 {"data-palier-unit-before", on(shown.unit_before)}},
                true);
        std::string unit;
        for (const std::string& name : shown.units)
            unit += element("qti-inline-choice", {{"identifier", to_ncname(name)}}, markup::escaped(name));
        if (!unit.empty())
            unit =
                element("qti-inline-choice-interaction", {{"response-identifier", "UNIT"}, {"shuffle", "false"}}, unit);
        return typed(shown.unit_before ? unit + entry : entry + unit);
    }
    std::string operator()(const ShortAnswerInteraction&) const {
        return typed(
            tag("qti-text-entry-interaction",
                {{"response-identifier", "RESPONSE"}, {"expected-length", "30"}, {"data-palier-type", "short_answer"}},
                true));
    }

    std::string operator()(const ClozeInteraction& shown) const {
        std::string html = with_xml_lang(item_.prompt);
        for (const ClozeField& field : shown.fields) {
            const std::string mark = "<span data-gap=\"" + markup::escaped_attribute(field.id) + "\"></span>";
            const std::size_t at = html.find(mark);
            if (at == std::string::npos)
                throw FormatError("item '" + item_.id + "': the prompt has no gap '" + field.id + "'");
            Attributes attributes{{"response-identifier", "RESPONSE_" + to_ncname(field.id)},
                                  {"data-palier-type", "cloze"},
                                  {"data-palier-gap", field.id},
                                  {"data-palier-entry", std::string(names::name(names::cloze_entry, field.entry))}};
            const bool typed_in = field.entry == ClozeEntry::number || field.entry == ClozeEntry::text;
            if (!typed_in) attributes.emplace_back("shuffle", on(field.shuffle));
            html.replace(at, mark.size(),
                         typed_in ? tag("qti-text-entry-interaction", attributes, true)
                                  : element("qti-inline-choice-interaction", attributes,
                                            choices("qti-inline-choice", field.choices)));
        }
        return element("div", {}, html);
    }

private:
    /// A text entry is inline: it stands in a paragraph after the prompt.
    std::string typed(const std::string& entry) const {
        return element("div", {}, with_xml_lang(item_.prompt)) + "\n" + element("p", {}, entry);
    }
    const Item& item_;
};

}  // namespace

std::string body(const Item& item) {
    return element("qti-item-body", {}, "\n" + std::visit(Body(item), item.interaction) + "\n");
}

}  // namespace palier::formats::qti3
