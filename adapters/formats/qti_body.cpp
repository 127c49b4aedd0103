// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/qti_body.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "adapters/formats/moodle_gaps.hpp"
#include "adapters/formats/moodle_question.hpp"
#include "adapters/formats/xml.hpp"

// Which parts an item has; its text is qti_html.cpp.

namespace palier::formats::qti {
namespace {

constexpr std::size_t most_parts = 200, most_choices = 200;

/// Why an interaction is not carried.
std::string not_carried(const xmlNode* node, const std::string& name) {
    std::string why = "make a choice, match, order, gap match, inline choice or text entry of it";
    if (name == "extendedTextInteraction" || name == "uploadInteraction" || name == "drawingInteraction")
        why = "a person has to mark it";
    if (name == "customInteraction" || name == "portableCustomInteraction") why = "another program shows it";
    if (name == "mediaInteraction") why = "it asks nothing; put its sound or film into the text of a question";
    if (name == "endAttemptInteraction") why = "it asks for a hint or another try, which a test does not give";
    return "the interaction " + shown_name(node) + " is not carried: " + why;
}

bool fixed(const xmlNode* node) { return attribute(node, "fixed") == "true"; }
bool shuffled(const xmlNode* node) { return attribute(node, "shuffle") == "true"; }

}  // namespace

const Declaration& ItemBody::declared(const xmlNode* node, Base base, bool pairs_of_either_kind) const {
    const std::string name = needed(node, "responseIdentifier");
    const auto found = processing_.responses().find(name);
    if (found == processing_.responses().end())
        refuse(node, "the response '" + name + "' of " + shown_name(node) + " is not declared");
    const Base is = found->second.base;
    if (is != base && !(pairs_of_either_kind && (is == Base::pair || is == Base::directed_pair)))
        refuse(node, "the response '" + name + "' is of another type than " + shown_name(node) + " takes");
    for (const Part& part : parts)
        if (part.variable == name) refuse(node, "two interactions have the response '" + name + "'");
    return found->second;
}

Part ItemBody::part_of(const xmlNode* node, const Declaration& variable) const {
    Part part;
    part.variable = variable.identifier;
    part.line = xml::line(node);
    return part;
}

std::vector<Choice> ItemBody::choices(const std::vector<const xmlNode*>& nodes, bool& in_lines, bool& shuffle) {
    if (nodes.size() > most_choices) refuse(nodes.front(), "more than 200 choices");
    std::vector<Choice> list;
    moodle::Identifiers ids('c');
    std::set<std::string> seen;
    for (const xmlNode* node : nodes) {
        const std::string own = needed(node, "identifier");
        if (!seen.insert(own).second) refuse(node, "two choices have the identifier '" + own + "'");
        const std::string text = xml::trimmed(xml::text(node));
        list.push_back({ids.of(text.empty() ? own : text), clean_inner(node, false)});
        if (list.back().content.empty())
            refuse(node, "the choice '" + own + "' is empty" + (notes_.empty() ? "" : ": " + notes_.back()));
        if (list.back().content.find('<') != std::string::npos) in_lines = false;
        if (!attribute(node, "templateIdentifier").empty())
            refuse(node,
                   "the choice '" + own + "' is shown by a template: its numbers are drawn anew for each learner");
        if (shuffle && fixed(node)) {
            note("a choice has a fixed place: the choices are not shuffled");
            shuffle = false;
        }
    }
    return list;
}

void ItemBody::choice(const xmlNode* node) {
    const Declaration& variable = declared(node, Base::identifier);
    Part part = part_of(node, variable);
    part.most = count(node, "maxChoices", 1);
    part.kind = variable.shape == Shape::single || part.most == 1 ? Part::Kind::one : Part::Kind::several;
    part.shuffle = shuffled(node);
    part.horizontal = attribute(node, "orientation") == "horizontal";
    const auto nodes = children(node, "simpleChoice");
    part.choices = choices(nodes, part.in_lines, part.shuffle);
    for (const xmlNode* one : nodes) part.values.push_back(attribute(one, "identifier"));
    if (part.most >= static_cast<long>(nodes.size())) part.most = 0;
    parts_of_[node].push_back(parts.size());
    parts.push_back(std::move(part));
}

void ItemBody::order(const xmlNode* node) {
    const Declaration& variable = declared(node, Base::identifier);
    Part part = part_of(node, variable);
    part.kind = Part::Kind::order;
    part.shuffle = shuffled(node);
    part.horizontal = attribute(node, "orientation") == "horizontal";
    const auto nodes = children(node, "simpleChoice");
    part.choices = choices(nodes, part.in_lines, part.shuffle);
    for (const xmlNode* one : nodes) part.values.push_back(attribute(one, "identifier"));
    const long most = count(node, "maxChoices", 0);
    if (most > 0 && most < static_cast<long>(nodes.size()))
        refuse(node, "some of the things to order are to be left out, which an ordering here does not have");
    parts_of_[node].push_back(parts.size());
    parts.push_back(std::move(part));
}

std::size_t ItemBody::partners(const Declaration& variable, const std::string& own, bool first) const {
    std::set<std::string> others;
    const auto see = [&](const std::string& pair) {
        const std::size_t blank = pair.find(' ');
        const std::string a = pair.substr(0, blank), b = pair.substr(blank + 1);
        if ((first ? a : b) == own) others.insert(first ? b : a);
        if (variable.base == Base::pair && (first ? b : a) == own) others.insert(first ? a : b);
    };
    bool mapped = false;
    if (variable.mapping)
        for (const MapEntry& entry : variable.mapping->entries)
            if (entry.value > 0) {
                mapped = true;
                see(entry.key.texts.front());
            }
    if (!mapped)
        for (const std::string& pair : variable.correct.texts) see(pair);
    return others.size();
}

void ItemBody::match(const xmlNode* node) {
    const Declaration& variable = declared(node, Base::directed_pair);
    const auto sets = children(node, "simpleMatchSet");
    if (sets.size() != 2) refuse(node, shown_name(node) + " should have two sets");
    const auto first = children(sets[0], "simpleAssociableChoice"),
               second = children(sets[1], "simpleAssociableChoice");
    const auto all = [&](const auto& nodes, bool is_first, const auto& test) {
        return std::all_of(nodes.begin(), nodes.end(), [&](const xmlNode* one) {
            return test(partners(variable, needed(one, "identifier"), is_first));
        });
    };
    const auto is_one = [](std::size_t n) { return n == 1; };
    const auto is_some = [](std::size_t n) { return n > 0; };
    // The stems are the set whose members have one partner each, the first if both have.
    const bool turned = !all(first, true, is_one) &&
                        (all(second, false, is_one) || (!all(first, true, is_some) && all(second, false, is_some)));
    bool in_lines = true, shuffle = shuffled(node), stems_in_lines = true;
    const std::vector<Choice> stems = choices(turned ? second : first, stems_in_lines, shuffle),
                              answers = choices(turned ? first : second, in_lines, shuffle);
    for (std::size_t i = 0; i < stems.size(); ++i) {
        const xmlNode* stem = (turned ? second : first)[i];
        Part part = part_of(node, variable);
        part.own = attribute(stem, "identifier");
        part.stem = stems[i];
        const long most = count(stem, "matchMax", 1);
        part.kind = partners(variable, part.own, !turned) > 1 ? Part::Kind::several : Part::Kind::one;
        if (part.kind == Part::Kind::several && most == 1)
            refuse(stem, "'" + part.own + "' may have one partner, and several are worth something");
        if (part.kind == Part::Kind::one && most != 1) note("what could have several partners takes one");
        if (part.kind == Part::Kind::several && most > 0 && most < static_cast<long>(answers.size())) part.most = most;
        part.choices = answers;
        part.in_lines = in_lines;
        part.shuffle = shuffle;
        for (const xmlNode* other : turned ? first : second) {
            const std::string id = attribute(other, "identifier");
            part.owners.push_back(id);
            part.values.push_back(turned ? id + " " + part.own : part.own + " " + id);
        }
        parts_of_[node].push_back(parts.size());
        parts.push_back(std::move(part));
    }
}

void ItemBody::associate(const xmlNode* node) {
    const Declaration& variable = declared(node, Base::pair, true);
    const auto nodes = children(node, "simpleAssociableChoice");
    bool in_lines = true, shuffle = shuffled(node);
    const std::vector<Choice> all = choices(nodes, in_lines, shuffle);
    note("each of a pair is asked for its partner: half a pair counts half");
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        Part part = part_of(node, variable);
        part.own = attribute(nodes[i], "identifier");
        part.stem = all[i];
        part.in_lines = in_lines;
        part.shuffle = shuffle;
        if (const std::size_t others = partners(variable, part.own, true); others != 1)
            refuse(nodes[i], "'" + part.own + "' has " + (others == 0 ? "no partner" : "several partners") +
                                 " in what is right: each should have one");
        for (std::size_t j = 0; j < nodes.size(); ++j) {
            if (j == i) continue;
            part.choices.push_back(all[j]);
            part.owners.push_back(attribute(nodes[j], "identifier"));
            part.values.push_back(part.own + " " + part.owners.back());
        }
        parts_of_[node].push_back(parts.size());
        parts.push_back(std::move(part));
    }
}

void ItemBody::gap_match(const xmlNode* node) {
    const Declaration& variable = declared(node, Base::directed_pair);
    std::vector<const xmlNode*> nodes;
    for (const xmlNode* one : xml::children(node))
        if (kind(one) == "gapText" || kind(one) == "gapImg") nodes.push_back(one);
    bool in_lines = true, shuffle = shuffled(node);
    const std::vector<Choice> answers = choices(nodes, in_lines, shuffle);
    for (const xmlNode* gap : all_below(node, "gap")) {
        Part part = part_of(node, variable);
        part.own = needed(gap, "identifier");
        part.choices = answers;
        part.in_lines = in_lines;
        part.shuffle = shuffle;
        for (const xmlNode* one : nodes) {
            part.owners.push_back(attribute(one, "identifier"));
            part.values.push_back(part.owners.back() + " " + part.own);
        }
        parts_of_[gap].push_back(parts.size());
        parts.push_back(std::move(part));
    }
}

void ItemBody::inline_choice(const xmlNode* node) {
    Part part = part_of(node, declared(node, Base::identifier));
    part.shuffle = shuffled(node);
    const auto nodes = children(node, "inlineChoice");
    part.choices = choices(nodes, part.in_lines, part.shuffle);
    for (const xmlNode* one : nodes) part.values.push_back(attribute(one, "identifier"));
    parts_of_[node].push_back(parts.size());
    parts.push_back(std::move(part));
}

void ItemBody::text_entry(const xmlNode* node) {
    const std::string name = needed(node, "responseIdentifier");
    const auto found = processing_.responses().find(name);
    const bool number = found != processing_.responses().end() && found->second.base == Base::number;
    const Declaration& variable = declared(node, number ? Base::number : Base::text);
    if (variable.shape != Shape::single) refuse(node, "the response '" + name + "' takes more than one text");
    if (count(node, "base", 10) != 10) refuse(node, "a number is typed in another base than ten");
    if (!attribute(node, "stringIdentifier").empty()) refuse(node, "a number is kept as it was typed too");
    Part part = part_of(node, variable);
    part.kind = number ? Part::Kind::number : Part::Kind::text;
    parts_of_[node].push_back(parts.size());
    parts.push_back(std::move(part));
}

void ItemBody::interaction(const xmlNode* node) {
    const std::string name = kind(node);
    if (name == "choiceInteraction") {
        choice(node);
        form = Form::choice;
    } else if (name == "orderInteraction") {
        order(node);
        form = Form::order;
    } else if (name == "matchInteraction") {
        match(node);
        form = Form::match;
    } else if (name == "associateInteraction") {
        associate(node);
        form = Form::associate;
    } else if (name == "gapMatchInteraction") {
        gap_match(node);
        form = Form::gaps;
    } else if (name == "inlineChoiceInteraction") {
        inline_choice(node);
        form = Form::mixed;
    } else {
        text_entry(node);
        form = Form::typed;
    }
    if (parts.size() > most_parts) refuse(node, "more than 200 things to answer");
}

void refuse_other_kinds(const xmlNode* item) {
    constexpr std::string_view carried[] = {"choiceInteraction",    "orderInteraction",    "matchInteraction",
                                            "associateInteraction", "gapMatchInteraction", "inlineChoiceInteraction",
                                            "textEntryInteraction"};
    if (!children(item, "templateDeclaration").empty())
        refuse(children(item, "templateDeclaration").front(),
               "it has template variables: its numbers are drawn anew for each learner");
    if (attribute(item, "adaptive") == "true") refuse(item, "it is adaptive: it is answered in several tries");
    const xmlNode* body = child(item, "itemBody");
    if (body == nullptr) refuse(item, "it has no <itemBody>");
    std::vector<const xmlNode*> open{body};
    bool any = false;
    while (!open.empty()) {
        const xmlNode* node = open.back();
        open.pop_back();
        const std::string name = kind(node);
        any = any || name.ends_with("Interaction");
        if (name.ends_with("Interaction") &&
            std::find(std::begin(carried), std::end(carried), name) == std::end(carried))
            refuse(node, not_carried(node, name));
        for (const xmlNode* one : xml::children(node)) open.push_back(one);
    }
    if (!any) refuse(body, "it has no interaction: it asks nothing");
}

void ItemBody::interactions_below(const xmlNode* node) {
    for (const xmlNode* one : xml::children(node)) {
        const std::string name = kind(one);
        if (name.ends_with("Interaction"))
            interaction(one);
        else
            interactions_below(one);
    }
}

ItemBody::ItemBody(const xmlNode* item, std::string path, const PackageFiles& files, const Processing& processing)
    : item_(item),
      body_(child(item, "itemBody")),
      path_(std::move(path)),
      folder_(folder_of(path_)),
      files_(files),
      processing_(processing) {
    interactions_below(body_);
    if (parts.empty()) refuse(body_, "there is nothing to answer in it");
    std::size_t interactions = 0;
    for (const auto& [node, list] : parts_of_) interactions += kind(node) == "gap" ? 0 : 1;
    for (const xmlNode* node : all_below(body_, "gapMatchInteraction")) interactions += node != nullptr ? 1 : 0;
    if (interactions > 1) {
        form = Form::mixed;
        for (const Part& part : parts)
            if (part.kind == Part::Kind::order)
                refuse(item, "an ordering beside other interactions is not carried: make an item of each");
    }
    for (const xmlNode* node : children(item, "modalFeedback")) read_feedback(node);
    prompt(false);  // its feedback, and what refuses it
}

void ItemBody::note(const std::string& what) {
    const std::string text = xml::shortened(what, 200);
    if (std::find(notes_.begin(), notes_.end(), text) == notes_.end()) notes_.push_back(text);
}

std::vector<std::string> ItemBody::take_notes() {
    for (const auto& [what, times] : dropped_) note("left out: " + what);
    dropped_.clear();
    return std::move(notes_);
}

}  // namespace palier::formats::qti
