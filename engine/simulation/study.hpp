// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <string>
#include <vector>

#include "engine/simulation/simulation.hpp"

// What a design study reports about simulated persons.

namespace palier {

struct SimulationSummary {
    int persons = 0;
    double bias = 0;     ///< mean of estimate - truth
    double rmse = 0;     ///< root of the mean squared error
    double mean_se = 0;  ///< of the finite standard errors
    double mean_length = 0;
    double sd_length = 0;
    int min_length = 0;
    int max_length = 0;
    double coverage = 0;  ///< share of truths inside the plan's interval
};
/// What was said about one cut, as shares of the persons: said[below, undecided, above]; `right` and
/// `wrong` compare the decided ones with the truth.
struct CutReport {
    double cut = 0;
    std::array<double, 3> said{};
    double right = 0;
    double wrong = 0;
};
struct DecisionReport {
    std::vector<CutReport> classification;  ///< one a cut of the plan
    double category_right = 0;              ///< share whose category is that of the truth
    double category_wrong = 0;
    double category_undecided = 0;
    CutReport threshold;
    CutReport floor;
    double level_right = 0;  ///< share whose most likely level is that of the truth
    double level_near = 0;   ///< the same or a neighbour
};

/// The figures of persons that are taken one after the other: running sums and counts, and no person is kept. The same
/// persons in the same order give the same figures, bit for bit. The plan has to live as long.
class StudyFigures {
public:
    explicit StudyFigures(const Plan& plan);
    void add(const SimulatedPerson& person);
    /// Takes the persons of other figures of the same plan.
    void add(const StudyFigures& other);

    int persons() const { return persons_; }
    double mean_theta() const;  ///< of the truths
    SimulationSummary summary() const;
    DecisionReport decisions() const;
    double promise_kept() const;  ///< the share of persons for whom it was

private:
    struct CutCounts {
        std::array<int, 3> said{};
        int right = 0;
        int wrong = 0;
        void add(Side side, bool truly_above);
        void add(const CutCounts& other);
        CutReport report(double cut, int persons) const;
    };

    const Plan* plan_;
    int persons_ = 0;
    double thetas_ = 0, errors_ = 0, squared_errors_ = 0, standard_errors_ = 0, lengths_ = 0, squared_lengths_ = 0;
    int finite_ = 0, covered_ = 0, min_length_ = 0, max_length_ = 0;
    std::vector<CutCounts> classification_;
    CutCounts threshold_, floor_;
    int category_right_ = 0, category_wrong_ = 0, category_undecided_ = 0;
    int level_right_ = 0, level_near_ = 0, kept_ = 0;
};
SimulationSummary summarise(const std::vector<const SimulatedPerson*>& persons, const Plan& plan);
DecisionReport decisions(const std::vector<const SimulatedPerson*>& persons, const Plan& plan);

/// A person's true level, or, in a plan without levels, the true theta rounded to a whole logit.
int true_level(const SimulatedPerson& person, const Plan& plan);

/// Whether the plan promises more than a length: a precision, a decision.
bool makes_a_promise(const Plan& plan);
/// Whether this session ended because the promise was kept: not for want of items or of length.
bool kept_the_promise(const SimulatedPerson& person, const Plan& plan);

/// How often each item was asked.
class AskedItems {
public:
    explicit AskedItems(int items) : counts_(static_cast<std::size_t>(items), 0) {}
    void add(const SimulatedPerson& person);
    /// Share of persons that each item was asked to.
    std::vector<double> rates() const;
    /// Mean share of items that two persons have in common: sum n_i (n_i - 1) / (N (N - 1) mean length)
    /// (Chen, Ankenmann and Spray 2003). 0 for fewer than two persons.
    double overlap() const;

private:
    std::vector<int> counts_;
    int persons_ = 0;
};
/// Both for a list of persons.
std::vector<double> exposure_rates(const std::vector<SimulatedPerson>& persons, int items);
double test_overlap(const std::vector<SimulatedPerson>& persons, int items);

}  // namespace palier
