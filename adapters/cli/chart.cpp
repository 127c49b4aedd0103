// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/chart.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "adapters/text/markup.hpp"

namespace palier::cli {
namespace {

using markup::escaped;

constexpr double chart_width = 640;
constexpr double chart_height = 320;
constexpr double margin_left = 64;
constexpr double margin_right = 16;
constexpr double margin_top = 12;
constexpr double margin_bottom = 48;

struct Look {
    const char* colour;
    const char* dashes;
};
constexpr std::array<Look, 4> looks = {
    {{"#0b5394", ""}, {"#a61c00", "8 4"}, {"#38761d", "2 4"}, {"#5b3a8e", "10 3 2 3"}}};

std::string number(double x, int digits = 1) {
    char buffer[64];
    std::snprintf(buffer, sizeof buffer, "%.*f", digits, x);
    std::string text = buffer;
    std::replace(text.begin(), text.end(), ',', '.');
    return text;
}

// A step of 1, 2 or 5 times a power of ten that parts the span into about `wanted`.
double round_step(double span, int wanted) {
    const double raw = span / wanted;
    const double power = std::pow(10.0, std::floor(std::log10(raw)));
    const double rest = raw / power;
    return power * (rest <= 1 ? 1 : rest <= 2 ? 2 : rest <= 5 ? 5 : 10);
}

class Frame {
public:
    Frame(const ChartText& text, double x_low, double x_high, double y_low, double y_high)
        : text_(text),
          x_step_(round_step(std::max(1e-9, x_high - x_low), 8)),
          y_step_(round_step(std::max(1e-9, y_high - y_low), 5)),
          x_low_(std::floor(x_low / x_step_ + 1e-9) * x_step_),
          x_high_(std::ceil(x_high / x_step_ - 1e-9) * x_step_),
          y_low_(std::floor(y_low / y_step_ + 1e-9) * y_step_),
          y_high_(std::ceil(y_high / y_step_ - 1e-9) * y_step_) {
        if (!(x_high_ > x_low_)) x_high_ = x_low_ + x_step_;
        if (!(y_high_ > y_low_)) y_high_ = y_low_ + y_step_;
    }
    double x(double value) const {
        return margin_left + (value - x_low_) / (x_high_ - x_low_) * (chart_width - margin_left - margin_right);
    }
    double y(double value) const {
        return chart_height - margin_bottom -
               (value - y_low_) / (y_high_ - y_low_) * (chart_height - margin_top - margin_bottom);
    }
    double x_low() const { return x_low_; }
    double x_high() const { return x_high_; }

    std::string axes() const {
        std::string out;
        const auto digits = [](double step) { return step >= 1 ? 0 : step >= 0.1 ? 1 : step >= 0.01 ? 2 : 3; };
        for (double v = y_low_; v <= y_high_ + 1e-9; v += y_step_)
            out += "<line class=\"grid\" x1=\"" + number(margin_left) + "\" x2=\"" +
                   number(chart_width - margin_right) + "\" y1=\"" + number(y(v)) + "\" y2=\"" + number(y(v)) +
                   "\"/><text text-anchor=\"end\" x=\"" + number(margin_left - 6) + "\" y=\"" + number(y(v) + 4) +
                   "\">" + host::decimal(v, digits(y_step_), text_.language) + "</text>";
        for (double v = x_low_; v <= x_high_ + 1e-9; v += x_step_)
            out += "<text text-anchor=\"middle\" x=\"" + number(x(v)) + "\" y=\"" +
                   number(chart_height - margin_bottom + 18) + "\">" +
                   host::decimal(v, digits(x_step_), text_.language) + "</text>";
        return out + "<text text-anchor=\"middle\" x=\"" + number((margin_left + chart_width - margin_right) / 2) +
               "\" y=\"" + number(chart_height - 8) + "\">" + escaped(text_.x) +
               "</text><text text-anchor=\"middle\" transform=\"translate(14 " +
               number((margin_top + chart_height - margin_bottom) / 2) + ") rotate(-90)\">" + escaped(text_.y) +
               "</text>";
    }

private:
    const ChartText& text_;
    double x_step_, y_step_;
    double x_low_, x_high_, y_low_, y_high_;
};

std::string figure(const ChartText& text, double high, const std::string& inside, const std::string& key) {
    return "<figure><figcaption>" + escaped(text.title) + "</figcaption><svg role=\"img\" viewBox=\"0 0 " +
           number(chart_width, 0) + " " + number(high, 0) + "\"><title>" + escaped(text.title) + "</title><desc>" +
           escaped(text.description) + "</desc>" + inside + "</svg>" + key + "<p>" + escaped(text.description) +
           "</p></figure>\n";
}

std::string mark(std::size_t kind, double x, double y, const char* colour) {
    const std::string fill = std::string("\" fill=\"") + colour + "\"/>";
    if (kind % 3 == 0) return "<circle r=\"4\" cx=\"" + number(x) + "\" cy=\"" + number(y) + fill;
    if (kind % 3 == 1) return "<rect width=\"8\" height=\"8\" x=\"" + number(x - 4) + "\" y=\"" + number(y - 4) + fill;
    return "<path d=\"M" + number(x) + " " + number(y - 5) + "l5 9h-10z" + fill;
}

}  // namespace

std::string line_chart(const ChartText& text, const std::vector<Series>& series, bool zero) {
    double x_low = 1e300, x_high = -1e300, y_low = zero ? 0 : 1e300, y_high = zero ? 0 : -1e300;
    for (const Series& s : series)
        for (const auto& [x, y] : s.points) {
            if (!std::isfinite(x) || !std::isfinite(y)) continue;
            x_low = std::min(x_low, x);
            x_high = std::max(x_high, x);
            y_low = std::min(y_low, y);
            y_high = std::max(y_high, y);
        }
    if (x_low > x_high || y_low > y_high) return "";
    const Frame frame(text, x_low, x_high, std::min(0.0, y_low), y_high);
    std::string inside = frame.axes();
    if (zero)
        inside += "<line class=\"zero\" x1=\"" + number(margin_left) + "\" x2=\"" + number(chart_width - margin_right) +
                  "\" y1=\"" + number(frame.y(0)) + "\" y2=\"" + number(frame.y(0)) + "\"/>";
    std::string key = "<ul class=\"key\">";
    for (std::size_t i = 0; i < series.size(); ++i) {
        const Look& look = looks[i % looks.size()];
        std::string points, marks;
        for (const auto& [x, y] : series[i].points) {
            if (!std::isfinite(x) || !std::isfinite(y)) continue;
            points += number(frame.x(x)) + "," + number(frame.y(y)) + " ";
            if (series[i].points.size() <= 20) marks += mark(i, frame.x(x), frame.y(y), look.colour);
        }
        const std::string stroke = std::string("fill=\"none\" stroke-width=\"2.5\" stroke=\"") + look.colour +
                                   "\" stroke-dasharray=\"" + look.dashes + "\"";
        inside += "<polyline " + stroke + " points=\"" + points + "\"/>" + marks;
        key += "<li><svg aria-hidden=\"true\" width=\"44\" height=\"14\"><line x1=\"0\" x2=\"44\" y1=\"7\" y2=\"7\" " +
               stroke + "/>" + (marks.empty() ? "" : mark(i, 22, 7, look.colour)) + "</svg> " +
               escaped(series[i].name) + "</li>";
    }
    return figure(text, chart_height, inside, series.size() > 1 ? key + "</ul>" : "");
}

std::string dot_chart(const ChartText& text, const std::vector<std::pair<double, double>>& points) {
    double low = 1e300, high = -1e300;
    for (const auto& [x, y] : points) {
        low = std::min({low, x, y});
        high = std::max({high, x, y});
    }
    if (!(low <= high) || !std::isfinite(high - low)) return "";
    const Frame frame(text, low, high, low, high);
    std::string inside = frame.axes() + "<line class=\"zero\" x1=\"" + number(frame.x(frame.x_low())) + "\" y1=\"" +
                         number(frame.y(frame.x_low())) + "\" x2=\"" + number(frame.x(frame.x_high())) + "\" y2=\"" +
                         number(frame.y(frame.x_high())) + "\"/>";
    for (const auto& [x, y] : points)
        inside += "<circle class=\"dot\" r=\"3\" cx=\"" + number(frame.x(x)) + "\" cy=\"" + number(frame.y(y)) + "\"/>";
    return figure(text, chart_height, inside, "");
}

std::string share_chart(const ChartText& text, const std::vector<std::string>& parts, const std::vector<Bar>& bars) {
    // Plain, hatched, dotted, and plain again in another colour.
    static constexpr const char* fills[] = {"#0b5394", "url(#hatch)", "url(#dots)", "#5b3a8e"};
    constexpr double from = 150;
    std::string inside =
        "<defs><pattern id=\"hatch\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
        "<rect width=\"8\" height=\"8\" fill=\"#fff\"/><rect width=\"4\" height=\"8\" fill=\"#a61c00\"/></pattern><pattern id=\"dots\" "
        "width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect width=\"8\" height=\"8\" fill=\"#fff\"/><circle cx=\"4\" cy=\"4\" "
        "r=\"2\" fill=\"#333\"/></pattern></defs>";
    double y = margin_top;
    for (const Bar& bar : bars) {
        inside += "<text x=\"0\" y=\"" + number(y + 15) + "\">" + escaped(bar.name) + "</text>";
        double x = from;
        for (std::size_t k = 0; k < bar.shares.size(); ++k) {
            const double wide = std::max(0.0, std::min(1.0, bar.shares[k])) * (chart_width - from - margin_right);
            if (wide > 0)
                inside += "<rect class=\"part\" x=\"" + number(x) + "\" y=\"" + number(y) + "\" width=\"" +
                          number(wide) + "\" height=\"22\" fill=\"" + fills[k % 4] + "\"/>";
            x += wide;
        }
        y += 30;
    }
    std::string key = "<ul class=\"key\">";
    for (std::size_t k = 0; k < parts.size(); ++k)
        key +=
            std::string(
                "<li><svg aria-hidden=\"true\" width=\"22\" height=\"16\"><rect class=\"part\" width=\"22\" height=\"16\" fill=\"") +
            fills[k % 4] + "\"/></svg> " + escaped(parts[k]) + "</li>";
    return figure(text, y + 4, inside, parts.size() > 1 ? key + "</ul>" : "");
}

std::string table(const std::string& caption, const std::vector<std::string>& head,
                  const std::vector<std::vector<std::string>>& rows) {
    std::string out = "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"" + escaped(caption) +
                      "\"><table><caption>" + escaped(caption) + "</caption>";
    if (!head.empty()) {
        out += "<thead><tr>";
        for (const std::string& cell : head) out += "<th scope=\"col\">" + escaped(cell) + "</th>";
        out += "</tr></thead>";
    }
    out += "<tbody>";
    for (const auto& row : rows) {
        out += "<tr>";
        for (std::size_t k = 0; k < row.size(); ++k)
            out += k == 0 ? "<th scope=\"row\">" + escaped(row[k]) + "</th>" : "<td>" + escaped(row[k]) + "</td>";
        out += "</tr>\n";
    }
    return out + "</tbody></table></div>\n";
}

}  // namespace palier::cli
