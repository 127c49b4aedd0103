// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/delivery/delivery.hpp"

namespace palier::fuzz {

/// A test with one question of most kinds.
inline Json small_bundle() {
    const auto item = [](const char* id, double b) { return Json{{"item", id}, {"b", b}}; };
    const auto content = [](const char* id, Json interaction, Json answers) {
        return Json{{"presentation",
                     {{"format", "palier-presentation/1"},
                      {"id", id},
                      {"prompt", "<p>?</p>"},
                      {"interaction", std::move(interaction)}}},
                    {"key", {{"format", "palier-key/1"}, {"id", id}, {"answers", std::move(answers)}}}};
    };
    const Json ab = {{{"id", "a"}, {"content", "A"}}, {{"id", "b"}, {"content", "B"}}};
    const Json xy = {{{"id", "x"}, {"content", "X"}}, {{"id", "y"}, {"content", "Y"}}};
    return {
        {"palier_bundle", 1},
        {"plan", {{"palier_plan", 1}, {"levels", {{"cuts", {-1, 0, 1}}}}}},
        {"variants",
         {{"fr",
           {{"items", {item("c", 0), item("t", -1), item("m", 1), item("o", 0.5), item("n", -0.5), item("s", 2)}},
            {"contents",
             {content(
                  "c",
                  {{"type", "choice"}, {"multiple", true}, {"shuffle", true}, {"numbering", "none"}, {"choices", ab}},
                  {{"type", "choice"}, {"scores", {{{"id", "a"}, {"fraction", 1}}, {{"id", "b"}, {"fraction", -1}}}}}),
              content("t", {{"type", "true_false"}}, {{"type", "true_false"}, {"right", true}}),
              content("m", {{"type", "match"}, {"shuffle_stems", true}, {"stems", ab}, {"choices", xy}},
                      {{"type", "match"}, {"right", {{"a", "x"}, {"b", "y"}}}}),
              content("o", {{"type", "order"}, {"horizontal", false}, {"numbering", "none"}, {"items", ab}},
                      {{"type", "order"},
                       {"order", {"a", "b"}},
                       {"grading", "absolute_position"},
                       {"select", "all"},
                       {"select_count", 0}}),
              content(
                  "n",
                  {{"type", "numerical"}, {"unit_entry", "none"}, {"unit_before", false}, {"units", Json::array()}},
                  {{"type", "numerical"},
                   {"unit_grading", "none"},
                   {"unit_penalty", 0.1},
                   {"answers", {{{"value", 4}, {"tolerance", 0.1}, {"tolerance_type", "nominal"}, {"fraction", 1}}}},
                   {"units", Json::array()}}),
              content("s", {{"type", "short_answer"}},
                      {{"type", "short_answer"},
                       {"case_sensitive", false},
                       {"answers", {{{"pattern", "a*"}, {"fraction", 1}}}}})}}}}}}};
}

inline std::shared_ptr<const delivery::Test> small_test() { return delivery::Test::open(small_bundle().dump()); }

}  // namespace palier::fuzz
