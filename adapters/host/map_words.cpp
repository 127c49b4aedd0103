// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/map_words.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "adapters/host/state_json.hpp"

namespace palier::host {
namespace {

using state::at;
using state::element;
using state::name_of;
using state::number;
using state::whole;
using words::Key;

// Where bars begin and end: a cell a level, or logits.
struct Axis {
    bool levels = false;
    double low = 0;
    double high = 1;

    double place(double x) const { return std::round(1e4 * std::clamp((x - low) / (high - low), 0.0, 1.0)) / 100; }
};

class MapRenderer {
public:
    MapRenderer(const Json& state, Language language, bool other) : state_(state), language_(language), other_(other) {
        find_axis();
    }

    MapWords words() const {
        MapWords words;
        words.language = language_;
        words.title = say(other_ ? Key("map_title_other") : Key("map_title"));
        if (axis_.levels)
            for (double level = axis_.low; level < axis_.high; ++level)
                words.ticks.push_back({axis_.place(level + 0.5), std::to_string(static_cast<int>(level))});
        const Json& composites = at(state_, "composites");
        words.overall = row(composites.back(), false);
        words.overall.name = say("map_overall");
        for (const Json& composite : composites) {
            if (at(composite, "kind") != "domain") continue;
            MapWords::Domain domain{row(composite, false), {}};
            for (const Json& scale : at(state_, "scales"))
                if (at(scale, "domain") == at(composite, "id")) domain.scales.push_back(row(scale, true));
            words.domains.push_back(std::move(domain));
        }
        MapWords::Domain others;
        for (const Json& scale : at(state_, "scales"))
            if (!at(scale, "domain").is_string()) others.scales.push_back(row(scale, false));
        if (!others.scales.empty()) words.domains.push_back(std::move(others));
        words.reading = reading(words);
        words.apart = apart();
        words.text = text(words);
        return words;
    }

private:
    std::string say(Key key, const words::Values& values = {}) const { return words::text(key, language_, values); }

    void find_axis() {
        const Json& levels = at(state_, "levels");
        constexpr int most = 100;
        if (const auto first = whole(at(levels, "first")), last = whole(at(levels, "last"));
            first && last && *first <= *last && *last - *first < most) {
            axis_ = {true, static_cast<double>(*first), static_cast<double>(*last) + 1};
            return;
        }
        // Without levels: from the lowest margin to the highest.
        std::optional<double> low, high;
        for (const char* kind : {"scales", "composites"}) {
            for (const Json& entry : at(state_, kind)) {
                const auto from = number(element(at(entry, "interval"), 0));
                const auto to = number(element(at(entry, "interval"), 1));
                if (from) low = std::min(low.value_or(*from), *from);
                if (to) high = std::max(high.value_or(*to), *to);
            }
        }
        if (low && high && *low < *high) axis_ = {false, *low, *high};
    }

    std::string range(const std::string& low, const std::string& high) const {
        return say(low == high ? Key("told_sure") : Key("told_range"), {{"low", low}, {"high", high}});
    }

    // A number alone would be read as marks: the level has its name, or is called one.
    std::string named(const Json& level, int number, const std::string& last) const {
        return level_of(name_of(at(level, "name"), language_), number, last, "map_level_number", language_);
    }

    // Nothing was asked beyond the top level.
    static bool is_open(const Json& entry, int high) { return whole(at(entry, "top_level")) == high; }
    std::string or_higher(const Json& entry, int high, const std::string& text) const {
        return is_open(entry, high) ? say("map_or_higher", {{"level", text}}) : text;
    }

    bool up_to(int low) const { return said_by_its_end(low, static_cast<int>(axis_.low)); }

    // Between the levels that a margin goes to, in a sentence that has named a level.
    std::string between(const Json& entry, int low, int high) const {
        if (low == high) return say("told_sure");
        const words::Values ends = {{"low", std::to_string(low)}, {"high", std::to_string(high)}};
        const bool at_most = up_to(low) && !is_open(entry, high);
        return or_higher(entry, high, say(at_most ? Key("map_up_to") : Key("told_range"), ends));
    }

    // The level, or the band, or the levels between which it is; and with its margin.
    void tell_levels(const Json& entry, int low, int high, std::string& result, std::string& text) const {
        const std::string last = std::to_string(static_cast<int>(axis_.high) - 1);
        const Json& level = at(entry, "level");
        const std::string band = name_of(at(at(entry, "band"), "name"), language_);
        if (const auto number = whole(at(level, "number"))) {
            result = or_higher(entry, *number, named(level, *number, last));
        } else if (!band.empty()) {
            result = or_higher(entry, whole(at(at(entry, "band"), "last")).value_or(high), band);
        } else {
            const bool at_most = up_to(low) && !is_open(entry, high);
            const std::string run =
                low == high ? named(Json(nullptr), low, last)
                            : say(at_most ? Key("map_up_to_of") : Key("map_between_of"),
                                  {{"low", std::to_string(low)}, {"high", std::to_string(high)}, {"last", last}});
            text = result = or_higher(entry, high, run);
            return;
        }
        text = say("map_level_between", {{"level", result}, {"range", between(entry, low, high)}});
    }

    MapWords::Row row(const Json& entry, bool in_domain) const {
        MapWords::Row row;
        row.id = at(entry, "id").is_string() ? at(entry, "id").get<std::string>() : "";
        row.name = name_of(at(entry, "name"), language_);
        if (row.name.empty()) row.name = row.id;
        row.state = at(entry, "state").is_string() ? at(entry, "state").get<std::string>() : "not_assessed";
        row.n = std::max(0, whole(at(entry, "n")).value_or(0));
        if (row.n > 0) row.questions = words::counted("count_questions", language_, row.n);
        const Json& required = at(at(entry, "required"), "decision");
        if (required == "reached") row.required = say("map_required_reached");
        if (required == "not_reached") row.required = say("map_required_not_reached");
        if (required == "undecided") {
            const double p = std::clamp(number(at(at(entry, "required"), "p_reached")).value_or(0.5), 0.0, 1.0);
            row.required = say("map_required_undecided", {{"percent", std::to_string(std::lround(100 * p))}});
        }
        const auto low_level = whole(element(at(entry, "level_interval"), 0));
        const auto high_level = whole(element(at(entry, "level_interval"), 1));
        const auto low = number(element(at(entry, "interval"), 0));
        const auto high = number(element(at(entry, "interval"), 1));
        const auto theta = number(at(entry, "theta"));
        const bool levels = axis_.levels && low_level && high_level;
        if (row.state == "not_assessed" || (!levels && !(low && high && theta))) {
            row.state = "not_assessed";
            row.result = row.text = say("map_not_assessed");
            return row;
        }
        MapWords::Bar bar;
        bar.borrowed = row.state == "reported_as_domain";
        if (levels) {
            row.open = is_open(entry, *high_level);
            tell_levels(entry, *low_level, *high_level, row.result, row.text);
            bar.margin = {axis_.place(*low_level), axis_.place(*high_level + 1)};
            if (const auto level = whole(at(at(entry, "level"), "number")))
                bar.mark = {axis_.place(*level), axis_.place(*level + 1)};
        } else {
            constexpr double half_a_line = 0.6;  // of a hundred
            row.result = say("measure_of", {{"value", decimal(*theta, 1, language_)}});
            row.text = say(
                "map_level_between",
                {{"level", row.result}, {"range", range(decimal(*low, 1, language_), decimal(*high, 1, language_))}});
            bar.margin = {axis_.place(*low), axis_.place(*high)};
            const double middle = std::clamp(axis_.place(*theta), half_a_line, 100 - half_a_line);
            bar.mark = {middle - half_a_line, middle + half_a_line};
        }
        row.bar = bar;
        if (bar.borrowed) {
            const Key key = in_domain ? Key("map_by_domain") : Key("map_by_all");
            row.result = say(key, {{"result", row.result}});
            row.text = say(key, {{"result", row.text}});
        }
        return row;
    }

    std::vector<std::string> reading(const MapWords& words) const {
        bool marks = false, wide = false, by_domain = false, by_all = false, not_assessed = false, open = false;
        const auto see = [&](const MapWords::Row& row, bool in_domain) {
            open = open || row.open;
            not_assessed = not_assessed || row.state == "not_assessed";
            if (!row.bar) return;
            (row.bar->mark ? marks : wide) = true;
            if (row.bar->borrowed) (in_domain ? by_domain : by_all) = true;
        };
        for (const MapWords::Domain& domain : words.domains) {
            if (domain.row) see(*domain.row, true);
            for (const MapWords::Row& row : domain.scales) see(row, domain.row.has_value());
        }
        std::vector<std::string> sentences;
        if (!axis_.levels && marks) sentences.push_back(say("map_reading_measure"));
        if (axis_.levels && (marks || wide))
            sentences.push_back(say(marks ? Key("map_reading") : Key("map_reading_band")));
        if (axis_.levels && wide) sentences.push_back(say("map_wide"));
        if (open) sentences.push_back(say("map_top"));
        if (by_domain) sentences.push_back(say("map_by_domain_note"));
        if (by_all) sentences.push_back(say("map_by_all_note"));
        if (not_assessed) sentences.push_back(say("map_not_assessed_note"));
        return sentences;
    }

    // The ends of an entry's margin, levels where there are.
    std::optional<std::pair<double, double>> margin(const Json& entry) const {
        const Json& ends = at(entry, axis_.levels ? "level_interval" : "interval");
        const auto low = number(element(ends, 0)), high = number(element(ends, 1));
        if (!low || !high) return {};
        const bool open = axis_.levels && is_open(entry, static_cast<int>(*high));
        return std::pair{*low, open ? std::numeric_limits<double>::infinity() : *high};
    }

    std::vector<std::string> apart() const {
        const auto whole_of = margin(at(state_, "composites").back());
        if (!whole_of) return {};
        std::string above, below;
        int measured = 0;
        for (const Json& scale : at(state_, "scales")) {
            const auto own = margin(scale);
            if (at(scale, "state") != "measured" || !own) continue;
            ++measured;
            if (own->first <= whole_of->second && own->second >= whole_of->first) continue;
            std::string& list = own->first > whole_of->second ? above : below;
            list += (list.empty() ? "" : ", ") + say("quoted", {{"text", row(scale, false).name}});
        }
        std::vector<std::string> sentences;
        if (!above.empty()) sentences.push_back(say("map_above", {{"list", above}}));
        if (!below.empty())
            sentences.push_back(say(other_ ? Key("map_below_other") : Key("map_below"), {{"list", below}}));
        if (sentences.empty() && measured > 1) sentences.push_back(say("map_level_with_all"));
        return sentences;
    }

    static std::string with_required(const MapWords::Row& row) {
        return row.required.empty() ? row.text : row.text + "; " + row.required;
    }

    // Two that are told alike.
    static bool same(const MapWords::Row& one, const MapWords::Row& other) {
        if (!one.bar || !other.bar || one.bar->borrowed || other.bar->borrowed) return false;
        const auto is = [](const MapWords::Part& a, const MapWords::Part& b) {
            return a.from == b.from && a.to == b.to;
        };
        const auto& mark = one.bar->mark;
        return is(one.bar->margin, other.bar->margin) && mark.has_value() == other.bar->mark.has_value() &&
               (!mark || is(*mark, *other.bar->mark)) && one.open == other.open && one.n > 0 && other.n > 0;
    }

    // A domain of which every competence is told as it is itself.
    static bool alike(const MapWords::Domain& domain) {
        return domain.row && !domain.scales.empty() &&
               std::all_of(domain.scales.begin(), domain.scales.end(), [&](const MapWords::Row& scale) {
                   return same(scale, *domain.row) && scale.required == domain.scales[0].required;
               });
    }

    std::string text(const MapWords& words) const {
        std::string text;
        const auto add = [&](const std::string& name, const std::string& told) {
            text += (text.empty() ? "" : " ") + say("told", {{"reason", name}, {"change", told}});
        };
        // What is the same of all is said once.
        const auto all_alike = [&] {
            return words.domains.size() > 1 &&
                   std::all_of(words.domains.begin(), words.domains.end(), [&](const MapWords::Domain& domain) {
                       return domain.row && same(*domain.row, *words.domains[0].row) && alike(domain) &&
                              domain.scales[0].required == words.domains[0].scales[0].required;
                   });
        };
        if (all_alike()) {
            MapWords::Row told = row(at(state_, "composites")[0], false);
            told.required = words.domains[0].scales[0].required;
            add(say("map_alike_all"), with_required(told));
            return text;
        }
        for (const MapWords::Domain& domain : words.domains) {
            if (domain.scales.size() > 1 && alike(domain)) {
                MapWords::Row told = *domain.row;
                told.required = domain.scales[0].required;
                add(say("map_alike_domain", {{"domain", told.name}}), with_required(told));
                continue;
            }
            if (domain.row) add(domain.row->name, with_required(*domain.row));
            for (const MapWords::Row& row : domain.scales) add(row.name, with_required(row));
        }
        return text;
    }

    const Json& state_;
    Language language_;
    bool other_;
    Axis axis_;
};

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }

Json part_json(const MapWords::Part& part) { return {part.from, part.to}; }

Json row_json(const MapWords::Row& row) {
    Json json = {{"id", row.id},
                 {"name", row.name},
                 {"state", row.state},
                 {"result", row.result},
                 {"text", row.text},
                 {"n", row.n},
                 {"questions", text_or_null(row.questions)},
                 {"required", text_or_null(row.required)},
                 {"bar", nullptr}};
    if (row.bar)
        json["bar"] = {{"margin", part_json(row.bar->margin)},
                       {"mark", row.bar->mark ? part_json(*row.bar->mark) : Json(nullptr)},
                       {"borrowed", row.bar->borrowed}};
    return json;
}

}  // namespace

std::optional<MapWords> map_words(const Json& state, Language language, Reader reader) {
    const Json& composites = at(state, "composites");
    if (at(state, "known") != true || !composites.is_array() || composites.empty() || !at(state, "scales").is_array())
        return {};
    return MapRenderer(state, language, reader == Reader::other).words();
}

Json to_json(const MapWords& words) {
    Json ticks = Json::array();
    for (const MapWords::Tick& tick : words.ticks) ticks.push_back({{"at", tick.at}, {"text", tick.text}});
    Json domains = Json::array();
    for (const MapWords::Domain& domain : words.domains) {
        Json scales = Json::array();
        for (const MapWords::Row& row : domain.scales) scales.push_back(row_json(row));
        domains.push_back({{"row", domain.row ? row_json(*domain.row) : Json(nullptr)}, {"scales", std::move(scales)}});
    }
    const auto say = [&](Key key) { return words::text(key, words.language); };
    return {{"title", words.title},
            {"reading", words.reading},
            {"ticks", std::move(ticks)},
            {"overall", row_json(words.overall)},
            {"domains", std::move(domains)},
            {"text", words.text},
            {"table",
             {{"title", say("map_table")},
              {"competence", say("map_column_competence")},
              {"result", say("map_column_result")},
              {"questions", say("map_column_questions")}}}};
}

}  // namespace palier::host
