// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/simulation_report.hpp"

#include <algorithm>
#include <cmath>

#include "adapters/cli/chart.hpp"
#include "adapters/cli/report_parts.hpp"
#include "adapters/host/story_sentences.hpp"
#include "adapters/text/markup.hpp"
#include "engine/version.hpp"

namespace palier::cli {
namespace {

using markup::escaped;

class Report {
public:
    Report(const Json& result, const Bank& bank, const Plan& plan, host::Language language, const std::string& engine)
        : result_(result), bank_(bank), plan_(plan), language_(language), engine_(engine), parts_{result, language} {}

    std::string page() const {
        return report_page(parts_.conditions(bank_, plan_) + parts_.warnings() + adjustable() + summary() +
                               parts_.stops() + precision() + decisions() + estimates() + bank() + parts_.exposure(),
                           language_);
    }

private:
    std::string say(words::Key key, const words::Values& values = {}) const {
        return words::text(key, language_, values);
    }
    std::string number(const Json& value, int digits = 3) const { return parts_.number(value, digits); }
    std::string percent(const Json& value) const { return parts_.percent(value); }
    std::string group(const Json& entry) const {
        return entry["level"].is_null() ? "θ " + number(entry["theta"], 1)
                                        : say("study_level", {{"level", number(entry["level"])}});
    }
    static double value(const Json& json) { return ReportParts::value(json); }

    // A text inside a script element: nothing in it may end the element.
    static std::string inside_script(std::string text) {
        for (std::size_t at = 0; (at = text.find("</", at)) != std::string::npos;) text.replace(at, 2, "<\\/");
        return text;
    }

    // One slider; `first` and `last` are what it says at its left and right end.
    std::string slider(const char* key, const std::string& label, double first, double last, double step,
                       double now) const {
        const double sum = first > last ? first + last : 0;
        const auto text = [](double x) { return dump_json(std::round(100 * x) / 100); };
        return std::string("<p><label for=\"palier-") + key + "\">" + escaped(label) +
               "</label><input type=\"range\" id=\"palier-" + key + "\" data-key=\"" + key + "\" data-sum=\"" +
               text(sum) + "\" min=\"" + text(std::min(first, last)) + "\" max=\"" + text(std::max(first, last)) +
               "\" step=\"" + text(step) + "\" value=\"" + text(sum > 0 ? sum - now : now) +
               "\"><output for=\"palier-" + key + "\"></output></p>";
    }

    std::string adjustable() const {
        if (engine_.empty()) return "";
        const int longest = plan_.stop.max_items.value_or(bank_.size());
        const double wanted = plan_.stop.standard_error.value_or(0);
        constexpr int persons = 400;
        const auto forms = [&](words::Key key) {
            return Json{{"one", words::counted(key, language_, 1, {{"n", "{n}"}})}, {"other", say(key)}};
        };
        const Json words = {{"standard_error", say("study_wanted_error")},
                            {"max_items", forms("study_wanted_length")},
                            {"questions", forms("count_questions")},
                            {"expected_levels", forms("expected_levels")},
                            {"expected_logits", forms("expected_logits")},
                            {"expected_between", say("expected_between")},
                            {"expected_same", say("expected_same")},
                            {"row", say("study_level")},
                            {"yes", say("study_yes")},
                            {"no", say("study_no")}};
        const Json data = {{"items", bank_.to_json()},
                           {"plan", plan_.normalised},
                           {"words", words},
                           {"options", {{"persons", persons}, {"seed", 1}, {"lang", host::code_of(language_)}}}};
        std::string out = "<form id=\"palier-adjustable\" hidden><h2>" + say("study_try_another_setting") + "</h2><p>" +
                          say("study_sliders", {{"n", std::to_string(persons)}}) + "</p>";
        if (wanted > 0)
            out += slider("standard_error", say("study_from_quick_to_precise"), std::max(1.0, wanted),
                          std::min(0.2, wanted), 0.05, wanted);
        out += slider("max_items", say("study_greatest_length"), 1, std::max(longest, std::min(60, bank_.size())), 1,
                      longest);
        out +=
            "<div role=\"status\"><p data-is=\"summary\"></p><p data-is=\"interval\"></p></div><ul data-is=\"notes\"></ul>" +
            table(say("study_by_level_with_this_setting"),
                  {say("study_group"), say("study_questions_in_the_bank"), say("study_length"),
                   say("study_standard_error"), say("study_promise_kept")},
                  {}) +
            "</form>\n";
        const auto script = [](const char* attributes, const std::string& text) {
            return std::string("<script") + attributes + ">" + inside_script(text) + "</script>\n";
        };
        return out + script(" type=\"application/json\" id=\"palier-data\"", dump_json(data)) +
               script(" type=\"text/plain\" id=\"palier-engine\"", engine_) + script("", adjustable_script);
    }

    std::string summary() const {
        const Json& length = result_["length"];
        std::vector<std::vector<std::string>> rows = {
            {say("study_bias_logits"), number(result_["bias"])},
            {say("study_rmse_logits"), number(result_["rmse"])},
            {say("study_mean_standard_error"), number(result_["se"])},
            {say("study_coverage"), percent(result_["coverage"])},
            {say("study_mean_length"), number(length["mean"], 1)},
            {say("study_length_shortest_to_longest"), number(length["min"]) + "–" + number(length["max"])},
            {say("study_largest_exposure_rate"), percent(result_["exposure"]["max"])},
            {say("study_questions_never_asked"), number(result_["exposure"]["unused"])},
            {say("study_overlap_of_two_tests"), percent(result_["overlap"])}};
        if (result_.contains("kept")) rows.push_back({say("study_kept"), percent(result_["kept"])});
        return "<h2>" + say("study_in_short") + "</h2>" + table(say("study_results"), {}, rows);
    }

    std::string precision() const {
        Series bias{say("study_bias"), {}}, rmse{say("study_rmse"), {}}, se{say("study_standard_error"), {}},
            length{say("study_length"), {}};
        std::vector<std::vector<std::string>> rows;
        for (const Json& entry : result_["by_level"]) {
            const double theta = value(entry["theta"]);
            bias.points.emplace_back(theta, value(entry["bias"]));
            rmse.points.emplace_back(theta, value(entry["rmse"]));
            se.points.emplace_back(theta, value(entry["se"]));
            length.points.emplace_back(theta, value(entry["length"]["mean"]));
            rows.push_back({group(entry), number(entry["persons"]), number(entry["bias"]), number(entry["rmse"]),
                            number(entry["se"]), percent(entry["coverage"]), number(entry["length"]["mean"], 1),
                            entry.contains("kept") ? percent(entry["kept"]) : "–"});
        }
        const std::string x = say("study_true_ability_in_logits");
        const ChartText errors{say("study_errors_by_true_ability"), say("study_bias_near_zero"), x, "logits",
                               language_};
        const ChartText lengths{say("study_length_by_true_ability"), say("study_mean_questions"), x, "questions",
                                language_};
        return "<h2>" + say("study_precision_and_length") + "</h2>" + line_chart(errors, {bias, rmse, se}, true) +
               line_chart(lengths, {length}) +
               table(say("study_by_true_level"),
                     {say("study_group"), say("study_persons"), say("study_bias"), "RMSE", say("study_standard_error"),
                      say("study_inside_the_interval"), say("study_length"), say("study_promise_kept")},
                     rows);
    }

    // What was said about one cut, by true level.
    std::string decision(const std::string& title, const std::vector<Json>& cuts) const {
        const std::vector<std::string> parts = {say("study_below"), say("study_undecided"), say("study_above")};
        std::vector<Bar> bars;
        std::vector<std::vector<std::string>> rows;
        for (std::size_t i = 0; i < cuts.size(); ++i) {
            const Json& cut = cuts[i];
            const std::string name = group(result_["by_level"][i]);
            bars.push_back({name, {value(cut["below"]), value(cut["undecided"]), value(cut["above"])}});
            rows.push_back({name, percent(cut["below"]), percent(cut["undecided"]), percent(cut["above"]),
                            percent(cut["right"]), percent(cut["wrong"])});
        }
        const ChartText text{title, say("study_bar_a_level"), "", "", language_};
        return share_chart(text, parts, bars) +
               table(title, {say("study_group"), parts[0], parts[1], parts[2], say("study_right"), say("study_wrong")},
                     rows);
    }

    std::string decisions() const {
        std::string out;
        const auto of = [&](const char* key) {
            std::vector<Json> cuts;
            for (const Json& entry : result_["by_level"]) cuts.push_back(entry[key]);
            return cuts;
        };
        const auto at = [&](const Json& cut) { return number(cut["theta"], 2) + " logits"; };
        if (result_.contains("threshold"))
            out += decision(say("study_threshold_at", {{"theta", at(result_["threshold"])}}), of("threshold"));
        if (result_.contains("floor"))
            out += decision(say("study_floor_at", {{"theta", at(result_["floor"])}}), of("floor"));
        if (result_.contains("classification")) {
            const Json& all = result_["classification"];
            for (std::size_t k = 0; k < all["cuts"].size(); ++k) {
                std::vector<Json> cuts;
                for (const Json& entry : result_["by_level"]) cuts.push_back(entry["classification"]["cuts"][k]);
                out += decision(say("study_classification_at", {{"theta", at(all["cuts"][k])}}), cuts);
            }
            out += table(say("study_classification_all_cuts"), {},
                         {{say("study_right"), percent(all["right"])},
                          {say("study_wrong"), percent(all["wrong"])},
                          {say("study_undecided"), percent(all["undecided"])}});
        }
        if (result_.contains("levels"))
            out += table(say("study_levels"), {},
                         {{say("study_level_right"), percent(result_["levels"]["right"])},
                          {say("study_level_near"), percent(result_["levels"]["near"])}});
        return out.empty() ? "" : "<h2>" + say("study_decisions") + "</h2>" + out;
    }

    std::string estimates() const {
        if (!result_.contains("sample")) return "";
        std::vector<std::pair<double, double>> points;
        for (const Json& person : result_["sample"])
            if (person["theta"].is_number()) points.emplace_back(value(person["theta"]), value(person["estimate"]));
        const ChartText text{say("study_estimate_and_true_ability"),
                             say("study_dots", {{"n", std::to_string(points.size())}}),
                             say("study_true_ability_in_logits"), say("study_estimate_in_logits"), language_};
        return "<h2>" + say("study_estimates") + "</h2>" + dot_chart(text, points);
    }

    std::string bank() const {
        Series curve{say("study_information_of_the_bank"), {}};
        std::vector<std::vector<std::string>> rows;
        std::size_t i = 0;
        for (const Json& point : result_["information"]) {
            curve.points.emplace_back(value(point["theta"]), value(point["value"]));
            if (i++ % 4 == 0) rows.push_back({number(point["theta"], 1), number(point["value"], 2)});
        }
        const ChartText text{say("study_where_the_bank_can_tell"), say("study_higher_line"),
                             say("study_ability_in_logits"), say("study_information"), language_};
        return "<h2>" + say("study_bank") + "</h2>" + line_chart(text, {curve}) +
               table(text.title, {say("study_ability"), "Information"}, rows);
    }

    const Json& result_;
    const Bank& bank_;
    const Plan& plan_;
    host::Language language_;
    const std::string& engine_;
    ReportParts parts_;
};

}  // namespace

std::string simulation_report(const Json& result, const Bank& bank, const Plan& plan, host::Language language,
                              const std::string& engine) {
    if (plan.map) return map_report(result, bank, plan, language);
    return Report(result, bank, plan, language, engine).page();
}

}  // namespace palier::cli
