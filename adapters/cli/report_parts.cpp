// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/report_parts.hpp"

#include <algorithm>

#include "adapters/cli/chart.hpp"
#include "adapters/text/markup.hpp"
#include "engine/version.hpp"

namespace palier::cli {
namespace {

using markup::escaped;

constexpr const char* page_style =
    "body{font:1rem/1.5 sans-serif;max-width:60rem;margin:1rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}"
    "h2{margin-top:2.5rem;border-bottom:1px solid #767676}figure{margin:1.5rem 0}figcaption{font-weight:bold}"
    "svg{max-width:100%;height:auto;font-size:13px;fill:#1a1a1a}.grid{stroke:#ddd}.zero{stroke:#767676;stroke-dasharray:4 4}"
    ".dot{fill:#0b5394;fill-opacity:.55}.part{stroke:#1a1a1a;stroke-width:.5}.key{list-style:none;padding:0;display:flex;"
    "flex-wrap:wrap;gap:.25rem 1.5rem}.scroll{overflow-x:auto}table{border-collapse:collapse;margin:1rem 0}caption{text-align:"
    "left;font-weight:bold;padding:.2rem 0}th,td{border:1px solid #767676;padding:.25rem .6rem;text-align:right}th[scope=row]"
    "{text-align:left;font-weight:normal}.note{border-left:.4rem solid #a61c00;padding:.5rem 1rem;background:#fdf3f0}"
    "form{margin:1.5rem 0;border:2px solid #0b5394;padding:0 1rem 1rem}form label{display:block;font-weight:bold}"
    "input[type=range]{width:min(100%,24rem);min-height:1.75rem;vertical-align:middle}output{margin-left:.75rem}[data-is=summary]"
    "{font-size:1.2rem;font-weight:bold;min-height:3em}"
    "@media print{.scroll{overflow:visible}h2{break-after:avoid}figure{break-inside:avoid}}";

}  // namespace

std::string report_page(const std::string& body, host::Language language) {
    const std::string title = escaped(words::text("study_title", language));
    return std::string("<!DOCTYPE html>\n<html lang=\"") + host::code_of(language) +
           "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>Palier: " +
           title + "</title>\n<style>" + page_style + "</style></head><body><main>\n<h1>" + title + "</h1>\n" + body +
           "</main></body></html>\n";
}

std::string ReportParts::number(const Json& value, int digits) const {
    if (value.is_number_integer()) return dump_json(value);
    return value.is_number() ? host::decimal(value.get<double>(), digits, language) : "–";
}

std::string ReportParts::percent(const Json& value) const {
    return value.is_number() ? host::percent(value.get<double>(), 1, language) : "–";
}

std::string ReportParts::conditions(const Bank& bank, const Plan& plan) const {
    const Json& p = result["population"];
    const std::string population_text = p.is_string() ? p.get<std::string>() : dump_json(p);
    return table(say("study_conditions"), {},
                 {{say("study_persons"), number(result["persons"])},
                  {say("study_population"), population_text},
                  {say("study_seed"), number(result["seed"])},
                  {say("study_questions_in_the_bank"), std::to_string(bank.size())},
                  {say("study_bank"), bank.hash().substr(0, 16)},
                  {say("study_plan"), plan.hash.substr(0, 16)},
                  {say("study_engine"), engine_version}});
}

std::string ReportParts::warnings() const {
    if (result["warnings"].empty()) return "";
    std::string out = "<div class=\"note\" role=\"note\"><h2>" + say("study_cannot_keep") + "</h2><ul>";
    for (const Json& warning : result["warnings"])
        out += "<li>" + escaped(warning["message"].get<std::string>()) + "</li>";
    return out + "</ul></div>\n";
}

std::string ReportParts::stops() const {
    std::vector<Bar> bars;
    std::vector<std::vector<std::string>> rows;
    const double n = result["persons"].get<double>();
    for (const auto& stop : result["stops"].items()) {
        bars.push_back({stop.key(), {stop.value().get<double>() / n}});
        rows.push_back({stop.key(), words::stop_sentence(stop.key(), language), number(stop.value()),
                        percent(stop.value().get<double>() / n)});
    }
    const ChartText text{say("study_why_the_tests_stop"), say("study_bar_a_reason"), "", "", language};
    return "<h2>" + say("study_how_the_tests_end") + "</h2>" + share_chart(text, {say("study_share")}, bars) +
           table(text.title, {say("study_reason"), words::text("in_words", language), "n", say("study_share")}, rows);
}

std::string ReportParts::exposure() const {
    std::vector<std::pair<std::string, double>> rates;
    for (const Json& item : result["exposure"]["items"]) rates.emplace_back(item["item"], value(item["rate"]));
    std::stable_sort(rates.begin(), rates.end(), [](const auto& x, const auto& y) { return x.second > y.second; });
    Series curve{say("study_rate"), {}};
    for (std::size_t i = 0; i < rates.size(); ++i)
        curve.points.emplace_back(static_cast<double>(i + 1), rates[i].second);
    const ChartText text{say("study_most_to_least"), say("study_asked_share"), say("study_rank"),
                         say("study_share_of_persons"), language};
    std::vector<std::vector<std::string>> rows;
    for (std::size_t i = 0; i < std::min<std::size_t>(20, rates.size()); ++i)
        rows.push_back({rates[i].first, percent(rates[i].second)});
    return "<h2>" + say("study_exposure") + "</h2>" + line_chart(text, {curve}) +
           table(say("study_most_asked"), {"Question", say("study_share")}, rows);
}

}  // namespace palier::cli
