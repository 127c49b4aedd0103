// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/delivery/response_words.hpp"

#include <array>
#include <utility>
#include <vector>

#include "adapters/formats/response.hpp"
#include "adapters/text/markup.hpp"
#include "adapters/words/words.hpp"

namespace palier::delivery {
namespace {

using formats::Choice;
using words::Language;

// By the alternatives of formats::Interaction.
constexpr std::array types{"choice",     "true_false", "match",        "order",
                           "gap_select", "numerical",  "short_answer", "cloze"};
constexpr std::array interactions{"choice",      "true-false", "matching", "sequencing",
                                  "performance", "numeric",    "fill-in",  "performance"};

/// The text of a choice; the identifier where there is no such choice.
std::string words_of(const std::vector<Choice>& choices, const std::string& id) {
    for (const Choice& choice : choices)
        if (choice.id == id) return markup::words_of(choice.content);
    return id;
}

/// Without the marks that separate the parts of a response.
std::string part(std::string text) {
    for (const auto& [mark, plain] : {std::pair("[,]", ","), std::pair("[.]", ".")})
        for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.replace(at, 3, plain);
    return text;
}

/// A response in the notation of cmi.interaction and in words.
struct Told {
    std::vector<std::string> notation;  ///< to be joined by "[,]"
    std::vector<std::string> words;     ///< to be joined by "; "

    void add(std::string given, std::string text) {
        notation.push_back(std::move(given));
        words.push_back(std::move(text));
    }
};

struct Teller {
    const formats::Response& response;
    Language language;

    Told operator()(const formats::ChoiceInteraction& question) const {
        Told told;
        if (const auto* given = std::get_if<formats::Selection>(&response))
            for (const auto& id : given->choices) told.add(id, words_of(question.choices, id));
        return told;
    }
    Told operator()(const formats::TrueFalseInteraction&) const {
        Told told;
        if (const auto* given = std::get_if<formats::Selection>(&response))
            for (const auto& id : given->choices)
                told.add(id, id == "true"    ? words::text("answer_true", language)
                             : id == "false" ? words::text("answer_false", language)
                                             : id);
        return told;
    }
    Told operator()(const formats::MatchInteraction& question) const {
        Told told;
        const auto* given = std::get_if<formats::Pairs>(&response);
        for (const Choice& stem : question.stems)
            if (const auto* id = chosen(given, stem.id))
                told.add(stem.id + "[.]" + *id,
                         markup::words_of(stem.content) + " → " + words_of(question.choices, *id));
        return told;
    }
    Told operator()(const formats::OrderInteraction& question) const {
        Told told;
        if (const auto* given = std::get_if<formats::Sequence>(&response))
            for (const auto& id : given->order)
                told.add(id, std::to_string(told.words.size() + 1) + ". " + words_of(question.items, id));
        return told;
    }
    Told operator()(const formats::GapSelectInteraction& question) const {
        Told told;
        const auto* given = std::get_if<formats::Pairs>(&response);
        for (const formats::Gap& gap : question.gaps)
            if (const auto* id = chosen(given, gap.id))
                add_gap(told, gap.id, words_of(question.groups.at(gap.group), *id));
        return told;
    }
    Told operator()(const formats::ClozeInteraction& question) const {
        Told told;
        const auto* given = std::get_if<formats::Pairs>(&response);
        for (const formats::ClozeField& field : question.fields)
            if (const auto* id = chosen(given, field.id)) add_gap(told, field.id, several(field.choices, *id));
        return told;
    }
    Told operator()(const formats::NumericalInteraction&) const { return typed(); }
    Told operator()(const formats::ShortAnswerInteraction&) const { return typed(); }

private:
    static const std::string* chosen(const formats::Pairs* given, const std::string& id) {
        if (given == nullptr) return nullptr;
        const auto found = given->pairs.find(id);
        return found == given->pairs.end() || found->second.empty() ? nullptr : &found->second;
    }
    static void add_gap(Told& told, const std::string& gap, const std::string& text) {
        told.add(gap + "[.]" + part(text), text);
    }
    /// The texts of choices "a,b"; a typed text as it is.
    static std::string several(const std::vector<Choice>& choices, const std::string& ids) {
        if (choices.empty() || formats::has(choices, ids)) return words_of(choices, ids);
        std::string text;
        for (std::size_t start = 0; start <= ids.size();) {
            const auto end = std::min(ids.find(',', start), ids.size());
            text += (text.empty() ? "" : ", ") + words_of(choices, ids.substr(start, end - start));
            start = end + 1;
        }
        return text;
    }
    Told typed() const {
        Told told;
        if (const auto* given = std::get_if<formats::Entry>(&response)) {
            const std::string text = given->unit ? given->text + " " + *given->unit : given->text;
            told.add(text, text);
        }
        return told;
    }
};

Json listed(const std::vector<Choice>& choices) {
    Json list = Json::array();
    for (const Choice& one : choices) list.push_back({{"id", one.id}, {"description", markup::words_of(one.content)}});
    return list;
}

/// Gaps in reading order, each called by its number in the description.
Json numbered(const std::vector<std::string>& gaps) {
    Json list = Json::array();
    for (const auto& gap : gaps)
        list.push_back({{"id", gap}, {"description", "[" + std::to_string(list.size() + 1) + "]"}});
    return list;
}

template <class Gaps>
std::vector<std::string> ids(const Gaps& gaps) {
    std::vector<std::string> list;
    for (const auto& gap : gaps) list.push_back(gap.id);
    return list;
}

struct Components {
    Json& json;

    void operator()(const formats::ChoiceInteraction& question) const { json["choices"] = listed(question.choices); }
    void operator()(const formats::OrderInteraction& question) const { json["choices"] = listed(question.items); }
    void operator()(const formats::MatchInteraction& question) const {
        json["source"] = listed(question.stems);
        json["target"] = listed(question.choices);
    }
    void operator()(const formats::GapSelectInteraction& question) const {
        json["steps"] = numbered(ids(question.gaps));
    }
    void operator()(const formats::ClozeInteraction& question) const { json["steps"] = numbered(ids(question.fields)); }
    void operator()(const formats::TrueFalseInteraction&) const {}
    void operator()(const formats::NumericalInteraction&) const {}
    void operator()(const formats::ShortAnswerInteraction&) const {}
};

std::string description(const formats::Item& item) {
    std::string prompt = item.prompt;
    const auto mark = [&](const auto& gaps) {
        for (std::size_t i = 0; i < gaps.size(); ++i) {
            const std::string gap = "<span data-gap=\"" + markup::escaped_attribute(gaps[i].id) + "\"></span>";
            if (const auto at = prompt.find(gap); at != std::string::npos)
                prompt.replace(at, gap.size(), "[" + std::to_string(i + 1) + "]");
        }
    };
    if (const auto* select = std::get_if<formats::GapSelectInteraction>(&item.interaction)) mark(select->gaps);
    if (const auto* cloze = std::get_if<formats::ClozeInteraction>(&item.interaction)) mark(cloze->fields);
    return markup::words_of(prompt);
}

}  // namespace

std::string type_name(const formats::Item& item) { return types[item.interaction.index()]; }

Json interaction_json(const formats::Item& item, const std::optional<std::string>& response, Language language) {
    Json json = {{"type", type_name(item)},
                 {"interaction", interactions[item.interaction.index()]},
                 {"description", description(item)}};
    std::visit(Components{json}, item.interaction);
    if (!response) return json;
    const Json given = Json::parse(*response, nullptr, false);
    if (given.is_discarded()) return json;
    const formats::Response read = formats::response_from_json(given);
    const Told told = std::visit(Teller{read, language}, item.interaction);
    json["response"] = join(told.notation, "[,]");
    if (!told.words.empty()) json["answer"] = join(told.words, "; ");
    return json;
}

}  // namespace palier::delivery
