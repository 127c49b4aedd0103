// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/map_table.hpp"

#include "adapters/standalone/html.hpp"

namespace palier::standalone {
namespace {

std::string text(const Json& value) { return value.is_string() ? escaped(value.get<std::string>()) : ""; }

std::string rectangle(const Json& part, const char* kind, double y, double height) {
    const double from = part[0].get<double>(), to = part[1].get<double>();
    return std::string("<rect class=\"") + kind + "\" x=\"" + dump_json(from) + "\" width=\"" + dump_json(to - from) +
           "\" y=\"" + dump_json(y) + "\" height=\"" + dump_json(height) + "\"/>";
}

std::string bar(const Json& bar) {
    if (!bar.is_object()) return "";
    std::string inside = rectangle(bar.at("margin"), bar.at("borrowed").get<bool>() ? "borrowed" : "margin", 2.5, 5);
    if (bar.at("mark").is_array()) inside += rectangle(bar["mark"], "mark", 0.5, 9);
    return "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">" + inside + "</svg>";
}

std::string line(const Json& row, const char* scope, const char* kind) {
    const std::string required = text(row.at("required"));
    return std::string("<tr class=\"") + kind + "\"><th scope=\"" + scope + "\">" + text(row.at("name")) + "</th><td>" +
           text(row.at("text")) + (required.empty() ? "" : "<br>" + required) + bar(row.at("bar")) + "</td><td>" +
           (row.at("questions").is_string() ? text(row["questions"]) : "–") + "</td></tr>\n";
}

}  // namespace

std::string map_table(const Json& map) {
    const Json& words = map.at("table");
    std::string html = "<h2 id=\"map\">" + text(map.at("title")) + "</h2>\n";
    for (const Json& sentence : map.at("reading")) html += "<p class=\"hint\">" + text(sentence) + "</p>\n";
    html += "<table class=\"map\" aria-labelledby=\"map\">\n<thead><tr><th scope=\"col\">" +
            text(words.at("competence")) + "</th><th scope=\"col\">" + text(words.at("result")) +
            "</th><th scope=\"col\">" + text(words.at("questions")) + "</th></tr></thead>\n";
    for (const Json& domain : map.at("domains")) {
        html += "<tbody>\n";
        if (domain.at("row").is_object()) html += line(domain["row"], "rowgroup", "domain");
        for (const Json& row : domain.at("scales")) html += line(row, "row", "scale");
        html += "</tbody>\n";
    }
    return html + "</table>\n";
}

}  // namespace palier::standalone
