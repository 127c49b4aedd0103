// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/formats/best_mark.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "adapters/formats/grader.hpp"

namespace palier::formats {
namespace {

/// The shortest text that reads back to the same double.
std::string written(double value) {
    char text[40];
    for (int digits = 1; digits <= 17; ++digits) {
        std::snprintf(text, sizeof text, "%.*g", digits, value);
        if (std::strtod(text, nullptr) == value) break;
    }
    return text;
}

/// Responses among which one is the best.
struct Candidates {
    const Item& item;

    std::vector<Response> operator()(const ChoiceInteraction& shown) const {
        std::vector<Response> list;
        std::vector<ChoiceScore> scores = std::get<ChoiceKey>(item.key->answers).scores;
        std::stable_sort(scores.begin(), scores.end(),
                         [](const ChoiceScore& a, const ChoiceScore& b) { return a.fraction > b.fraction; });
        Selection all;
        for (const ChoiceScore& score : scores) {
            if (score.fraction <= 0) continue;
            if (shown.most == 0 || all.choices.size() < static_cast<std::size_t>(shown.most))
                all.choices.push_back(score.id);
            list.emplace_back(Selection{{score.id}});
        }
        if (shown.multiple) list.emplace_back(std::move(all));
        for (const WholeAnswer& whole : item.key->whole_answers) list.emplace_back(Selection{whole.ids});
        return list;
    }
    std::vector<Response> operator()(const TrueFalseInteraction&) const {
        return {Selection{{"true"}}, Selection{{"false"}}};
    }
    std::vector<Response> operator()(const MatchInteraction&) const {
        return {Pairs{std::get<MatchKey>(item.key->answers).right}};
    }
    std::vector<Response> operator()(const OrderInteraction&) const {
        std::vector<Response> list{Sequence{std::get<OrderKey>(item.key->answers).order}};
        for (const WholeAnswer& whole : item.key->whole_answers) list.emplace_back(Sequence{whole.ids});
        return list;
    }
    std::vector<Response> operator()(const GapSelectInteraction&) const {
        return {Pairs{std::get<GapSelectKey>(item.key->answers).right}};
    }
    std::vector<Response> operator()(const NumericalInteraction& shown) const {
        const auto& key = std::get<NumericalKey>(item.key->answers);
        std::vector<double> values;
        for (const NumericalAnswer& answer : key.answers) {
            if (!answer.value) {
                values.insert(values.end(), {0, 1, -987654321.5, 987654321.5});
                continue;
            }
            const double a = *answer.value, t = answer.tolerance;
            for (const double part : {0.0, 0.5, -0.5, 0.999, -0.999, 1.0, -1.0}) values.push_back(a + part * t);
        }
        std::vector<Response> list;
        const bool apart = shown.unit_entry == UnitEntry::radio || shown.unit_entry == UnitEntry::menu;
        for (const double value : values) {
            list.emplace_back(Entry{written(value), std::nullopt});
            for (const NumericalUnit& unit : key.units) {
                const std::string number = written(value * unit.multiplier);
                if (apart)
                    list.emplace_back(Entry{number, unit.name});
                else
                    list.emplace_back(Entry{shown.unit_before ? unit.name + number : number + unit.name, std::nullopt});
            }
        }
        return list;
    }
    std::vector<Response> operator()(const ShortAnswerInteraction&) const {
        std::vector<Response> list;
        for (const ShortAnswer& answer : std::get<ShortAnswerKey>(item.key->answers).answers)
            for (const std::string_view any : {"", "x", "palier"})
                list.emplace_back(Entry{filled(answer.pattern, any), std::nullopt});
        return list;
    }

    std::vector<Response> operator()(const ClozeInteraction& shown) const {
        Pairs best;
        const auto& key = std::get<ClozeKey>(item.key->answers);
        for (std::size_t i = 0; i < std::min(shown.fields.size(), key.parts.size()); ++i) {
            const Response response = best_response(part(shown.fields[i], key.parts[i]));
            std::string& text = best.pairs[shown.fields[i].id];
            if (const auto* entry = std::get_if<Entry>(&response)) text = entry->text;
            if (const auto* selection = std::get_if<Selection>(&response))
                for (const std::string& id : selection->choices) text += (text.empty() ? "" : ",") + id;
        }
        return {best};
    }

private:
    /// A gap as an item of its own.
    static Item part(const ClozeField& field, const ClozePart& of) {
        Item result;
        result.key.emplace();
        std::visit([&](const auto& answers) { result.key->answers = answers; }, of.answers);
        if (field.entry == ClozeEntry::number)
            result.interaction = NumericalInteraction{};
        else if (field.entry == ClozeEntry::text)
            result.interaction = ShortAnswerInteraction{};
        else
            result.interaction =
                ChoiceInteraction{field.entry == ClozeEntry::boxes_column || field.entry == ClozeEntry::boxes_row,
                                  false, Numbering::none, field.choices};
        return result;
    }
    /// A text that the pattern matches: `any` for each star.
    static std::string filled(const std::string& pattern, std::string_view any) {
        std::string text;
        for (std::size_t i = 0; i < pattern.size(); ++i) {
            if (pattern[i] == '\\' && i + 1 < pattern.size() && pattern[i + 1] == '*')
                text += pattern[++i];
            else if (pattern[i] == '*')
                text += any;
            else
                text += pattern[i];
        }
        return text;
    }
};

}  // namespace

Response best_response(const Item& item) {
    Response best;
    double most = 0;
    for (const Response& response : std::visit(Candidates{item}, item.interaction)) {
        const double fraction = grade(item, response, NumberFormat{}).fraction;
        if (fraction <= most) continue;
        most = fraction;
        best = response;
    }
    return best;
}

double best_mark(const Item& item) { return std::max(0.0, grade(item, best_response(item), NumberFormat{}).fraction); }

}  // namespace palier::formats
