// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/study.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>

#include "engine/levels/levels.hpp"
#include "engine/stopping/stopping.hpp"

namespace palier {
namespace {

double share(int count, int persons) { return persons == 0 ? 0 : count / static_cast<double>(persons); }

bool promises(const StopNode& node) {
    if (node.kind != StopNode::Kind::rule) return std::any_of(node.members.begin(), node.members.end(), promises);
    return node.rule->promise;
}

}  // namespace

void StudyFigures::CutCounts::add(Side side, bool truly_above) {
    ++said[static_cast<std::size_t>(side)];
    if (side != Side::undecided) ++((side == Side::above) == truly_above ? right : wrong);
}

void StudyFigures::CutCounts::add(const CutCounts& other) {
    for (std::size_t k = 0; k < said.size(); ++k) said[k] += other.said[k];
    right += other.right;
    wrong += other.wrong;
}

CutReport StudyFigures::CutCounts::report(double cut, int persons) const {
    CutReport result{cut, {}, share(right, persons), share(wrong, persons)};
    for (std::size_t k = 0; k < said.size(); ++k) result.said[k] = share(said[k], persons);
    return result;
}

StudyFigures::StudyFigures(const Plan& plan)
    : plan_(&plan), classification_(plan.classification ? plan.classification->cuts.size() : 0) {}

void StudyFigures::add(const SimulatedPerson& p) {
    const auto length = static_cast<int>(p.items.size());
    min_length_ = persons_ == 0 ? length : std::min(min_length_, length);
    max_length_ = std::max(max_length_, length);
    ++persons_;
    const double error = p.estimate.theta - p.theta;
    thetas_ += p.theta;
    errors_ += error;
    squared_errors_ += error * error;
    lengths_ += length;
    squared_lengths_ += static_cast<double>(length) * length;
    if (std::isfinite(p.estimate.se)) {
        standard_errors_ += p.estimate.se;
        ++finite_;
    }
    const Interval range = interval(plan_->estimation, p.estimate.theta, p.estimate.se, plan_->interval);
    if (p.theta >= range.low && p.theta <= range.high) ++covered_;
    int truth = 0;
    for (std::size_t k = 0; k < classification_.size(); ++k) {
        const bool above = p.theta >= plan_->classification->cuts[k];
        classification_[k].add(p.cuts[k], above);
        truth += above ? 1 : 0;
    }
    if (plan_->classification)
        ++(!p.category ? category_undecided_ : *p.category == truth ? category_right_ : category_wrong_);
    if (plan_->threshold) threshold_.add(p.threshold, p.theta >= plan_->threshold->theta);
    if (plan_->floor) floor_.add(p.floor, p.theta >= plan_->floor->theta);
    if (plan_->levels) {
        const int apart = std::abs(likeliest_level(*plan_->levels, p.estimate.theta, p.estimate.se) -
                                   level_at(*plan_->levels, p.theta));
        level_right_ += apart == 0 ? 1 : 0;
        level_near_ += apart <= 1 ? 1 : 0;
    }
    kept_ += kept_the_promise(p, *plan_) ? 1 : 0;
}

void StudyFigures::add(const StudyFigures& other) {
    if (other.persons_ == 0) return;
    min_length_ = persons_ == 0 ? other.min_length_ : std::min(min_length_, other.min_length_);
    max_length_ = std::max(max_length_, other.max_length_);
    for (const auto sum : {&StudyFigures::thetas_, &StudyFigures::errors_, &StudyFigures::squared_errors_,
                           &StudyFigures::standard_errors_, &StudyFigures::lengths_, &StudyFigures::squared_lengths_})
        this->*sum += other.*sum;
    for (const auto count :
         {&StudyFigures::persons_, &StudyFigures::finite_, &StudyFigures::covered_, &StudyFigures::category_right_,
          &StudyFigures::category_wrong_, &StudyFigures::category_undecided_, &StudyFigures::level_right_,
          &StudyFigures::level_near_, &StudyFigures::kept_})
        this->*count += other.*count;
    for (std::size_t k = 0; k < classification_.size(); ++k) classification_[k].add(other.classification_[k]);
    threshold_.add(other.threshold_);
    floor_.add(other.floor_);
}

double StudyFigures::mean_theta() const { return persons_ == 0 ? 0 : thetas_ / persons_; }

SimulationSummary StudyFigures::summary() const {
    SimulationSummary s;
    s.persons = persons_;
    if (persons_ == 0) return s;
    const double n = static_cast<double>(persons_);
    s.bias = errors_ / n;
    s.rmse = std::sqrt(squared_errors_ / n);
    s.mean_se = finite_ > 0 ? standard_errors_ / finite_ : std::numeric_limits<double>::infinity();
    s.mean_length = lengths_ / n;
    s.sd_length = std::sqrt(std::max(0.0, squared_lengths_ / n - s.mean_length * s.mean_length));
    s.min_length = min_length_;
    s.max_length = max_length_;
    s.coverage = covered_ / n;
    return s;
}

DecisionReport StudyFigures::decisions() const {
    DecisionReport report;
    for (std::size_t k = 0; k < classification_.size(); ++k)
        report.classification.push_back(classification_[k].report(plan_->classification->cuts[k], persons_));
    report.category_right = share(category_right_, persons_);
    report.category_wrong = share(category_wrong_, persons_);
    report.category_undecided = share(category_undecided_, persons_);
    if (plan_->threshold) report.threshold = threshold_.report(plan_->threshold->theta, persons_);
    if (plan_->floor) report.floor = floor_.report(plan_->floor->theta, persons_);
    report.level_right = share(level_right_, persons_);
    report.level_near = share(level_near_, persons_);
    return report;
}

double StudyFigures::promise_kept() const { return share(kept_, persons_); }

SimulationSummary summarise(const std::vector<const SimulatedPerson*>& persons, const Plan& plan) {
    StudyFigures figures(plan);
    for (const SimulatedPerson* person : persons) figures.add(*person);
    return figures.summary();
}

DecisionReport decisions(const std::vector<const SimulatedPerson*>& persons, const Plan& plan) {
    StudyFigures figures(plan);
    for (const SimulatedPerson* person : persons) figures.add(*person);
    return figures.decisions();
}

int true_level(const SimulatedPerson& person, const Plan& plan) {
    return plan.levels ? level_at(*plan.levels, person.theta) : static_cast<int>(std::lround(person.theta));
}

bool makes_a_promise(const Plan& plan) {
    return plan.stop.standard_error || plan.floor || (plan.stop.rules && promises(*plan.stop.rules));
}

bool kept_the_promise(const SimulatedPerson& person, const Plan& plan) {
    if (plan.stop.standard_error && person.estimate.se <= *plan.stop.standard_error) return true;
    return is_promise(person.stop);
}

void AskedItems::add(const SimulatedPerson& person) {
    for (const int item : person.items) ++counts_[static_cast<std::size_t>(item)];
    ++persons_;
}

std::vector<double> AskedItems::rates() const {
    std::vector<double> rates;
    for (const int count : counts_) rates.push_back(share(count, persons_));
    return rates;
}

double AskedItems::overlap() const {
    const double n = persons_;
    if (persons_ < 2) return 0;
    double length = 0;
    for (const int count : counts_) length += count;
    length /= n;
    if (!(length > 0)) return 0;
    double shared = 0;
    for (const double rate : rates()) shared += rate * n * (rate * n - 1);
    return shared / (n * (n - 1) * length);
}

std::vector<double> exposure_rates(const std::vector<SimulatedPerson>& persons, int items) {
    AskedItems asked(items);
    for (const SimulatedPerson& person : persons) asked.add(person);
    return asked.rates();
}

double test_overlap(const std::vector<SimulatedPerson>& persons, int items) {
    AskedItems asked(items);
    for (const SimulatedPerson& person : persons) asked.add(person);
    return asked.overlap();
}

}  // namespace palier
