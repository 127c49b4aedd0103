// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/estimation.hpp"

#include <array>
#include <cmath>
#include <limits>

#include "engine/errors.hpp"
#include "engine/estimation/rules.hpp"
#include "engine/plan/plan.hpp"

namespace palier {
namespace {

constexpr std::array<const EstimatorRule*, 4> rules = {&maximum_likelihood, &maximum_a_posteriori,
                                                       &expected_a_posteriori, &weighted_likelihood};

double doubt(const Evidence& evidence, double theta, double precision) {
    bool any = false;
    for (const Observation& o : evidence.observations()) any = any || o.se_b > 0;
    if (!any) return 0;
    double total = precision;
    double weighted = 0;
    for (const Observation& o : evidence.observations()) {
        const double info = information(o.item, theta);
        total += info;
        weighted += info * info * o.se_b * o.se_b;
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

double total_information(const Evidence& evidence, double theta) {
    double total = 0;
    for (const Observation& o : evidence.observations()) total += information(o.item, theta);
    return total;
}

Evidence::Evidence(const Estimation& estimation, const Prior& prior)
    : rule_(nullptr),
      low_(estimation.low),
      high_(estimation.high),
      prior_mean_(prior.distribution == Prior::Distribution::normal ? prior.mean
                                                                    : 0.5 * (estimation.low + estimation.high)),
      precision_(prior.distribution == Prior::Distribution::normal ? 1.0 / (prior.sd * prior.sd) : 0),
      carry_(estimation.carry_item_uncertainty) {
    for (const EstimatorRule* rule : rules)
        if (estimation.estimator == rule->name) rule_ = rule;
    if (!rule_) throw ArgumentError("unknown estimator '" + estimation.estimator + "'");
    if (!rule_->uses_nodes) return;
    const int n = estimation.nodes;
    for (int k = 0; k < n; ++k) nodes_.push_back(k == n - 1 ? high_ : low_ + (high_ - low_) * k / (n - 1));
    log_likelihood_.assign(nodes_.size(), 0.0);
}

void Evidence::add(const Observation& observation) {
    observations_.push_back(observation);
    for (std::size_t k = 0; k < nodes_.size(); ++k)
        log_likelihood_[k] += log_probability(observation.item, observation.category, nodes_[k]);
}

void Evidence::clear() {
    observations_.clear();
    log_likelihood_.assign(nodes_.size(), 0.0);
}

Estimate Evidence::estimate() const {
    Estimate result = rule_->measure(*this);
    result.se = result.se_measurement;
    if (carry_ && !observations_.empty() && std::isfinite(result.se_measurement)) {
        const double extra = doubt(*this, result.theta, rule_->uses_prior ? precision_ : 0);
        if (extra > 0) result.se = std::sqrt(result.se_measurement * result.se_measurement + extra);
    }
    return result;
}

}  // namespace palier
