// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>
#include <cmath>

#include "engine/fit/chi_square.hpp"
#include "engine/fit/limited_information.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

using calibration::Answer;

// Goodman and Kruskal's gamma of a table: pairs in order less pairs against it, of all that are either.
double gamma_of(const std::vector<double>& cells, int rows, int columns) {
    double in_order = 0, against = 0;
    for (int i = 0; i < rows; ++i)
        for (int j = 0; j < columns; ++j) {
            double after = 0, before = 0;
            for (int m = i + 1; m < rows; ++m)
                for (int n = 0; n < columns; ++n) {
                    if (n > j) after += cells[at(m * columns + n)];
                    if (n < j) before += cells[at(m * columns + n)];
                }
            in_order += cells[at(i * columns + j)] * after;
            against += cells[at(i * columns + j)] * before;
        }
    return (in_order - against) / (in_order + against);
}

}  // namespace

std::vector<PairFit> pair_fit(const calibration::Responses& responses, const Tested& tested) {
    const int items = static_cast<int>(tested.items.size());
    const std::size_t groups = responses.groups().size();
    // Where the table of a pair begins; a count of each group stands after its cells.
    std::vector<std::size_t> begins;
    std::size_t size = 0;
    for (int i = 1; i < items; ++i)
        for (int j = 0; j < i; ++j) {
            begins.push_back(size);
            size += at(tested.items[at(i)].categories * tested.items[at(j)].categories) + groups;
            if (size > most_cells) return {};
        }
    std::vector<double> counts(size, 0.0);
    std::vector<Answer> answers;
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        answers_of(responses, p, answers);
        const double times = responses.frequency(p);
        const int group = responses.group(p);
        for (std::size_t a = 1; a < answers.size(); ++a)
            for (std::size_t b = 0; b < a; ++b) {
                const int i = answers[a].item, j = answers[b].item;
                const int columns = tested.items[at(j)].categories;
                double* const table = counts.data() + begins[at(i) * (at(i) - 1) / 2 + at(j)];
                table[answers[a].category * columns + answers[b].category] += times;
                table[tested.items[at(i)].categories * columns + group] += times;
            }
    }
    const NodeTable table(tested, 61);
    std::vector<PairFit> result;
    std::size_t number = 0;
    for (int i = 1; i < items; ++i)
        for (int j = 0; j < i; ++j) {
            const int rows = tested.items[at(i)].categories, columns = tested.items[at(j)].categories;
            const auto first = counts.begin() + static_cast<std::ptrdiff_t>(begins[number++]);
            const std::vector<double> observed(first, first + rows * columns);
            std::vector<double> expected(observed.size(), 0.0);
            double persons = 0;
            for (std::size_t g = 0; g < groups; ++g) {
                const double of_group = first[rows * columns + static_cast<std::ptrdiff_t>(g)];
                if (of_group == 0) continue;
                persons += of_group;
                const std::vector<double>& weights = table.weights(static_cast<int>(g));
                for (int k = 0; k < rows; ++k)
                    for (int m = 0; m < columns; ++m) {
                        double p = 0;
                        for (std::size_t q = 0; q < table.nodes(); ++q)
                            p += table.p(i, k)[q] * table.p(j, m)[q] * weights[q];
                        expected[at(k * columns + m)] += of_group * p;
                    }
            }
            if (persons == 0) continue;
            PairFit pair;
            pair.first = j;
            pair.second = i;
            for (std::size_t c = 0; c < observed.size(); ++c)
                pair.chi_square += (observed[c] - expected[c]) * (observed[c] - expected[c]) / expected[c];
            pair.degrees = (rows - 1) * (columns - 1);
            pair.p = chi_square_tail(pair.chi_square, pair.degrees);
            const double more = gamma_of(observed, rows, columns) - gamma_of(expected, rows, columns);
            pair.v = std::copysign(std::sqrt(pair.chi_square / (persons * std::min(rows - 1, columns - 1))), more);
            if (std::isnan(more)) pair.v = more;
            result.push_back(pair);
        }
    return result;
}

}  // namespace palier::fit
