// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/chart.hpp"
#include "adapters/cli/report_parts.hpp"

// The report of a design study of several competences: what each will show, how sure it is, how much its answers tell.
// Every drawing has its table.

namespace palier::cli {
namespace {

class MapReport {
public:
    MapReport(const Json& result, const Bank& bank, const Plan& plan, host::Language language)
        : result_(result), bank_(bank), plan_(plan), language_(language), parts_{result, language} {}

    std::string page() const {
        return report_page(parts_.conditions(bank_, plan_) + parts_.warnings() + summary() + scales() + composites() +
                               shown() + explained() + by_level() + parts_.stops() + parts_.exposure(),
                           language_);
    }

private:
    using Rows = std::vector<std::vector<std::string>>;

    std::string say(words::Key key) const { return parts_.say(key); }
    std::string number(const Json& value, int digits = 2) const { return parts_.number(value, digits); }
    std::string percent(const Json& value) const { return parts_.percent(value); }

    std::string name(const Json& entry) const {
        if (entry.contains("kind")) {
            if (entry["kind"] == "overall") return say("map_overall");
            for (const DomainRules& domain : plan_.map->domains)
                if (entry["id"] == domain.id && !domain.name.is_null()) return host::text_of(domain.name, language_);
        } else if (!entry["name"].is_null()) {
            return host::text_of(entry["name"], language_);
        }
        return entry["id"].get<std::string>();
    }

    std::string summary() const {
        const Json& length = result_["length"];
        return "<h2>" + say("study_in_short") + "</h2>" +
               table(say("study_results"), {},
                     {{say("study_scales_in_the_plan"), std::to_string(result_["scales"].size())},
                      {say("study_mean_length"), number(length["mean"], 1)},
                      {say("study_length_shortest_to_longest"), number(length["min"]) + "–" + number(length["max"])},
                      {say("study_largest_exposure_rate"), percent(result_["exposure"]["max"])},
                      {say("study_questions_never_asked"), number(result_["exposure"]["unused"])},
                      {say("study_overlap_of_two_tests"), percent(result_["overlap"])}});
    }

    std::vector<std::string> head(words::Key first) const {
        std::vector<std::string> cells = {say(first),
                                          say("study_own"),
                                          say("study_bias"),
                                          "RMSE",
                                          say("study_standard_error"),
                                          say("study_inside_the_interval"),
                                          say("study_inside_95"),
                                          say("study_prmse")};
        if (!plan_.levels) return cells;
        cells.push_back(say("study_level_shown"));
        cells.push_back(say("study_of_these_right"));
        cells.push_back(say("study_band_shown"));
        cells.push_back(say("study_of_these_right"));
        return cells;
    }

    std::vector<std::string> cells(const std::string& name, const Json& entry) const {
        std::vector<std::string> row = {name,
                                        number(entry["own"], 1),
                                        number(entry["bias"]),
                                        number(entry["rmse"]),
                                        number(entry["se"]),
                                        percent(entry["coverage"]),
                                        percent(entry["coverage_95"]),
                                        percent(entry["prmse"])};
        if (plan_.levels)
            for (const char* what : {"level", "band"})
                for (const char* part : {"told", "right"}) row.push_back(percent(entry[what][part]));
        return row;
    }

    std::string scales() const {
        Rows rows, states;
        for (const Json& entry : result_["scales"]) {
            rows.push_back(cells(name(entry), entry));
            states.push_back({name(entry), percent(entry["measured"]), percent(entry["reported_as_domain"]),
                              percent(entry["not_assessed"])});
        }
        return "<h2>" + say("study_by_competence") + "</h2>" +
               table(say("study_by_competence"), head("study_competence"), rows) +
               table(say("study_how_it_is_told"),
                     {say("study_competence"), say("study_told_itself"), say("study_told_by_domain"),
                      say("map_not_assessed")},
                     states);
    }

    std::string composites() const {
        Rows rows;
        for (const Json& entry : result_["composites"]) rows.push_back(cells(name(entry), entry));
        return "<h2>" + say("study_by_domain") + "</h2>" +
               table(say("study_by_domain"), head("map_column_competence"), rows);
    }

    // Of what is told (a level, or a band), how often, and how often it is right; the tables above say the same.
    std::string shown_chart(words::Key title, const char* what) const {
        std::vector<Bar> bars;
        Rows rows;
        for (const Json& entry : result_["scales"]) {
            const double told = ReportParts::value(entry[what]["told"]),
                         right = ReportParts::value(entry[what]["right"]);
            const std::vector<double> shares = {told * right, told * (1 - right), 1 - told};
            bars.push_back({entry["id"].get<std::string>(), shares});
            rows.push_back({entry["id"].get<std::string>() + " " + name(entry), percent(shares[0]), percent(shares[1]),
                            percent(shares[2])});
        }
        const std::vector<std::string> parts = {say("study_shown_right"), say("study_shown_wrong"),
                                                say("study_not_shown")};
        const ChartText text{say(title), say("study_bar_a_competence"), "", "", language_};
        return share_chart(text, parts, bars) +
               table(text.title, {say("study_competence"), parts[0], parts[1], parts[2]}, rows);
    }

    std::string shown() const {
        if (!plan_.levels) return "";
        return "<h2>" + say("study_shown") + "</h2>" + shown_chart("study_what_is_shown", "level") +
               (plan_.levels->names.empty() ? "" : shown_chart("study_what_is_shown_band", "band"));
    }

    std::string explained() const {
        std::vector<Bar> bars;
        Rows rows;
        for (const Json& entry : result_["scales"]) {
            const double prmse = ReportParts::value(entry["prmse"]);
            bars.push_back({entry["id"].get<std::string>(), {prmse, 1 - prmse}});
            rows.push_back({entry["id"].get<std::string>() + " " + name(entry), percent(prmse), percent(1 - prmse)});
        }
        const std::vector<std::string> parts = {say("study_explained"), say("study_left")};
        const ChartText text{say("study_how_much_explained"), say("study_bar_explained"), "", "", language_};
        return "<h2>PRMSE</h2>" + share_chart(text, parts, bars) +
               table(text.title, {say("study_competence"), parts[0], parts[1]}, rows);
    }

    std::string by_level() const {
        Series bias{say("study_bias"), {}}, rmse{"RMSE", {}}, se{say("study_standard_error"), {}};
        Rows rows;
        for (const Json& entry : result_["by_level"]) {
            const bool levels = entry["level"].is_number();
            const double x = ReportParts::value(levels ? entry["level"] : entry["theta"]);
            bias.points.emplace_back(x, ReportParts::value(entry["bias"]));
            rmse.points.emplace_back(x, ReportParts::value(entry["rmse"]));
            se.points.emplace_back(x, ReportParts::value(entry["se"]));
            const std::string group = levels ? parts_.say("study_level", {{"level", number(entry["level"])}})
                                             : "θ " + number(entry["theta"], 1);
            rows.push_back({group, number(entry["persons"]), number(entry["bias"]), number(entry["rmse"]),
                            number(entry["se"]), percent(entry["coverage"]), percent(entry["coverage_95"])});
        }
        const words::Key x = plan_.levels ? words::Key("study_true_level") : words::Key("study_true_ability_in_logits");
        const ChartText text{say("study_errors_by_true_level"), say("study_bias_near_zero"), say(x), "logits",
                             language_};
        return "<h2>" + say("study_by_true_level") + "</h2>" + line_chart(text, {bias, rmse, se}, true) +
               table(text.title,
                     {say("study_group"), "n", say("study_bias"), "RMSE", say("study_standard_error"),
                      say("study_inside_the_interval"), say("study_inside_95")},
                     rows);
    }

    const Json& result_;
    const Bank& bank_;
    const Plan& plan_;
    host::Language language_;
    ReportParts parts_;
};

}  // namespace

std::string map_report(const Json& result, const Bank& bank, const Plan& plan, host::Language language) {
    return MapReport(result, bank, plan, language).page();
}

}  // namespace palier::cli
