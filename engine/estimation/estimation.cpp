// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/estimation.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/bank/bank.hpp"
#include "engine/errors.hpp"
#include "engine/estimation/estimators.hpp"
#include "engine/estimation/quadrature.hpp"
#include "engine/math/elementary.hpp"
#include "engine/math/many.hpp"
#include "engine/models/doubt.hpp"

namespace palier {
namespace {

constexpr std::array<const EstimatorRule*, 6> rules = {&maximum_likelihood,    &maximum_a_posteriori,
                                                       &expected_a_posteriori, &weighted_likelihood,
                                                       &fenced_likelihood,     &robust_likelihood};

bool only_b(const ParameterErrors& errors, const Parameters& item) {
    return !is_polytomous(item.model) && errors.a == 0 && errors.c == 0 && errors.d == 0;
}

double doubt(const Evidence& evidence, const EstimatorRule& rule, double theta, double precision) {
    double total = precision;
    double weighted = 0;
    for (const Observation& o : evidence.observations()) {
        const double weight = rule.weight ? rule.weight(evidence, o.item, theta) : 1;
        const double info = information(o.item, theta);
        total += weight * info;
        weighted += weight * weight *
                    (only_b(o.errors, o.item) ? info * info * o.errors.b * o.errors.b
                                              : score_variance(o.item, o.errors, theta));
    }
    return total > 0 ? weighted / (total * total) : 0;
}

}  // namespace

const std::vector<std::string>& estimator_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> list;
        for (const EstimatorRule* rule : rules) list.emplace_back(rule->name);
        return list;
    }();
    return names;
}

const std::vector<std::string>& standard_error_names() {
    static const std::vector<std::string> names = {"expected", "observed", "sampling"};
    return names;
}

StandardError standard_error_named(const std::string& name) {
    const auto& names = standard_error_names();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) throw ArgumentError("unknown standard error '" + name + "'");
    return static_cast<StandardError>(found - names.begin());
}

double log_jeffreys(double information) {
    return 0.5 * math::log(std::max(information, std::numeric_limits<double>::min()));
}

double total_information(const Evidence& evidence, double theta) {
    double total = 0;
    for (const Observation& o : evidence.observations()) total += information(o.item, theta);
    return total;
}

Observation observation(const Bank& bank, int position, int category) {
    const Item& item = bank[position];
    return {item.parameters, category, errors_of(item), position};
}

Evidence::Evidence(const Estimation& estimation, const Prior& prior, const Bank* bank)
    : rule_(nullptr),
      low_(estimation.low),
      high_(estimation.high),
      prior_mean_(prior.distribution == Prior::Distribution::normal ? prior.mean
                                                                    : 0.5 * (estimation.low + estimation.high)),
      precision_(prior.distribution == Prior::Distribution::normal ? 1.0 / (prior.sd * prior.sd) : 0),
      carry_(estimation.carry_item_uncertainty && estimation.delta_method),
      shrink_(estimation.carry_item_uncertainty && !estimation.delta_method),
      jeffreys_(prior.distribution == Prior::Distribution::jeffreys),
      standard_error_(estimation.standard_error),
      robust_(estimation.robust),
      adaptive_nodes_(estimation.adaptive_nodes),
      limits_((estimation.high - estimation.low) / (estimation.nodes - 1), estimation.nodes),
      minds_ends_(estimation.nodes == Estimation{}.nodes && !(estimation.low == -4 && estimation.high == 4)) {
    for (const EstimatorRule* rule : rules)
        if (estimation.estimator == rule->name) rule_ = rule;
    if (!rule_) throw ArgumentError("unknown estimator '" + estimation.estimator + "'");
    observations_.reserve(64);
    if (rule_ == &fenced_likelihood) {
        Parameters fence;
        fence.model = Model::two_pl;
        fence.a = estimation.fence_slope;
        fence.b = estimation.fences ? estimation.fences->first : low_;
        fences_.push_back({fence, 1});
        fence.b = estimation.fences ? estimation.fences->second : high_;
        fences_.push_back({fence, 0});
    }
    exact_bank_ = bank;
    scoring_bank_ = bank && shrink_ ? &bank->with_doubt() : bank;
    if (rule_->prepare) rule_->prepare(*this);
    if (!rule_->uses_nodes || adaptive_nodes_ > 0) return;
    const Grid grid{low_, high_, estimation.nodes};
    nodes_ = grid.points();
    if (bank) {
        exact_tables_ = bank->tables().grid(grid);
        tables_ = shrink_ ? scoring_bank_->tables().grid(grid) : exact_tables_;
    }
    for (const double node : nodes_) log_prior_.push_back(log_prior(node));
    log_likelihood_.assign(nodes_.size(), 0.0);
    posterior_.assign(nodes_.size(), 0.0);
    if (jeffreys_) information_.assign(nodes_.size(), 0.0);
}

void Evidence::add(const Observation& given) {
    Observation observation = given;
    if (shrink_ && any_error(given.errors)) {
        if (exact_.empty()) {
            exact_.push_back(*this);
            exact_.front().shrink_ = false;
            exact_.front().tables_ = exact_tables_;
            exact_.front().scoring_bank_ = exact_bank_;
            exact_.front().workspace_.sums = SearchSums();
        }
        observation.item = shrunk(given.item, given.errors);
        observation.errors = {};
    }
    if (!exact_.empty()) exact_.front().add(given);
    if (rule_ == &robust_likelihood && is_polytomous(observation.item.model))
        throw ArgumentError(
            std::string("estimator robust is for items that are right or wrong; one that was answered is ") +
            name(observation.item.model));
    observations_.push_back(observation);
    doubtful_ = doubtful_ || any_error(observation.errors);
    steepest_ = std::max(steepest_, steepness(observation.item));
    asymptotes_ = asymptotes_ || observation.item.c != 0 || observation.item.d != 1;
    if (nodes_.empty()) return;
    fine_nodes_.add(observation, jeffreys_);
    const std::size_t n = nodes_.size();
    if (tables_ && observation.position >= 0) {
        const double* log_p = tables_->log_p(observation.position) + n * static_cast<std::size_t>(observation.category);
        for (std::size_t k = 0; k < n; ++k) log_likelihood_[k] += log_p[k];
        if (information_.empty()) return;
        const double* information = tables_->information(observation.position);
        for (std::size_t k = 0; k < information_.size(); ++k) information_[k] += information[k];
        return;
    }
    for (std::size_t k = 0; k < n; ++k)
        log_likelihood_[k] += log_probability(observation.item, observation.category, nodes_[k]);
    for (std::size_t k = 0; k < information_.size(); ++k)
        information_[k] += palier::information(observation.item, nodes_[k]);
}

void Evidence::take_back() {
    const Parameters gone = observations_.back().item;
    observations_.pop_back();
    workspace_.sums.take_back();
    if (gone.c != 0 || gone.d != 1 || steepness(gone) == steepest_) {
        steepest_ = 0;
        asymptotes_ = false;
        for (const Observation& o : observations_) {
            steepest_ = std::max(steepest_, steepness(o.item));
            asymptotes_ = asymptotes_ || o.item.c != 0 || o.item.d != 1;
        }
    }
    if (!exact_.empty()) exact_.front().take_back();
}

void Evidence::clear() {
    observations_.clear();
    exact_.clear();
    doubtful_ = false;
    steepest_ = 0;
    asymptotes_ = false;
    fine_nodes_.clear();
    ++revision_;
    log_likelihood_.assign(nodes_.size(), 0.0);
    information_.assign(information_.size(), 0.0);
}

const std::vector<double>& Evidence::posterior() const {
    const std::size_t n = nodes_.size();
    double largest = -std::numeric_limits<double>::infinity();
    for (std::size_t k = 0; k < n; ++k) {
        posterior_[k] = log_likelihood_[k] + log_prior_[k];
        if (jeffreys_ && !observations_.empty()) posterior_[k] += log_jeffreys(information_[k]);
        if (posterior_[k] > largest) largest = posterior_[k];
    }
    for (double& value : posterior_) value -= largest;
    math::exp_all(posterior_.data(), n);
    if (n > 0) {
        posterior_.front() *= 0.5;
        posterior_.back() *= n > 1 ? 0.5 : 1;
    }
    return posterior_;
}

bool Evidence::nodes_suffice() const {
    const Spread now = spread(posterior(), nodes_);
    return !limits_.too_far_apart(posterior_, now.mass, now.sd, steepest_);
}

Estimate Evidence::estimate() const {
    Estimate result = rule_->measure(*this);
    result.se = result.se_measurement;
    if (carry_ && doubtful_ && std::isfinite(result.se_measurement)) {
        const double extra = doubt(*this, *rule_, result.theta, rule_->uses_prior ? precision_ : 0);
        if (extra > 0) result.se = std::sqrt(result.se_measurement * result.se_measurement + extra);
    }
    if (!exact_.empty()) {
        // A smaller slope can move theta to where the answers tell more; the doubt makes no margin narrower for that.
        result.se_measurement = exact_.front().estimate().se;
        result.se = std::max(result.se, result.se_measurement);
    }
    return result;
}

}  // namespace palier
