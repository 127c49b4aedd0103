// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/simulation_report.hpp"

#include <algorithm>
#include <cstdio>
#include <vector>

namespace palier::cli {
namespace {

std::string escaped(const std::string& text) {
    std::string out;
    for (const char ch : text) {
        if (ch == '<') {
            out += "&lt;";
        } else if (ch == '&') {
            out += "&amp;";
        } else {
            out += ch;
        }
    }
    return out;
}

std::string number(const Json& value) {
    if (value.is_number_integer()) return dump_json(value);
    if (!value.is_number()) return "–";
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.3f", value.get<double>());
    return buffer;
}

std::string row(const std::string& cell, const std::vector<std::string>& cells) {
    std::string out = "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        const std::string tag = i == 0 && cell == "td" ? "th scope=\"row\"" : cell == "th" ? "th scope=\"col\"" : cell;
        out += "<" + tag + ">" + escaped(cells[i]) + "</" + tag.substr(0, 2) + ">";
    }
    return out + "</tr>\n";
}

// Bars of one value a group; the table below says the same.
std::string bars(const std::string& title, const std::vector<std::pair<std::string, double>>& values) {
    double largest = 1e-9;
    for (const auto& [label, value] : values) largest = std::max(largest, value);
    const int height = 22 * static_cast<int>(values.size()) + 4;
    std::string out = "<figure><figcaption>" + title + "</figcaption><svg aria-hidden=\"true\" viewBox=\"0 0 600 " +
                      std::to_string(height) + "\" width=\"600\">";
    int y = 2;
    for (const auto& [label, value] : values) {
        const int width = static_cast<int>(400 * value / largest);
        out += "<text x=\"0\" y=\"" + std::to_string(y + 14) + "\">" + escaped(label) + "</text><rect x=\"110\" y=\"" +
               std::to_string(y) + "\" width=\"" + std::to_string(std::max(1, width)) +
               "\" height=\"18\" fill=\"#1d6fa5\"/><text x=\"" + std::to_string(118 + width) + "\" y=\"" +
               std::to_string(y + 14) + "\">" + number(Json(value)) + "</text>";
        y += 22;
    }
    return out + "</svg></figure>\n";
}

}  // namespace

std::string simulation_report(const Json& result) {
    std::string out =
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Palier: design study</title>\n"
        "<style>body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}table{border-collapse:"
        "collapse;margin:1rem 0}th,td{border:1px solid #999;padding:.2rem .6rem;text-align:right}svg{max-width:100%;"
        "height:auto}</style></head><body>\n<h1>Design study</h1>\n";
    out += "<p>" + number(result["persons"]) + " persons, population " + escaped(result["population"].get<std::string>()) +
           ", seed " + number(result["seed"]) + ".</p>\n<table>\n";
    const std::pair<const char*, Json> facts[] = {{"Bias (logits)", result["bias"]},
                                                  {"RMSE (logits)", result["rmse"]},
                                                  {"Mean standard error (logits)", result["se"]},
                                                  {"Truths inside the interval", result["coverage"]},
                                                  {"Mean length", result["length"]["mean"]},
                                                  {"Largest exposure rate", result["exposure"]["max"]},
                                                  {"Items never asked", result["exposure"]["unused"]},
                                                  {"Overlap of two tests", result["overlap"]}};
    for (const auto& [label, value] : facts) out += row("td", {label, number(value)});
    for (const auto& stop : result["stops"].items()) out += row("td", {"Stopped by " + stop.key(), number(stop.value())});
    out += "</table>\n<h2>By true level</h2>\n";

    std::vector<std::pair<std::string, double>> rmse, length;
    std::string table = "<table>\n" + row("th", {"Group", "Persons", "Bias", "RMSE", "SE", "Length"});
    for (const Json& group : result["by_level"]) {
        const std::string label = group["level"].is_null() ? "theta " + number(group["theta"]) : "Level " + number(group["level"]);
        rmse.emplace_back(label, group["rmse"].get<double>());
        length.emplace_back(label, group["length"]["mean"].get<double>());
        table += row("td", {label, number(group["persons"]), number(group["bias"]), number(group["rmse"]),
                            number(group["se"]), number(group["length"]["mean"])});
    }
    out += bars("RMSE in logits", rmse) + bars("Mean length in items", length) + table + "</table>\n<h2>Exposure</h2>\n";

    std::vector<std::pair<std::string, double>> rates;
    for (const Json& item : result["exposure"]["items"]) rates.emplace_back(item["item"], item["rate"].get<double>());
    std::stable_sort(rates.begin(), rates.end(), [](const auto& x, const auto& y) { return x.second > y.second; });
    if (rates.size() > 20) rates.resize(20);
    out += bars("The 20 items asked most, share of persons", rates) + "<table>\n" + row("th", {"Item", "Rate"});
    for (const auto& [item, rate] : rates) out += row("td", {item, number(Json(rate))});
    return out + "</table>\n</body></html>\n";
}

}  // namespace palier::cli
