// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string_view>
#include <utility>

#include "adapters/formats/content.hpp"

// The words by which enumerations are written, in JSON and QTI.

namespace palier::formats::names {

template <typename E, std::size_t N>
using Table = std::array<std::pair<E, std::string_view>, N>;

inline constexpr Table<Numbering, 6> numbering{{{Numbering::none, "none"},
                                                {Numbering::lower_letters, "abc"},
                                                {Numbering::upper_letters, "ABCD"},
                                                {Numbering::digits, "123"},
                                                {Numbering::lower_roman, "iii"},
                                                {Numbering::upper_roman, "IIII"}}};
inline constexpr Table<UnitEntry, 4> unit_entry{
    {{UnitEntry::none, "none"}, {UnitEntry::typed, "typed"}, {UnitEntry::radio, "radio"}, {UnitEntry::menu, "menu"}}};
inline constexpr Table<OrderGrading, 9> order_grading{
    {{OrderGrading::all_or_nothing, "all_or_nothing"},
     {OrderGrading::absolute_position, "absolute_position"},
     {OrderGrading::relative_next_exclude_last, "relative_next_exclude_last"},
     {OrderGrading::relative_next_include_last, "relative_next_include_last"},
     {OrderGrading::relative_one_previous_and_next, "relative_one_previous_and_next"},
     {OrderGrading::relative_all_previous_and_next, "relative_all_previous_and_next"},
     {OrderGrading::longest_ordered_subset, "longest_ordered_subset"},
     {OrderGrading::longest_contiguous_subset, "longest_contiguous_subset"},
     {OrderGrading::relative_to_correct, "relative_to_correct"}}};
inline constexpr Table<OrderSelect, 3> order_select{
    {{OrderSelect::all, "all"}, {OrderSelect::random, "random"}, {OrderSelect::contiguous, "contiguous"}}};
inline constexpr Table<ToleranceType, 3> tolerance_type{{{ToleranceType::relative, "relative"},
                                                         {ToleranceType::nominal, "nominal"},
                                                         {ToleranceType::geometric, "geometric"}}};
inline constexpr Table<UnitGrading, 3> unit_grading{
    {{UnitGrading::none, "none"}, {UnitGrading::of_mark, "of_mark"}, {UnitGrading::of_maximum, "of_maximum"}}};
inline constexpr Table<ClozeEntry, 7> cloze_entry{{{ClozeEntry::list, "list"},
                                                   {ClozeEntry::column, "column"},
                                                   {ClozeEntry::row, "row"},
                                                   {ClozeEntry::boxes_column, "boxes_column"},
                                                   {ClozeEntry::boxes_row, "boxes_row"},
                                                   {ClozeEntry::number, "number"},
                                                   {ClozeEntry::text, "text"}}};
/// In the order of Interaction's and AnswerKey's alternatives.
inline constexpr std::array<std::string_view, 8> interaction{"choice",     "true_false", "match",        "order",
                                                             "gap_select", "numerical",  "short_answer", "cloze"};

template <typename E, std::size_t N>
constexpr std::string_view name(const Table<E, N>& table, E value) {
    for (const auto& [known, text] : table)
        if (known == value) return text;
    return {};
}

template <typename E, std::size_t N>
constexpr std::optional<E> value(const Table<E, N>& table, std::string_view text) {
    for (const auto& [known, word] : table)
        if (word == text) return known;
    return std::nullopt;
}

}  // namespace palier::formats::names
