// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/scoring/scoring.hpp"

#include <algorithm>
#include <cmath>

#include "engine/util/section.hpp"

namespace palier {

Scoring read_scoring(const Json& plan, Json& normalised) {
    Section in(plan, "scoring", {"categories", "unknown", "skipped", "timed_out", "invalid"}, normalised);
    const auto outcome = [&](const char* key, const char* fallback) {
        return in.choice(key, fallback, {"lowest", "ignore"}) == "lowest" ? CountedAs::lowest : CountedAs::ignore;
    };
    Scoring s;
    s.unknown = outcome("unknown", "lowest");
    s.skipped = outcome("skipped", "ignore");
    s.timed_out = outcome("timed_out", "lowest");
    in.choice("invalid", "ask_again", {"ask_again"});
    if (!in.reader().has("categories")) return s;
    const Json& list = in.reader().at("categories");
    if (!list.is_array() || list.empty() || list.size() > 16)
        in.reader().refuse("categories", "an array of 1 to 16 objects {\"from\", \"category\"}");
    Json out = Json::array();
    for (const Json& entry : list) {
        const std::string path = "scoring.categories[" + std::to_string(s.categories.size()) + "]";
        const ObjectReader reader(entry, path, ErrorKind::plan, {"from", "category"});
        reader.at("from");
        reader.at("category");
        const CategoryRule rule{reader.number("from", 0, 0, 1), static_cast<int>(reader.integer("category", 0, 0, 15))};
        if (!s.categories.empty() && !(rule.from > s.categories.back().from))
            reader.refuse("from", "above the 'from' of the entry before it");
        if (!s.categories.empty() && rule.category < s.categories.back().category)
            reader.refuse("category", "at least the category of the entry before it: more marks never mean less");
        s.categories.push_back(rule);
        out.push_back({{"from", rule.from}, {"category", rule.category}});
    }
    in.out()["categories"] = out;
    return s;
}

int category_of(const Scoring& scoring, double fraction, int count) {
    constexpr double tolerance = 1e-6;
    const int top = count - 1;
    int category = 0;
    if (scoring.categories.empty()) {
        category = static_cast<int>(std::floor(std::min(1.0, std::max(0.0, fraction)) * top + tolerance));
    } else {
        for (const CategoryRule& rule : scoring.categories)
            if (rule.from <= fraction + tolerance) category = rule.category;
    }
    return std::min(std::max(category, 0), top);
}

}  // namespace palier
