// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "adapters/host/words.hpp"

// Drawings for a page without scripts: inline SVG that says its title and description, told apart by
// dashes, marks and hatching and never by colour alone. The caller sets the same figures in a table.

namespace palier::cli {

struct Series {
    std::string name;
    std::vector<std::pair<double, double>> points;
};

struct ChartText {
    std::string title;
    std::string description;  ///< what is to be seen, in a sentence
    std::string x;
    std::string y;
    host::Language language;
};

/// One line a series; `zero` draws the line y = 0.
std::string line_chart(const ChartText& text, const std::vector<Series>& series, bool zero = false);

/// One dot a point, and the diagonal y = x.
std::string dot_chart(const ChartText& text, const std::vector<std::pair<double, double>>& points);

/// One bar a row, parted into shares that sum to at most 1; `parts` names them.
struct Bar {
    std::string name;
    std::vector<double> shares;
};
std::string share_chart(const ChartText& text, const std::vector<std::string>& parts, const std::vector<Bar>& bars);

/// A table with a caption; the first cell of each row is its header.
std::string table(const std::string& caption, const std::vector<std::string>& head,
                  const std::vector<std::vector<std::string>>& rows);

}  // namespace palier::cli
