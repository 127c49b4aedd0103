// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/score_fit.hpp"

#include <algorithm>
#include <cmath>

#include "engine/fit/chi_square.hpp"
#include "engine/fit/score_cells.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

using calibration::Answer;
using calibration::Form;
using calibration::Population;
using calibration::Responses;

// P(sum score | node) of a set of items, a row of nodes for each score.
using ScoreRows = std::vector<std::vector<double>>;

void add_item(ScoreRows& rows, const NodeTable& table, int item, int categories) {
    ScoreRows sum(rows.size() + at(categories) - 1, std::vector<double>(table.nodes(), 0.0));
    for (int k = 0; k < categories; ++k) {
        const double* const p = table.p(item, k);
        for (std::size_t s = 0; s < rows.size(); ++s)
            for (std::size_t q = 0; q < table.nodes(); ++q) sum[s + at(k)][q] += rows[s][q] * p[q];
    }
    rows = std::move(sum);
}

double weighted(const std::vector<double>& row, const std::vector<double>& weights) {
    double sum = 0;
    for (std::size_t q = 0; q < row.size(); ++q) sum += row[q] * weights[q];
    return sum;
}

// How many numbers were estimated of an item's curve: those of its model, its part in common ones among them.
int estimated_numbers(const Form& form) {
    switch (form.model) {
        case Model::rasch:
            return 1;
        case Model::one_pl:
        case Model::two_pl:
            return 2;
        case Model::three_pl:
            return 3;
        case Model::four_pl:
            return 4;
        case Model::pcm:
        case Model::rsm:
            return form.categories - 1;
        case Model::nrm:
            return 2 * (form.categories - 1);
        default:
            return form.categories;
    }
}

class Scores {
public:
    Scores(const Responses& responses, const Tested& tested) : tested_(tested), table_(tested, 61) {
        for (const Parameters& item : tested.items) most_ += item.categories - 1;
        observed_.resize(tested.items.size());
        for (std::size_t j = 0; j < observed_.size(); ++j)
            observed_[j].assign(at(most_) + 1, std::vector<double>(at(tested.items[j].categories), 0.0));
        std::vector<double> share(responses.groups().size(), 0.0);
        std::vector<Answer> answers;
        for (std::size_t p = 0; p < responses.patterns(); ++p) {
            if (responses.length(p) != tested.items.size()) continue;
            answers_of(responses, p, answers);
            int score = 0;
            for (const Answer& answer : answers) score += answer.category;
            for (const Answer& answer : answers)
                observed_[at(answer.item)][at(score)][at(answer.category)] += responses.frequency(p);
            share[at(responses.group(p))] += responses.frequency(p);
            persons_ += responses.frequency(p);
        }
        // All groups are one population: a mixture of theirs.
        weights_.assign(table_.nodes(), 0.0);
        for (std::size_t g = 0; g < share.size() && persons_ > 0; ++g)
            for (std::size_t q = 0; q < weights_.size(); ++q)
                weights_[q] += share[g] / persons_ * table_.weights(static_cast<int>(g))[q];
        ScoreRows all(1, std::vector<double>(table_.nodes(), 1.0));
        for (int j = 0; j < static_cast<int>(tested.items.size()); ++j)
            add_item(all, table_, j, tested.items[at(j)].categories);
        for (const auto& row : all) of_score_.push_back(weighted(row, weights_));
    }

    double persons() const { return persons_; }

    // Scores 1 to most - 1 of an item; a category that cannot be there expects NaN.
    ScoreCells cells(int item) const {
        ScoreRows others(1, std::vector<double>(table_.nodes(), 1.0));
        for (int j = 0; j < static_cast<int>(tested_.items.size()); ++j)
            if (j != item) add_item(others, table_, j, tested_.items[at(j)].categories);
        const int categories = tested_.items[at(item)].categories;
        ScoreCells cells;
        for (int s = 1; s < most_; ++s) {
            const std::vector<double>& observed = observed_[at(item)][at(s)];
            double persons = 0;
            for (const double count : observed) persons += count;
            std::vector<double> expected;
            for (int k = 0; k < categories; ++k) {
                if (s < k || at(s - k) >= others.size()) {
                    expected.push_back(ScoreCells::impossible);
                    continue;
                }
                double sum = 0;
                for (std::size_t q = 0; q < weights_.size(); ++q)
                    sum += others[at(s - k)][q] * table_.p(item, k)[q] * weights_[q];
                expected.push_back(persons * sum / of_score_[at(s)]);
            }
            cells.add(observed, std::move(expected));
        }
        return cells;
    }

private:
    const Tested& tested_;
    NodeTable table_;
    int most_ = 0;
    double persons_ = 0;
    std::vector<std::vector<std::vector<double>>> observed_;  // [item][score][category]
    std::vector<double> weights_, of_score_;
};

}  // namespace

std::vector<ScoreFit> score_fit(const Responses& responses, const Tested& tested) {
    int most = 0;
    for (const Parameters& item : tested.items) most += item.categories - 1;
    if (tested.items.size() < 2 || most > most_score || complete_persons(responses) == 0) return {};
    const Scores scores(responses, tested);
    int of_population = 0;
    if (tested.populations.size() == 1)
        of_population = (tested.populations[0].free_mean ? 1 : 0) + (tested.populations[0].free_sd ? 1 : 0);
    std::vector<ScoreFit> result;
    for (int j = 0; j < static_cast<int>(tested.items.size()); ++j) {
        const Parameters& item = tested.items[at(j)];
        ScoreCells cells = scores.cells(j);
        cells.join();
        ScoreFit fit;
        const int numbers = tested.estimated ? estimated_numbers({item.model, item.categories}) : 0;
        fit.degrees = std::max(0, cells.degrees() - numbers - of_population);
        if (fit.degrees > 0) {
            fit.chi_square = cells.chi_square();
            fit.p = chi_square_tail(fit.chi_square, fit.degrees);
            fit.rmsea = std::sqrt(std::max(0.0, fit.chi_square / fit.degrees - 1) / (scores.persons() - 1));
        }
        result.push_back(fit);
    }
    return result;
}

}  // namespace palier::fit
