// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/item_check.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace palier::formats {
namespace {

constexpr auto nothing_right = "no choice is worth anything";

std::string identifiers(const std::vector<Choice>& choices, const std::string& what, std::size_t least) {
    if (choices.size() < least) return "at least " + std::to_string(least) + " " + what + " are needed";
    std::set<std::string> seen;
    for (const Choice& choice : choices)
        if (choice.id.empty() || !seen.insert(choice.id).second)
            return "two " + what + " have the identifier '" + choice.id + "'";
    return {};
}

std::string unknown(const std::string& id) { return "the key names '" + id + "', which the interaction does not have"; }

std::string check(const ChoiceInteraction& shown, const ChoiceKey* key) {
    if (std::string problem = identifiers(shown.choices, "choices", 2); !problem.empty()) return problem;
    if (shown.most == 1) return "of several choices one alone may be chosen";
    if (key == nullptr) return {};
    std::set<std::string> scored;
    double best = 0;
    for (const ChoiceScore& score : key->scores) {
        if (!has(shown.choices, score.id)) return unknown(score.id);
        if (!scored.insert(score.id).second) return "the key scores '" + score.id + "' twice";
        best = std::max(best, score.fraction);
    }
    return best > 0 ? "" : nothing_right;
}

std::string check(const TrueFalseInteraction&, const TrueFalseKey*) { return {}; }

std::string check(const MatchInteraction& shown, const MatchKey* key) {
    if (std::string problem = identifiers(shown.stems, "stems", 1); !problem.empty()) return problem;
    if (std::string problem = identifiers(shown.choices, "choices", 2); !problem.empty()) return problem;
    if (key == nullptr) return {};
    for (const auto& [stem, choice] : key->right) {
        if (!has(shown.stems, stem)) return unknown(stem);
        if (!has(shown.choices, choice)) return unknown(choice);
    }
    return key->right.size() == shown.stems.size() ? "" : "a stem has no right choice";
}

std::string check(const OrderInteraction& shown, const OrderKey* key) {
    if (std::string problem = identifiers(shown.items, "items", 2); !problem.empty()) return problem;
    if (key == nullptr) return {};
    std::set<std::string> placed;
    for (const std::string& id : key->order) {
        if (!has(shown.items, id)) return unknown(id);
        if (!placed.insert(id).second) return "the key places '" + id + "' twice";
    }
    return placed.size() == shown.items.size() ? "" : "an item has no right place";
}

std::string check(const GapSelectInteraction& shown, const GapSelectKey* key) {
    if (shown.gaps.empty()) return "there is no gap";
    std::set<std::string> seen;
    for (const Gap& gap : shown.gaps) {
        if (!seen.insert(gap.id).second) return "two gaps have the identifier '" + gap.id + "'";
        const auto group = shown.groups.find(gap.group);
        if (group == shown.groups.end()) return "there is no group '" + gap.group + "'";
        if (std::string problem = identifiers(group->second, "choices", 1); !problem.empty()) return problem;
        if (key == nullptr) continue;
        const auto right = key->right.find(gap.id);
        if (right == key->right.end()) return "gap '" + gap.id + "' has no right choice";
        if (!has(group->second, right->second)) return unknown(right->second);
    }
    return key == nullptr || key->right.size() == shown.gaps.size() ? "" : "the key names a gap that is not there";
}

std::string check(const NumericalInteraction& shown, const NumericalKey* key) {
    const bool listed = shown.unit_entry == UnitEntry::radio || shown.unit_entry == UnitEntry::menu;
    if (listed && shown.units.empty()) return "there is no unit to choose";
    if (key == nullptr) return {};
    double best = 0;
    for (const NumericalAnswer& answer : key->answers) {
        if (!std::isfinite(answer.value.value_or(0)) || !std::isfinite(answer.tolerance) ||
            !std::isfinite(answer.fraction))
            return "a number is too large";
        if (answer.tolerance < 0) return "a tolerance is below 0";
        best = std::max(best, answer.fraction);
    }
    if (!std::isfinite(key->unit_penalty)) return "the unit penalty is too large";
    for (const NumericalUnit& unit : key->units)
        if (!std::isfinite(unit.multiplier))
            return "the unit '" + unit.name + "' has a multiplier that is too large";
        else if (unit.multiplier == 0)
            return "the unit '" + unit.name + "' has the multiplier 0";
    return best > 0 ? "" : "no answer is worth anything";
}

std::string check(const ShortAnswerInteraction&, const ShortAnswerKey* key) {
    if (key == nullptr) return {};
    double best = 0;
    for (const ShortAnswer& answer : key->answers) best = std::max(best, answer.fraction);
    return best > 0 ? "" : "no answer is worth anything";
}

std::string check(const ClozeInteraction& shown, const ClozeKey* key) {
    if (shown.fields.empty()) return "there is no gap";
    if (key != nullptr && key->parts.size() != shown.fields.size()) return "a gap has no key, or a key no gap";
    std::set<std::string> seen;
    double weights = 0;
    for (std::size_t i = 0; i < shown.fields.size(); ++i) {
        const ClozeField& field = shown.fields[i];
        const std::string gap = "gap '" + field.id + "': ";
        if (!seen.insert(field.id).second) return "two gaps have the identifier '" + field.id + "'";
        const ClozePart* part = key == nullptr ? nullptr : &key->parts[i];
        if (part != nullptr && part->field != field.id) return "the key has the gaps in another order";
        if (part != nullptr && !(part->weight >= 0 && part->weight <= 1e6)) return gap + "its weight is out of range";
        if (part != nullptr) weights += part->weight;
        const auto of = [&](const auto& interaction, auto* answers) {
            return part != nullptr && answers == nullptr ? "the key is of another type than the gap"
                                                         : check(interaction, answers);
        };
        std::string problem;
        if (field.entry == ClozeEntry::number)
            problem = of(NumericalInteraction{}, part == nullptr ? nullptr : std::get_if<NumericalKey>(&part->answers));
        else if (field.entry == ClozeEntry::text)
            problem =
                of(ShortAnswerInteraction{}, part == nullptr ? nullptr : std::get_if<ShortAnswerKey>(&part->answers));
        else
            problem = of(ChoiceInteraction{false, false, Numbering::none, field.choices},
                         part == nullptr ? nullptr : std::get_if<ChoiceKey>(&part->answers));
        for (const Choice& choice : field.choices)
            if (choice.id.find(',') != std::string::npos) problem = "an identifier has a comma";
        if (!problem.empty()) return gap + problem;
    }
    return key == nullptr || weights > 0 ? "" : "its gaps have no weight";
}

std::string check_path(const std::string& path) {
    const std::string folder = "assets/";
    const bool inside = path.starts_with(folder) && path.size() > folder.size() && path[folder.size()] != '.' &&
                        std::all_of(path.begin() + static_cast<std::ptrdiff_t>(folder.size()), path.end(), [](char c) {
                            return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                                   c == '.' || c == '_' || c == '-';
                        });
    return inside ? "" : "'" + path + "' is no path of an asset";
}

template <std::size_t I = 0>
std::string check_alternative(const Item& item) {
    if constexpr (I < std::variant_size_v<Interaction>) {
        if (item.interaction.index() != I) return check_alternative<I + 1>(item);
        const auto* key = item.key ? std::get_if<I>(&item.key->answers) : nullptr;
        if (item.key && key == nullptr) return "the key is of another type than the interaction";
        return check(std::get<I>(item.interaction), key);
    } else {
        return {};
    }
}

/// What answers are worth as a whole.
std::string check_whole(const Item& item) {
    const auto* choice = std::get_if<ChoiceInteraction>(&item.interaction);
    const auto* order = std::get_if<OrderInteraction>(&item.interaction);
    if (order == nullptr && (choice == nullptr || !choice->multiple))
        return "answers have a worth as a whole where several are chosen or put in order alone";
    double best = 0;
    for (const WholeAnswer& whole : item.key->whole_answers) {
        for (const std::string& id : whole.ids)
            if (!has(order != nullptr ? order->items : choice->choices, id)) return unknown(id);
        best = std::max(best, whole.fraction);
    }
    return best > 0 ? "" : nothing_right;
}

}  // namespace

std::string item_problem(const Item& item) {
    if (item.id.empty()) return "it has no identifier";
    for (const Asset& asset : item.assets)
        if (std::string problem = check_path(asset.path); !problem.empty()) return problem;
    const std::string problem = check_alternative(item);
    const bool whole = item.key && !item.key->whole_answers.empty();
    return whole && (problem.empty() || problem == nothing_right) ? check_whole(item) : problem;
}

}  // namespace palier::formats
