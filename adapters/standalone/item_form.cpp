// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/item_form.hpp"

#include <algorithm>

#include "adapters/text/base64.hpp"

namespace palier::standalone {
namespace {

using formats::Choice;

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
    return text;
}

// Fragments were cleaned when the question was read; their files come along as data.
std::string with_files(std::string html, const formats::Item& item) {
    for (const formats::Asset& asset : item.assets)
        html = replaced(std::move(html), "\"" + asset.path + "\"",
                        "\"data:" + escaped(asset.media_type) + ";base64," + base64::encode(asset.bytes) + "\"");
    // No browser opens a data: address in a window, so a document is saved.
    return replaced(std::move(html), "<a href=\"data:", "<a download href=\"data:");
}

// A table that is wider than a phone scrolls by itself, by keyboard too.
std::string drawn(const formats::Item& item, const std::string& fragment, const Reader& reader) {
    std::string html = with_files(fragment, item);
    html = replaced(
        std::move(html), "<table",
        "<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"" + reader.say("table") + "\"><table");
    return replaced(std::move(html), "</table>", "</table></div>");
}

std::string text_at(const Json& given, const char* key, const std::string& name = "") {
    if (!given.is_object() || !given.contains(key)) return "";
    const Json& value = name.empty()                                          ? given[key]
                        : given[key].is_object() && given[key].contains(name) ? given[key][name]
                                                                              : Json();
    return value.is_string() ? value.get<std::string>() : "";
}

bool is_chosen(const Json& given, const std::string& id) {
    if (text_at(given, "choice") == id) return true;
    return given.is_object() && given.contains("choices") && given["choices"].is_array() &&
           std::find(given["choices"].begin(), given["choices"].end(), Json(id)) != given["choices"].end();
}

std::string list(const std::string& name, const std::string& label_attribute, const std::vector<Choice>& choices,
                 const std::string& chosen, const Reader& reader) {
    std::string html = "<select name=\"" + escaped(name) + "\" " + label_attribute + ">" +
                       option("", reader.say("choose"), chosen.empty());
    for (const Choice& choice : choices) html += option(choice.id, choice.content, choice.id == chosen);
    return html + "</select>";
}

struct Form {
    const formats::Item& item;
    const Json& given;
    const Reader& reader;

    /// Attributes of what the question's author wrote: its language, and the direction that its text has.
    std::string in_its_language() const { return " lang=\"" + escaped(item.language) + "\" dir=\"auto\""; }

    /// A prompt may hold paragraphs and tables, which a legend may not.
    std::string prompt() const {
        return "<div class=\"prompt\" id=\"prompt\"" + in_its_language() + ">" + drawn(item, item.prompt, reader) +
               "</div>\n";
    }
    std::string fieldset(const std::string& inside) const {
        return prompt() + "<fieldset aria-labelledby=\"prompt\"" + in_its_language() + ">\n" + inside + "</fieldset>\n";
    }

    std::string radios(const std::vector<Choice>& choices, bool multiple, int most = 0) const {
        std::string html;
        if (multiple && most > 0)
            html += "<p class=\"hint\">" + reader.say("choose_at_most", {{"most", std::to_string(most)}}) + "</p>\n";
        else if (multiple)
            html += "<p class=\"hint\">" + reader.say("choose_several") + "</p>\n";
        for (const Choice& choice : choices)
            html += "<label class=\"choice\"><input type=\"" + std::string(multiple ? "checkbox" : "radio") +
                    "\" name=\"choice\" value=\"" + escaped(choice.id) + "\"" +
                    (is_chosen(given, choice.id) ? " checked" : "") + "> <span>" + with_files(choice.content, item) +
                    "</span></label>\n";
        return html;
    }
    std::string operator()(const formats::ChoiceInteraction& shown) const {
        return fieldset(radios(shown.choices, shown.multiple, shown.most));
    }
    std::string operator()(const formats::TrueFalseInteraction&) const {
        return fieldset(radios({{"true", reader.say("answer_true")}, {"false", reader.say("answer_false")}}, false));
    }
    std::string operator()(const formats::MatchInteraction& shown) const {
        std::string html;
        for (std::size_t i = 0; i < shown.stems.size(); ++i) {
            const std::string id = "stem" + std::to_string(i);
            html += "<div class=\"pair\"><div class=\"stem\" id=\"" + id + "\">" +
                    with_files(shown.stems[i].content, item) + "</div>" +
                    list("pair." + shown.stems[i].id, "aria-labelledby=\"" + id + "\"", shown.choices,
                         text_at(given, "pairs", shown.stems[i].id), reader) +
                    "</div>\n";
        }
        return fieldset(html);
    }
    std::string operator()(const formats::OrderInteraction& shown) const {
        std::string html = "<p class=\"hint\">" + reader.say("order_by_place") + "</p>\n";
        for (std::size_t i = 0; i < shown.items.size(); ++i) {
            const std::string id = "place" + std::to_string(i);
            std::string chosen;
            if (given.is_object() && given.contains("order") && given["order"].is_array() &&
                i < given["order"].size() && given["order"][i].is_string())
                chosen = given["order"][i];
            html += "<div class=\"pair\"><label for=\"" + id + "\">" + std::to_string(i + 1) + "</label>" +
                    list("order." + std::to_string(i), "id=\"" + id + "\"", texts(shown.items), chosen, reader) +
                    "</div>\n";
        }
        return fieldset(html);
    }
    std::string operator()(const formats::GapSelectInteraction& shown) const {
        std::string html = drawn(item, item.prompt, reader);
        for (std::size_t i = 0; i < shown.gaps.size(); ++i) {
            const formats::Gap& gap = shown.gaps[i];
            const auto group = shown.groups.find(gap.group);
            const std::string label =
                reader.say("gap", {{"n", std::to_string(i + 1)}, {"of", std::to_string(shown.gaps.size())}});
            html = replaced(std::move(html), "<span data-gap=\"" + escaped(gap.id) + "\"></span>",
                            list("pair." + gap.id, "aria-label=\"" + label + "\"",
                                 group == shown.groups.end() ? std::vector<Choice>{} : group->second,
                                 text_at(given, "pairs", gap.id), reader));
        }
        return "<div class=\"gaps\"" + in_its_language() + ">" + html + "</div>\n";
    }
    std::string operator()(const formats::ClozeInteraction& shown) const {
        std::string html = drawn(item, item.prompt, reader);
        for (std::size_t i = 0; i < shown.fields.size(); ++i) {
            const std::string label = reader.say("answer_n", {{"n", std::to_string(i + 1)}});
            html = replaced(std::move(html), "<span data-gap=\"" + escaped(shown.fields[i].id) + "\"></span>",
                            field(shown.fields[i], label));
        }
        return "<div class=\"gaps\"" + in_its_language() + ">" + html + "</div>\n";
    }
    std::string operator()(const formats::NumericalInteraction& shown) const {
        std::vector<Choice> units;
        for (const std::string& unit : shown.units) units.push_back({unit, escaped(unit)});
        return typed("inputmode=\"decimal\" size=\"12\"",
                     units.empty() ? ""
                                   : " " + list("unit", "aria-label=\"" + reader.say("unit") + "\"", units,
                                                text_at(given, "unit"), reader));
    }
    std::string operator()(const formats::ShortAnswerInteraction&) const { return typed("size=\"30\"", ""); }

private:
    std::string field(const formats::ClozeField& field, const std::string& label) const {
        using formats::ClozeEntry;
        const std::string name = "pair." + field.id, named = "aria-label=\"" + label + "\"";
        const std::string value = text_at(given, "pairs", field.id);
        if (field.entry == ClozeEntry::list) return list(name, named, field.choices, value, reader);
        if (field.choices.empty())
            return "<input type=\"text\" name=\"" + escaped(name) + "\" " + named +
                   " size=\"12\" maxlength=\"200\" autocomplete=\"off\" value=\"" + escaped(value) + "\">";
        const bool several = field.entry == ClozeEntry::boxes_column || field.entry == ClozeEntry::boxes_row;
        std::string html = "<span role=\"group\" " + named + ">";
        for (const Choice& choice : field.choices)
            html += "<label class=\"choice\"><input type=\"" + std::string(several ? "checkbox" : "radio") +
                    "\" name=\"" + escaped(name) + "\" value=\"" + escaped(choice.id) + "\"" +
                    (("," + value + ",").find("," + choice.id + ",") == std::string::npos ? "" : " checked") +
                    "> <span>" + with_files(choice.content, item) + "</span></label>";
        return html + "</span>";
    }
    std::string typed(const std::string& attributes, const std::string& more) const {
        return prompt() + "<p class=\"typed\"><label for=\"text\">" + reader.say("answer") +
               "</label> <input type=\"text\" id=\"text\" name=\"text\" maxlength=\"200\" autocomplete=\"off\" aria-describedby=\"prompt\" " +
               attributes + " value=\"" + escaped(text_at(given, "text")) + "\">" + more + "</p>\n";
    }
    // Lists hold text alone.
    static std::vector<Choice> texts(const std::vector<Choice>& choices) {
        std::vector<Choice> result;
        for (const Choice& choice : choices) {
            std::string text;
            bool inside = false;
            for (const char c : choice.content) {
                if (c == '<') inside = true;
                if (!inside) text += c;
                if (c == '>') inside = false;
            }
            result.push_back({choice.id, text});
        }
        return result;
    }
};

struct Sent {
    const xapi::Parameters& fields;

    Json pairs() const {
        Json pairs = Json::object();
        for (const auto& [name, value] : fields)
            if (name.starts_with("pair.") && !value.empty()) pairs[name.substr(5)] = value;
        return {{"pairs", std::move(pairs)}};
    }
    Json choices() const {
        Json list = Json::array();
        for (const auto& [name, value] : fields)
            if (name == "choice") list.push_back(value);
        return {{"choices", std::move(list)}};
    }
    Json operator()(const formats::ChoiceInteraction&) const { return choices(); }
    Json operator()(const formats::TrueFalseInteraction&) const { return choices(); }
    Json operator()(const formats::MatchInteraction&) const { return pairs(); }
    Json operator()(const formats::GapSelectInteraction&) const { return pairs(); }
    Json operator()(const formats::ClozeInteraction&) const {
        Json json = {{"pairs", Json::object()}};
        for (const auto& [name, value] : fields) {
            if (!name.starts_with("pair.") || value.empty()) continue;
            Json& given = json["pairs"][name.substr(5)];
            given = given.is_string() ? given.get<std::string>() + "," + value : value;
        }
        return json;
    }
    Json operator()(const formats::OrderInteraction& shown) const {
        Json list = Json::array();
        for (std::size_t i = 0; i < shown.items.size(); ++i)
            list.push_back(value_of(fields, "order." + std::to_string(i)));
        return {{"order", std::move(list)}};
    }
    Json operator()(const formats::NumericalInteraction& shown) const {
        Json json = {{"text", value_of(fields, "text")}};
        if (!shown.units.empty()) json["unit"] = value_of(fields, "unit");
        return json;
    }
    Json operator()(const formats::ShortAnswerInteraction&) const { return {{"text", value_of(fields, "text")}}; }
};

}  // namespace

std::string item_form(const formats::Item& item, const Json& given, const Reader& reader) {
    return std::visit(Form{item, given, reader}, item.interaction);
}

Json form_response(const formats::Item& item, const xapi::Parameters& fields) {
    return std::visit(Sent{fields}, item.interaction);
}

}  // namespace palier::standalone
