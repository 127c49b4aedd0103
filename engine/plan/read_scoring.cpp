// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/section.hpp"

namespace palier {

void read_scoring(const Json& json, Plan& plan) {
    Section in(json, "scoring", {"categories", "unknown", "skipped", "timed_out", "invalid"}, plan.normalised);
    const auto outcome = [&](const char* key, const char* fallback) {
        return in.choice(key, fallback, {"lowest", "ignore"}) == "lowest" ? Outcome::lowest : Outcome::ignore;
    };
    Scoring& s = plan.scoring;
    s.unknown = outcome("unknown", "lowest");
    s.skipped = outcome("skipped", "ignore");
    s.timed_out = outcome("timed_out", "lowest");
    in.choice("invalid", "ask_again", {"ask_again"});
    if (!in.reader().has("categories")) return;
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
}

}  // namespace palier
