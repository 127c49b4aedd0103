// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/map.hpp"

#include <algorithm>
#include <cmath>

#include "engine/ability/quadrature.hpp"
#include "engine/errors.hpp"

namespace palier {
namespace {

// Of each of the bank's scales its number in the plan.
std::vector<int> numbers_of(const Bank& bank, const std::vector<ScaleRules>& scales) {
    std::vector<int> numbers(bank.scales().size(), -1);
    for (std::size_t s = 0; s < scales.size(); ++s) {
        const auto found = std::find(bank.scales().begin(), bank.scales().end(), scales[s].id);
        if (found == bank.scales().end())
            throw PlanError("'scales[" + std::to_string(s) + "].id' is \"" + scales[s].id + "\"; the bank has " +
                            join(bank.scales()));
        numbers[static_cast<std::size_t>(found - bank.scales().begin())] = static_cast<int>(s);
    }
    return numbers;
}

std::vector<double> weights_of(const std::vector<ScaleRules>& scales) {
    std::vector<double> weights;
    for (const ScaleRules& scale : scales) weights.push_back(scale.reported ? scale.weight : 0);
    return weights;
}

std::vector<double> seconds_of(const Bank& bank, const MapRules& rules) {
    std::vector<double> seconds;
    if (rules.time.empty()) return seconds;
    for (const Item& item : bank.items()) {
        const auto value = item.number(rules.time);
        if (!value || !(*value > 0))
            throw PlanError("'map.time' is \"" + rules.time + "\"; item '" + item.id + "' has " +
                            (value ? "num." + rules.time + " " + dump_json(Json(*value)) : "no num." + rules.time) +
                            ", and every item should have a number of seconds above 0 there");
        seconds.push_back(*value);
    }
    return seconds;
}

Composite mean_of(std::vector<double> weights) {
    double sum = 0;
    for (const double w : weights) sum += w;
    // Without any weight, the plain mean of what was there.
    for (double& w : weights) w = sum > 0 ? w / sum : 1 / static_cast<double>(weights.size());
    return {std::move(weights)};
}

Estimate as_estimate(const Composite& composite, const AbilityEstimate& estimate) {
    const double se = composite.se(estimate);
    return {composite.theta(estimate), se, se, false};
}

}  // namespace

double Composite::theta(const AbilityEstimate& estimate) const {
    double sum = 0;
    for (std::size_t s = 0; s < weights.size(); ++s) sum += weights[s] * estimate.theta[s];
    return sum;
}

double Composite::se(const AbilityEstimate& estimate) const {
    return std::sqrt(std::max(0.0, product(weights, estimate.covariance, weights)));
}

Composite composite_of_all(const std::vector<ScaleRules>& scales) { return mean_of(weights_of(scales)); }

Composite composite_of_domain(const std::vector<ScaleRules>& scales, const MapRules& rules, int domain) {
    std::vector<double> weights = weights_of(scales);
    double sum = 0;
    for (std::size_t s = 0; s < weights.size(); ++s) {
        if (rules.domain_of[s] != domain) weights[s] = 0;
        sum += weights[s];
    }
    if (!(sum > 0))
        for (const int s : rules.domains[at(domain)].scales) weights[at(s)] = 1;
    return mean_of(std::move(weights));
}

AbilityMap::AbilityMap(const Bank& scored, const Bank& exact, const MapSetup& setup, const AbilityPrior& prior)
    : setup_(setup),
      prior_(std::make_shared<AbilityPrior>(prior)),
      exact_bank_(&exact),
      evidence_(prior_, scored, numbers_of(scored, setup.scales)),
      overall_(composite_of_all(setup.scales)),
      asked_(setup.scales.size(), 0),
      answered_(setup.scales.size(), 0),
      criterion_(setup.rules.criterion, weights_of(setup.scales), seconds_of(scored, setup.rules),
                 setup.rules.kl_delta) {
    trail_.reserve(64);
    clear();
}

bool AbilityMap::fits(int item) const {
    const auto loads = evidence_.bank().scale_items().loads(item);
    return std::all_of(loads.scales.begin(), loads.scales.end(),
                       [&](int scale) { return evidence_.numbers()[at(scale)] >= 0; });
}

bool AbilityMap::above_top(int item) const {
    const auto& end = setup_.rules.ends[at(own_scale(item))];
    return end && difficulty(evidence_.bank()[item].parameters) >= *end;
}

int AbilityMap::own_scale(int item) const { return evidence_.numbers()[at(evidence_.bank().scale_items().own(item))]; }

void AbilityMap::take(int item, std::optional<int> category) {
    ++asked_[at(own_scale(item))];
    if (category) {
        ++answered_[at(own_scale(item))];
        evidence_.add(item, *category);
        evidence_.update();
        trail_.push_back(overall_at_mode());
        forget();
    }
    prepared_ = false;
}

void AbilityMap::take_all(const std::vector<std::pair<int, int>>& answers) {
    for (const auto& [item, category] : answers) {
        ++asked_[at(own_scale(item))];
        ++answered_[at(own_scale(item))];
        evidence_.add(item, category);
    }
    evidence_.update();
    trail_.push_back(overall_at_mode());
    forget();
    prepared_ = false;
}

void AbilityMap::clear() {
    evidence_.clear();
    asked_.assign(asked_.size(), 0);
    answered_.assign(answered_.size(), 0);
    forget();
    prepared_ = false;
    trail_.assign(1, overall_at_mode());
}

std::unique_ptr<AbilityMap> AbilityMap::empty_copy() const {
    auto copy = std::make_unique<AbilityMap>(evidence_.bank(), *exact_bank_, setup_, *prior_);
    copy->start_ = start_;
    return copy;
}

AbilityEstimate AbilityMap::estimate_of(const AbilityEvidence& evidence) const {
    if (setup_.estimation.estimator == "map") return evidence.map();
    if (evidence.answers().empty()) return evidence.map();
    return evidence.size() <= most_integrated ? integrate(evidence) : propagate(evidence).estimate;
}

const AbilityEstimate& AbilityMap::estimate() const {
    if (!estimate_) estimate_ = estimate_of(evidence_);
    return *estimate_;
}

const AbilityEstimate& AbilityMap::exact_estimate() const {
    if (exact_bank_ == &evidence_.bank()) return estimate();
    if (!exact_) {
        AbilityEvidence exact(prior_, *exact_bank_, evidence_.numbers());
        for (const auto& answer : evidence_.answers()) exact.add(answer.position, answer.category);
        exact.update();
        exact_ = estimate_of(exact);
    }
    return *exact_;
}

Estimate AbilityMap::overall() const {
    Estimate e = as_estimate(overall_, estimate());
    e.se_measurement = overall_.se(exact_estimate());
    return e;
}

Estimate AbilityMap::overall_at_mode() const { return as_estimate(overall_, evidence_.map()); }

std::vector<double> AbilityMap::variances_by_others() const {
    const Propagated known = propagate(evidence_);
    std::vector<double> variances;
    const auto& answers = evidence_.answers();
    for (int s = 0; s < scales(); ++s) {
        if (answered(s) == 0) {
            variances.push_back(known.estimate.covariance(s, s));
            continue;
        }
        Matrix precision = prior_->precision;
        for (const Site& site : known.sites) {
            const auto& first = answers[at(site.answers[0])];
            if (own_scale(first.position) == s) continue;
            const auto [numbers, weights] = evidence_.direction(first);
            for (std::size_t a = 0; a < numbers.size(); ++a)
                for (std::size_t b = 0; b < numbers.size(); ++b)
                    precision(numbers[a], numbers[b]) += site.precision * weights[a] * weights[b];
        }
        Matrix covariance;
        if (cholesky(precision)) {
            inverse(precision, covariance);
            variances.push_back(covariance(s, s));
        } else {
            variances.push_back(prior_->covariance(s, s));
        }
    }
    return variances;
}

bool AbilityMap::precise(int scale, const AbilityEstimate& estimate, bool& by_level) const {
    const ScaleRules& rules = setup_.scales[at(scale)];
    by_level = false;
    const auto target = rules.standard_error ? rules.standard_error : setup_.standard_error;
    if (target && estimate.se(scale) <= *target) return true;
    by_level = at_top(scale, estimate);
    if (by_level || !setup_.rules.level_decided) return by_level;
    const Levels& levels = setup_.rules.levels[at(scale)];
    const Interval range = decided_by(scale, estimate);
    const int low = level_at(levels, range.low);
    const int high = level_at(levels, range.high);
    by_level = setup_.rules.level_decided->band ? same_band(levels, low, high) : low == high;
    return by_level;
}

// Nothing above the top is told, so that nothing is left to ask. What other scales tell is not enough: each is asked.
bool AbilityMap::at_top(int scale, const AbilityEstimate& estimate) const {
    if (!setup_.rules.ends[at(scale)] || answered(scale) == 0) return false;
    const Levels& levels = setup_.rules.levels[at(scale)];
    return level_at(levels, decided_by(scale, estimate).low) == *setup_.scales[at(scale)].top_level;
}

Interval AbilityMap::decided_by(int scale, const AbilityEstimate& estimate) const {
    const double probability = setup_.rules.level_decided.value_or(LevelDecided{}).probability;
    return interval(setup_.estimation, estimate.theta[at(scale)], estimate.se(scale), probability);
}

bool AbilityMap::closed(int scale) const {
    bool by_level = false;
    return precise(scale, evidence_.map(), by_level);
}

bool AbilityMap::full(int scale) const {
    const ScaleRules& rules = setup_.scales[at(scale)];
    if (rules.max_items && asked(scale) >= *rules.max_items) return true;
    if (domain_of(scale) < 0) return false;
    const DomainRules& domain = setup_.rules.domains[at(domain_of(scale))];
    int asked_here = 0;
    for (const int s : domain.scales) asked_here += asked(s);
    return domain.max_items && asked_here >= *domain.max_items;
}

bool AbilityMap::has_questions(int scale, const Pool& pool) const {
    const ScaleItems& items = evidence_.bank().scale_items();
    const auto open = [&](int item) { return pool.open[at(item)] != 0; };
    for (int number = 0; number < items.scales(); ++number) {
        if (evidence_.numbers()[at(number)] != scale) continue;
        const auto& own = items.of_scale(number);
        if (std::any_of(own.begin(), own.end(), open)) return true;
    }
    return std::any_of(items.crossing().begin(), items.crossing().end(),
                       [&](int item) { return open(item) && own_scale(item) == scale; });
}

// Whether a question of its own would still tell something of the scale: lower its variance by a fiftieth, by
// I V / (1 + I V). That its target is out of reach closes no scale: the test makes it as precise as it may.
bool AbilityMap::worth_asking(int scale, const AbilityEstimate& estimate, const Pool& pool) const {
    const ScaleRules& rules = setup_.scales[at(scale)];
    const auto target = rules.standard_error ? rules.standard_error : setup_.standard_error;
    if (!target || setup_.rules.level_decided) return has_questions(scale, pool);
    constexpr double least_fall = 0.02;
    const double least = least_fall / ((1 - least_fall) * estimate.covariance(scale, scale));
    const ScaleItems& items = evidence_.bank().scale_items();
    const auto tells = [&](int item) { return pool.open[at(item)] != 0 && information_of(item) >= least; };
    for (int number = 0; number < items.scales(); ++number) {
        if (evidence_.numbers()[at(number)] != scale) continue;
        if (const auto* ranked = items.near(number, evidence_.mode()[at(scale)])) {
            for (const auto& [item, bound] : *ranked) {
                if (static_cast<double>(bound) < least) break;
                if (tells(item)) return true;
            }
            continue;
        }
        const auto& own = items.of_scale(number);
        if (std::any_of(own.begin(), own.end(), tells)) return true;
    }
    return std::any_of(items.crossing().begin(), items.crossing().end(),
                       [&](int item) { return own_scale(item) == scale && tells(item); });
}

// Without a place for each scale's state, the first scale that is open ends the look.
const char* AbilityMap::all_closed(const AbilityEstimate& estimate, const Pool* pool,
                                   std::vector<std::uint8_t>* closed) const {
    constexpr const char* reasons[] = {"standard_error", "level_decided", "max_items", "bank_exhausted"};
    if (closed) closed->assign(setup_.scales.size(), 1);
    bool all = true;
    std::size_t reason = 0;
    for (int s = 0; s < scales(); ++s) {
        if (!setup_.scales[at(s)].reported) continue;
        bool by_level = false;
        if (precise(s, estimate, by_level)) {
            reason = std::max(reason, std::size_t{by_level ? 1u : 0u});
        } else if (full(s)) {
            reason = std::max(reason, std::size_t{2});
        } else if (pool && !worth_asking(s, estimate, *pool)) {
            reason = 3;
        } else if (closed) {
            (*closed)[at(s)] = 0;
            all = false;
        } else {
            return nullptr;
        }
    }
    return all ? reasons[reason] : nullptr;
}

const char* AbilityMap::ended(int n, const Pool& pool) const {
    if (n < std::max(1, setup_.min_items) || evidence_.answers().empty()) return nullptr;
    const auto& overall_target = setup_.rules.overall_standard_error;
    if (overall_target && overall_at_mode().se <= *overall_target && overall_.se(estimate()) <= *overall_target)
        return "standard_error";
    const char* why = all_closed(evidence_.map(), &pool, nullptr);
    if (why && setup_.estimation.estimator != "map") why = all_closed(estimate(), &pool, nullptr);
    if (!why) return nullptr;
    int missing = 0;
    outstanding(&pool, missing);
    return missing > 0 ? nullptr : why;
}

// Own questions that scales still need for their minima, and in `sum` how many questions it takes to meet those of the
// domains, too. With a pool, no more than it has.
std::vector<int> AbilityMap::outstanding(const Pool* pool, int& sum) const {
    std::vector<int> available(setup_.scales.size(), pool ? 0 : 1000000);
    if (pool)
        for (std::size_t i = 0; i < pool->open.size(); ++i)
            if (pool->open[i]) ++available[at(own_scale(static_cast<int>(i)))];
    std::vector<int> need(setup_.scales.size(), 0);
    sum = 0;
    for (int s = 0; s < scales(); ++s) {
        need[at(s)] = std::min(available[at(s)], std::max(0, setup_.scales[at(s)].min_items - asked(s)));
        if (domain_of(s) < 0) sum += need[at(s)];
    }
    for (const DomainRules& domain : setup_.rules.domains) {
        int asked_here = 0, needed = 0, there = 0;
        for (const int s : domain.scales) {
            asked_here += asked(s);
            needed += need[at(s)];
            there = std::min(1000000, there + available[at(s)]);
        }
        const int short_of = std::min(there, std::max(0, domain.min_items - asked_here));
        sum += std::max(needed, short_of);
        if (short_of > needed)
            for (const int s : domain.scales) need[at(s)] = std::max(need[at(s)], std::min(available[at(s)], 1));
    }
    return need;
}

std::vector<int> AbilityMap::narrow(Pool& pool, int n) const {
    std::vector<int> closed_items;
    const auto close = [&](const auto& wanted) {
        for (std::size_t i = 0; i < pool.open.size(); ++i) {
            const int item = static_cast<int>(i);
            if (!pool.open[i] || wanted(own_scale(item))) continue;
            pool.close(item);
            closed_items.push_back(item);
        }
    };
    std::vector<std::uint8_t> closed_now(setup_.scales.size(), 0);
    bool quotas = false;
    bool minima = false;
    for (int s = 0; s < scales(); ++s) {
        const ScaleRules& rules = setup_.scales[at(s)];
        closed_now[at(s)] = full(s) ? 1 : 0;
        quotas = quotas || full(s);
        minima = minima || rules.min_items > asked(s);
    }
    for (const DomainRules& domain : setup_.rules.domains) {
        int asked_here = 0;
        for (const int s : domain.scales) asked_here += asked(s);
        minima = minima || domain.min_items > asked_here;
    }
    if (quotas) close([&](int scale) { return !closed_now[at(scale)]; });
    if (!minima) return closed_items;
    int sum = 0;
    const std::vector<int> need = outstanding(&pool, sum);
    if (sum == 0) return closed_items;
    // What a domain may still ask is kept for the scales of it that need questions.
    std::vector<std::uint8_t> kept(setup_.scales.size(), 1);
    bool reserved = false;
    for (const DomainRules& domain : setup_.rules.domains) {
        if (!domain.max_items) continue;
        int asked_here = 0, needed = 0;
        for (const int s : domain.scales) {
            asked_here += asked(s);
            needed += std::max(0, std::min(need[at(s)], setup_.scales[at(s)].min_items - asked(s)));
        }
        if (needed == 0 || *domain.max_items - asked_here > needed) continue;
        reserved = true;
        for (const int s : domain.scales)
            kept[at(s)] = setup_.scales[at(s)].min_items > asked(s) && need[at(s)] > 0 ? 1 : 0;
    }
    if (reserved) close([&](int scale) { return kept[at(scale)] != 0; });
    const bool rest_is_due =
        (setup_.max_items && *setup_.max_items - n <= sum) || all_closed(evidence_.map(), &pool, nullptr) != nullptr;
    if (rest_is_due) close([&](int scale) { return need[at(scale)] > 0; });
    return closed_items;
}

std::vector<std::uint8_t> AbilityMap::closed_now(const Pool* pool, bool& by_mode) const {
    std::vector<std::uint8_t> closed;
    by_mode = true;
    if (all_closed(evidence_.map(), pool, &closed) && setup_.estimation.estimator != "map") {
        all_closed(estimate(), pool, &closed);
        by_mode = false;
    }
    return closed;
}

std::vector<std::uint8_t> AbilityMap::closed_scales(const Pool& pool) const {
    bool by_mode = true;
    std::vector<std::uint8_t> closed = closed_now(&pool, by_mode);
    for (int s = 0; s < scales(); ++s)
        if (closed[at(s)] && setup_.scales[at(s)].min_items > asked(s) && has_questions(s, pool)) closed[at(s)] = 0;
    return closed;
}

// The mode, but where nothing was answered yet of what the person said something about.
const std::vector<double>& AbilityMap::choosing_point() const {
    if (!start_) return evidence_.mode();
    point_ = evidence_.mode();
    const auto answered_of = [&](const std::vector<int>& scales) {
        return std::any_of(scales.begin(), scales.end(), [&](int s) { return answered(s) > 0; });
    };
    for (int s = 0; s < scales(); ++s) {
        const auto domain = domain_of(s);
        if (!start_->scales.empty() && start_->scales[at(s)]) {
            if (answered(s) == 0) point_[at(s)] = *start_->scales[at(s)];
        } else if (domain >= 0 && !start_->domains.empty() && start_->domains[at(domain)]) {
            if (!answered_of(setup_.rules.domains[at(domain)].scales)) point_[at(s)] = *start_->domains[at(domain)];
        } else if (start_->overall && evidence_.answers().empty()) {
            point_[at(s)] = *start_->overall;
        }
    }
    return point_;
}

// The weights that the default criterion has now: those of the scales that are open.
void AbilityMap::prepare(const Pool* pool) const {
    if (prepared_) return;
    prepared_ = true;
    open_ = weights_of(setup_.scales);
    if (setup_.rules.criterion == "variance") {
        bool by_mode = true;
        const std::vector<std::uint8_t> closed = closed_now(pool, by_mode);
        // By how much a variance is above its target, in targets.
        for (int s = 0; s < scales(); ++s) {
            const ScaleRules& rules = setup_.scales[at(s)];
            const auto target = rules.standard_error ? rules.standard_error : setup_.standard_error;
            if (!target) continue;
            const double variance = by_mode ? evidence_.covariance()(s, s) : estimate().covariance(s, s);
            open_[at(s)] *= std::max(1e-3, variance / (*target * *target) - 1);
        }
        bool any = false;
        for (int s = 0; s < scales(); ++s) any = any || (!closed[at(s)] && open_[at(s)] > 0);
        for (int s = 0; s < scales() && any; ++s)
            if (closed[at(s)]) open_[at(s)] = 0;
    }
    criterion_.prepare(evidence_, open_, choosing_point());
}

void AbilityMap::collect(const Pool& pool, std::size_t count, std::vector<Candidate>& candidates) const {
    prepare(&pool);
    const std::size_t ahead = at(setup_.rules.look_ahead);
    criterion_.collect(pool, std::max(count, ahead), candidates);
    if (ahead == 0) return;
    order_candidates(candidates, ahead);
    for (std::size_t k = 0; k < std::min(ahead, candidates.size()); ++k)
        candidates[k].value += value_of_next(candidates[k].item, pool);
}

// Of the question after this one, the best for what the answer has told.
double AbilityMap::value_of_next(int item, const Pool& pool) const {
    const Bank& bank = evidence_.bank();
    Pool rest = pool;
    rest.close(item);
    for (const int enemy : bank.enemies(item))
        if (rest.open[at(enemy)]) rest.close(enemy);
    const Parameters& parameters = bank[item].parameters;
    const CategoryValues answers = probabilities(parameters, along(item, choosing_point()));
    std::vector<Candidate> next;
    double sum = 0;
    for (int category = 0; category < categories(parameters); ++category) {
        AbilityMap then(*this);
        then.take(item, category);
        then.prepare(&rest);
        then.criterion_.collect(rest, 1, next);
        double best = 0;
        for (const Candidate& each : next) best = std::max(best, each.value);
        sum += answers.p[at(category)] * best;
    }
    return sum;
}

double AbilityMap::value(int item) const {
    prepare(nullptr);
    return criterion_.value(item);
}

std::vector<double> AbilityMap::values_of(const std::vector<int>& items, const Pool& pool) const {
    prepared_ = false;
    prepare(&pool);
    std::vector<double> values;
    for (const int item : items) values.push_back(criterion_.value(item));
    prepared_ = false;  // what is left of the pool may close other scales
    if (values.empty()) return values;
    const auto [least, largest] = std::minmax_element(values.begin(), values.end());
    const double low = *least, width = *largest - low;
    for (double& value : values) value = width > 0 ? (value - low) / width : 1;
    return values;
}

double AbilityMap::along(int item, const std::vector<double>& point) const {
    const auto loads = evidence_.bank().scale_items().loads(item);
    double t = 0;
    for (std::size_t k = 0; k < loads.scales.size(); ++k)
        t += loads.weights[k] * point[at(evidence_.numbers()[at(loads.scales[k])])];
    return t;
}

double AbilityMap::information_of(int item) const {
    return information(evidence_.bank()[item].parameters, along(item, evidence_.mode()));
}

double AbilityMap::expected_share(int item) const {
    return expected_fraction(evidence_.bank()[item].parameters, along(item, choosing_point()));
}

double AbilityMap::largest_information(const Pool& pool) const {
    double largest = 0;
    for (std::size_t i = 0; i < pool.open.size(); ++i)
        if (pool.open[i]) largest = std::max(largest, information_of(static_cast<int>(i)));
    return largest;
}

// What an answer is told of is asked twice.
std::optional<double> AbilityMap::precision_reached() const {
    if (!precision_known_) {
        precision_known_ = true;
        precision_ = precision_of(evidence_.covariance());
    }
    return precision_;
}

std::optional<double> AbilityMap::precision_of(const Matrix& covariance) const {
    double sum = 0;
    int counted = 0;
    for (int s = 0; s < scales(); ++s) {
        const ScaleRules& rules = setup_.scales[at(s)];
        const auto target = rules.standard_error ? rules.standard_error : setup_.standard_error;
        if (!target || !rules.reported) continue;
        const double before = 1 / prior_->covariance(s, s);
        const double wanted = 1 / (*target * *target) - before;
        const double now = 1 / covariance(s, s) - before;
        sum += wanted > 0 && !at_top(s, evidence_.map()) ? std::clamp(now / wanted, 0.0, 1.0) : 1;
        ++counted;
    }
    if (counted == 0) return std::nullopt;
    return sum / counted;
}

// After the mode has changed.
void AbilityMap::forget() {
    estimate_.reset();
    exact_.reset();
    precision_known_ = false;
}

}  // namespace palier
