// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/standalone/trainer_story.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/sentence.hpp"

namespace palier::standalone {
namespace {

/// What is known after an answer, in logits.
struct CurvePoint {
    int n = 0;
    std::string question, level;
    double theta = 0, low = 0, high = 0;
};

constexpr double largest_drawn = 1000;  // logits: what another program says may be any number
constexpr double width = 640, height = 220, left = 44, bottom = 26;

std::string figure(double value, int digits) {
    char text[64];
    std::snprintf(text, sizeof text, "%.*f", digits, value);
    return text;
}

/// "−0,42" or "−0.42".
std::string told_figure(double value, const Reader& reader) {
    std::string text = figure(std::fabs(value), 2);
    if (reader.french) std::replace(text.begin(), text.end(), '.', ',');
    return value < 0 && text.find_first_of("123456789") != std::string::npos ? "−" + text : text;
}

std::string told_level(const nlohmann::json& statement, const Reader& reader) {
    const auto level = xapi::told_number(statement, "level");
    if (!level) return "";
    const auto low = xapi::told_number(statement, "level-low"), high = xapi::told_number(statement, "level-high");
    const auto whole = [](double value) { return figure(value, 0); };
    if (!low || !high || *low == *high) return whole(*level);
    return reader.say("level_between", {{"level", whole(*level)}, {"low", whole(*low)}, {"high", whole(*high)}});
}

std::vector<CurvePoint> curve_of(const std::vector<nlohmann::json>& statements, const Reader& reader) {
    std::vector<CurvePoint> points;
    int n = 0;
    for (const auto& statement : statements) {
        if (xapi::verb_of(statement) != "http://adlnet.gov/expapi/verbs/answered") continue;
        ++n;
        const auto theta = xapi::told_number(statement, "theta");
        const auto low = xapi::told_number(statement, "interval-low"),
                   high = xapi::told_number(statement, "interval-high");
        if (!theta || !low || !high) continue;
        const auto is_drawn = [](double value) { return std::fabs(value) <= largest_drawn; };
        if (!is_drawn(*theta) || !is_drawn(*low) || !is_drawn(*high) || *low > *high) continue;
        points.push_back({n, xapi::activity_name(statement.at("object"), reader.code()), told_level(statement, reader),
                          *theta, *low, *high});
    }
    return points;
}

/// It says nothing that the table does not say.
std::string drawing(const std::vector<CurvePoint>& points) {
    double least = points[0].low, most = points[0].high;
    for (const CurvePoint& one : points) least = std::min(least, one.low), most = std::max(most, one.high);
    least = std::floor(least), most = std::max(std::ceil(most), least + 1);
    const double wide = (width - left) / static_cast<double>(points.size());
    const auto x = [&](std::size_t i) { return left + wide * (static_cast<double>(i) + 0.5); };
    const auto y = [&](double theta) { return 8 + (height - bottom - 8) * (most - theta) / (most - least); };
    std::string parts;
    const double step = std::max(1.0, std::ceil((most - least) / 6));
    for (double at = least; at <= most; at += step) {
        parts += "<line class=\"grid\" x1=\"" + figure(left, 0) + "\" x2=\"" + figure(width, 0) + "\" y1=\"" +
                 figure(y(at), 1) + "\" y2=\"" + figure(y(at), 1) + "\"/><text x=\"4\" y=\"" + figure(y(at) + 4, 1) +
                 "\">" + (at < 0 ? "−" : "") + figure(std::fabs(at), 0) + "</text>";
    }
    std::string line;
    const std::size_t every = (points.size() + 9) / 10;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const CurvePoint& one = points[i];
        parts += "<rect class=\"margin\" x=\"" + figure(x(i) - wide * 0.3, 1) + "\" y=\"" + figure(y(one.high), 1) +
                 "\" width=\"" + figure(wide * 0.6, 1) + "\" height=\"" +
                 figure(std::max(1.0, y(one.low) - y(one.high)), 1) + "\" rx=\"2\"/>";
        if (i % every == 0)
            parts += "<text class=\"n\" x=\"" + figure(x(i), 1) + "\" y=\"" + figure(height - 8, 0) + "\">" +
                     std::to_string(one.n) + "</text>";
        line += (line.empty() ? "" : " ") + figure(x(i), 1) + "," + figure(y(one.theta), 1);
    }
    parts += "<polyline class=\"line\" points=\"" + line + "\"/>";
    for (std::size_t i = 0; i < points.size(); ++i)
        parts += "<circle class=\"dot\" cx=\"" + figure(x(i), 1) + "\" cy=\"" + figure(y(points[i].theta), 1) +
                 "\" r=\"3.5\"/>";
    return "<svg viewBox=\"0 0 " + figure(width, 0) + " " + figure(height, 0) +
           "\" aria-hidden=\"true\" focusable=\"false\">" + parts + "</svg>\n";
}

std::string twin(const std::vector<CurvePoint>& points, const std::string& title, const Reader& reader) {
    std::string rows;
    for (const CurvePoint& one : points)
        rows += "<tr><th scope=\"row\">" + std::to_string(one.n) + "</th><td>" + escaped(one.question) + "</td><td>" +
                escaped(one.level.empty() ? "–" : one.level) + "</td><td>" + told_figure(one.theta, reader) +
                "</td><td>" + told_figure(one.low, reader) + "</td><td>" + told_figure(one.high, reader) +
                "</td></tr>\n";
    std::string head;
    for (const words::Key key : {words::Key("trainer_number"), words::Key("trainer_question"), words::Key("level"),
                                 words::Key("trainer_ability"), words::Key("trainer_low"), words::Key("trainer_high")})
        head += "<th scope=\"col\">" + reader.say(key) + "</th>";
    return "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(title) +
           "\">\n<table><caption>" + title + "</caption>\n<thead><tr>" + head + "</tr></thead>\n<tbody>\n" + rows +
           "</tbody></table></div>\n";
}

std::string why_stopped(const std::vector<nlohmann::json>& statements, const Reader& reader) {
    for (auto statement = statements.rbegin(); statement != statements.rend(); ++statement)
        if (const std::string reason = xapi::told_text(*statement, "stop-reason"); !reason.empty())
            return words::stop_sentence(reason, reader.language(), true);
    return "";
}

}  // namespace

std::string attempt_story(const std::vector<nlohmann::json>& statements, const Reader& reader,
                          const std::string& root) {
    const auto points = curve_of(statements, reader);
    std::string body;
    if (points.size() > 1) {
        const std::string title = reader.say("trainer_curve");
        body += "<figure class=\"curve\"><figcaption>" + title + "</figcaption>\n" + drawing(points) +
                "</figure>\n<p>" + reader.say("trainer_curve_text") + "</p>\n";
    }
    if (const std::string stop = why_stopped(statements, reader); !stop.empty())
        body += "<p class=\"notice\">" + escaped(stop) + "</p>\n";
    body += "<h2>" + reader.say("trainer_steps") + "</h2>\n<ol class=\"steps\">\n";
    for (const auto& statement : statements) {
        const std::string sentence = xapi::sentence(statement, reader.code());
        body += "<li><span class=\"sentence\">" + escaped(sentence) + "</span> <a class=\"json\" href=\"" + root +
                "/statement?lang=" + reader.code() +
                "&amp;id=" + escaped(xapi::encode(statement.value("id", std::string()))) +
                "\">JSON<span class=\"hidden\"> – " + escaped(sentence) + "</span></a></li>\n";
    }
    body += "</ol>\n";
    if (points.size() > 1) body += twin(points, reader.say("trainer_twin"), reader);
    return body;
}

}  // namespace palier::standalone
