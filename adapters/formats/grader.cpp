// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/grader.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>

#include "adapters/formats/content_names.hpp"
#include "adapters/formats/grade_parts.hpp"

namespace palier::formats {
namespace {

constexpr Grade none_given{State::not_answered, Reason::no_answer, 0};
constexpr Grade wrong_kind{State::invalid, Reason::wrong_kind, 0};

Grade true_false(const TrueFalseKey& key, const Selection& response) {
    if (response.choices.empty()) return none_given;
    if (response.choices.size() > 1) return {State::invalid, Reason::too_many_choices, 0};
    const std::string& given = response.choices.front();
    if (given != "true" && given != "false") return {State::invalid, Reason::unknown_choice, 0};
    return {State::graded, Reason::none, (given == "true") == key.right ? 1.0 : 0.0};
}

Grade of_parts(std::size_t right, std::size_t answered, std::size_t all, bool unknown) {
    if (answered == 0 && !unknown) return none_given;
    const double fraction = static_cast<double>(right) / static_cast<double>(all);
    if (unknown) return {State::invalid, Reason::unknown_choice, fraction};
    if (answered < all) return {State::invalid, Reason::incomplete, fraction};
    return {State::graded, Reason::none, fraction};
}

Grade match(const MatchInteraction& shown, const MatchKey& key, const Pairs& response) {
    std::size_t right = 0, answered = 0;
    bool unknown = false;
    for (const auto& [stem, taken] : response.pairs) {
        const auto expected = key.right.find(stem);
        if (expected == key.right.end() || !has(shown.choices, taken)) {
            unknown = true;
            continue;
        }
        ++answered;
        if (expected->second == taken) ++right;
    }
    return of_parts(right, answered, shown.stems.size(), unknown);
}

Grade gap_select(const GapSelectInteraction& shown, const GapSelectKey& key, const Pairs& response) {
    std::size_t right = 0, answered = 0;
    for (const Gap& gap : shown.gaps) {
        const auto taken = response.pairs.find(gap.id);
        const auto group = shown.groups.find(gap.group);
        if (taken == response.pairs.end() || group == shown.groups.end() || !has(group->second, taken->second))
            continue;
        ++answered;
        const auto expected = key.right.find(gap.id);
        if (expected != key.right.end() && expected->second == taken->second) ++right;
    }
    return of_parts(right, answered, shown.gaps.size(), answered < response.pairs.size());
}

}  // namespace

namespace grading {

Grade choice(const ChoiceInteraction& shown, const ChoiceKey& key, const Selection& response) {
    const auto fraction_of = [&](const std::string& id) {
        for (const ChoiceScore& score : key.scores)
            if (score.id == id) return score.fraction;
        return 0.0;
    };
    const std::set<std::string> chosen(response.choices.begin(), response.choices.end());
    if (chosen.empty()) return none_given;
    if (!std::all_of(chosen.begin(), chosen.end(), [&](const std::string& id) { return has(shown.choices, id); }))
        return {State::invalid, Reason::unknown_choice, 0};
    if (!shown.multiple) {
        if (chosen.size() > 1) return {State::invalid, Reason::too_many_choices, 0};
        return {State::graded, Reason::none, fraction_of(*chosen.begin())};
    }
    if (shown.most > 0 && chosen.size() > static_cast<std::size_t>(shown.most))
        return {State::invalid, Reason::too_many_choices, 0};
    double sum = 0;
    for (const Choice& one : shown.choices)
        if (chosen.contains(one.id)) sum += fraction_of(one.id);
    return {State::graded, Reason::none, std::min(1.0, std::max(0.0, sum))};
}

}  // namespace grading

namespace {

/// Picks the grader of the interaction; the key must be of the same type.
class Grader {
public:
    Grader(const Item& item, const Response& response, const NumberFormat& format)
        : item_(item), response_(response), format_(format) {}

    Grade operator()(const ChoiceInteraction& shown) const {
        return with<ChoiceKey, Selection>(
            [&](const auto& key, const auto& given) { return grading::choice(shown, key, given); });
    }
    Grade operator()(const TrueFalseInteraction&) const {
        return with<TrueFalseKey, Selection>(
            [&](const auto& key, const auto& given) { return true_false(key, given); });
    }
    Grade operator()(const MatchInteraction& shown) const {
        return with<MatchKey, Pairs>([&](const auto& key, const auto& given) { return match(shown, key, given); });
    }
    Grade operator()(const OrderInteraction& shown) const {
        return with<OrderKey, Sequence>(
            [&](const auto& key, const auto& given) { return grading::order(shown, key, given); });
    }
    Grade operator()(const GapSelectInteraction& shown) const {
        return with<GapSelectKey, Pairs>(
            [&](const auto& key, const auto& given) { return gap_select(shown, key, given); });
    }
    Grade operator()(const NumericalInteraction& shown) const {
        return with<NumericalKey, Entry>(
            [&](const auto& key, const auto& given) { return grading::numerical(shown, key, given, format_); });
    }
    Grade operator()(const ShortAnswerInteraction&) const {
        return with<ShortAnswerKey, Entry>(
            [&](const auto& key, const auto& given) { return grading::short_answer(key, given); });
    }

    Grade operator()(const ClozeInteraction& shown) const {
        return with<ClozeKey, Pairs>(
            [&](const auto& key, const auto& given) { return grading::cloze(shown, key, given, format_); });
    }

private:
    template <typename KeyType, typename Given, typename F>
    Grade with(F&& grade_it) const {
        const auto* key = item_.key ? std::get_if<KeyType>(&item_.key->answers) : nullptr;
        if (key == nullptr)
            throw std::invalid_argument("item '" + item_.id + "' has no key of its type: it cannot be graded");
        if (std::holds_alternative<std::monostate>(response_)) return none_given;
        const auto* given = std::get_if<Given>(&response_);
        return given == nullptr ? wrong_kind : grade_it(*key, *given);
    }

    const Item& item_;
    const Response& response_;
    const NumberFormat& format_;
};

constexpr names::Table<State, 3> states{
    {{State::graded, "graded"}, {State::invalid, "invalid"}, {State::not_answered, "not_answered"}}};
constexpr names::Table<Reason, 11> reasons{{{Reason::none, ""},
                                            {Reason::no_answer, "no_answer"},
                                            {Reason::incomplete, "incomplete"},
                                            {Reason::not_a_number, "not_a_number"},
                                            {Reason::unit_not_expected, "unit_not_expected"},
                                            {Reason::unit_missing, "unit_missing"},
                                            {Reason::thousands_separator, "thousands_separator"},
                                            {Reason::too_many_choices, "too_many_choices"},
                                            {Reason::twice, "twice"},
                                            {Reason::unknown_choice, "unknown_choice"},
                                            {Reason::wrong_kind, "wrong_kind"}}};
constexpr names::Table<Verdict, 3> outcomes{
    {{Verdict::wrong, "wrong"}, {Verdict::partly_right, "partly_right"}, {Verdict::right, "right"}}};

}  // namespace

Verdict verdict(double fraction) {
    if (fraction < 0.000001) return Verdict::wrong;
    return fraction > 0.999999 ? Verdict::right : Verdict::partly_right;
}

namespace {

/// The whole answer that this response is.
const WholeAnswer* whole_answer(const Key& key, const Response& response) {
    const auto* chosen = std::get_if<Selection>(&response);
    const auto* order = std::get_if<Sequence>(&response);
    if (key.whole_answers.empty() || (chosen == nullptr && order == nullptr)) return nullptr;
    const std::vector<std::string>& given = chosen != nullptr ? chosen->choices : order->order;
    const auto same = [&](const WholeAnswer& whole) {
        return chosen != nullptr ? std::set(given.begin(), given.end()) == std::set(whole.ids.begin(), whole.ids.end())
                                 : given == whole.ids;
    };
    const auto found = std::find_if(key.whole_answers.begin(), key.whole_answers.end(), same);
    return found == key.whole_answers.end() ? nullptr : &*found;
}

}  // namespace

Grade grade(const Item& item, const Response& response, const NumberFormat& format) {
    Grade result = std::visit(Grader(item, response, format), item.interaction);
    if (item.key && result.state == State::graded)
        if (const WholeAnswer* whole = whole_answer(*item.key, response)) result.fraction = whole->fraction;
    if (item.key && item.key->all_or_nothing && verdict(result.fraction) != Verdict::right) result.fraction = 0;
    if (item.key && item.key->never_negative) result.fraction = std::max(0.0, result.fraction);
    return result;
}

Grade grade(const Item& item, const Response& response) { return grade(item, response, number_format(item.language)); }

std::string_view name(State state) { return names::name(states, state); }
std::string_view name(Reason reason) { return names::name(reasons, reason); }

nlohmann::json to_json(const Grade& grade) {
    nlohmann::json json = {{"state", name(grade.state)},
                           {"fraction", grade.fraction},
                           {"outcome", names::name(outcomes, verdict(grade.fraction))}};
    if (grade.reason != Reason::none) json["reason"] = name(grade.reason);
    return json;
}

}  // namespace palier::formats
