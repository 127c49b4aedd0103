// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/map_robustness.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "adapters/host/findings.hpp"
#include "adapters/host/plan_check.hpp"
#include "engine/math/elementary.hpp"
#include "engine/simulation/parallel.hpp"

namespace palier::host {
namespace {

constexpr std::size_t checked_persons = 200;
constexpr double least_held = 0.9;
constexpr double lower_by = 0.3;    // of a correlation
constexpr double off_levels = 0.7;  // of a difficulty
// What is proposed has to pass the bar by this much: its figures are of some hundreds of persons.
constexpr double held_to_spare = 0.01;

struct Held {
    MapFigures figures;
    /// The share of truths in the 95 % intervals that the plan tells, of a reported scale or (-1) of all.
    double share(const palier::Plan& plan, int reported = -1) const {
        MapScaleFigures sum;
        if (reported >= 0)
            sum = figures.scales[at(reported)];
        else
            for (const MapScaleFigures& scale : figures.scales) sum.add(scale);
        const IntervalRule rule = sum.reliable > 0 ? plan.map->interval : IntervalRule::posterior;
        const int held = rule == IntervalRule::true_score   ? sum.by_true_score_95
                         : rule == IntervalRule::each_level ? sum.by_each_level_95
                                                            : sum.covered_95;
        return held / static_cast<double>(std::max(1, rule == IntervalRule::posterior ? sum.persons : sum.reliable));
    }
    double length() const { return figures.lengths / std::max(1, figures.persons); }
};

Held held(const std::shared_ptr<const palier::Bank>& bank, const std::shared_ptr<const palier::Plan>& plan,
          const AbilityPrior& population, std::uint64_t seed, int threads, const std::vector<double>& off = {}) {
    Matrix factor = population.covariance;
    cholesky(factor);
    Held result{MapFigures(*plan)};
    MapPopulation of;
    of.off = off;
    simulate_map(
        bank, plan, checked_persons, [&](std::size_t k) { return drawn_abilities(population, factor, k, seed); }, seed,
        threads, [&](std::size_t, const MapPerson& person) { result.figures.add(person); }, {}, of);
    return result;
}

std::string percent(double share) { return std::to_string(static_cast<int>(std::floor(100 * share + 1e-9))); }

std::vector<double> deviations(const palier::Plan& plan) {
    std::vector<double> sd;
    for (const ScaleRules& scale : plan.scales) sd.push_back(scale.prior.sd);
    return sd;
}

AbilityPrior prior_with(const palier::Plan& plan, const Matrix& correlation) {
    std::vector<double> mean;
    for (const ScaleRules& scale : plan.scales) mean.push_back(scale.prior.mean);
    return ability_prior(std::move(mean), deviations(plan), correlation).value();
}

double largest_correlation(const Matrix& correlation) {
    double most = 0;
    for (int i = 0; i < correlation.size(); ++i)
        for (int j = 0; j < i; ++j) most = std::max(most, std::fabs(correlation(i, j)));
    return most;
}

Matrix scaled(Matrix correlation, double factor) {
    for (int i = 0; i < correlation.size(); ++i)
        for (int j = 0; j < correlation.size(); ++j)
            if (i != j) correlation(i, j) *= factor;
    return correlation;
}

// The variance of the error of a scale that is apart, over that which its posterior says.
double inflation(const AbilityPrior& prior, const Matrix& posterior, int scale) {
    const int k = prior.size();
    std::vector<double> a(at(k), 0.0);
    for (int j = 0; j < k; ++j)
        for (int m = 0; m < k; ++m) a[at(j)] += posterior(scale, m) * prior.precision(m, j);
    double sum = 0;
    for (int j = 0; j < k; ++j)
        if (j != scale) sum += a[at(j)] * prior.covariance(scale, j);
    return 1 - 2 * a[at(scale)] * sum / posterior(scale, scale);
}

// What a scale that is apart holds by inflation(), set right by what was simulated of the plan as it is: such persons
// are asked at a level that is not theirs, so that their answers tell less than the posterior says.
class Prediction {
public:
    Prediction(const palier::Plan& plan, const Matrix& posterior, int scale, double simulated)
        : scale_(scale), information_(posterior.size()) {
        const AbilityPrior now = prior_of_map(*plan.map, plan.scales);
        Matrix factor = posterior;
        if (!cholesky(factor)) return;
        inverse(factor, information_);
        for (int i = 0; i < information_.size(); ++i)
            for (int j = 0; j < information_.size(); ++j) information_(i, j) -= now.precision(i, j);
        const double truly = z_ / math::normal_quantile(0.5 + 0.5 * std::clamp(simulated, 0.02, 0.94));
        worse_ = std::max(1.0, (truly * truly - 1) / std::max(1e-6, inflation(now, posterior, scale) - 1));
    }
    const Matrix& information() const { return information_; }
    /// The share that 95 % intervals of the scale hold, with this prior and information of the answers.
    double held(const AbilityPrior& prior, const Matrix& information) const {
        Matrix factor = information;
        for (int i = 0; i < factor.size(); ++i)
            for (int j = 0; j < factor.size(); ++j) factor(i, j) += prior.precision(i, j);
        if (!cholesky(factor)) return 0;
        Matrix covariance(factor.size());
        inverse(factor, covariance);
        return 2 * math::normal_cdf(z_ / std::sqrt(1 + worse_ * (inflation(prior, covariance, scale_) - 1))) - 1;
    }

private:
    int scale_;
    double z_ = math::normal_quantile(0.975);
    double worse_ = 1;
    Matrix information_;
};

// The largest correlation, in steps of 0.05, with which it is predicted to be enough.
double safer_correlation(const palier::Plan& plan, const Prediction& prediction) {
    const double most = largest_correlation(plan.map->correlation);
    for (int step = static_cast<int>(std::ceil(20 * most - 1e-9)) - 1; step > 0; --step)
        if (prediction.held(prior_with(plan, scaled(plan.map->correlation, 0.05 * step / most)),
                            prediction.information()) >= least_held + held_to_spare)
            return 0.05 * step;
    return 0;
}

// The least number of own questions of every scale with which it is, in half as many questions again at most; or 0.
int enough_own_questions(const palier::Plan& plan, const Prediction& prediction, const Held& now) {
    const AbilityPrior prior = prior_of_map(*plan.map, plan.scales);
    const int k = prior.size();
    for (int number = 1; number * k <= 1.5 * now.length(); ++number) {
        Matrix information = prediction.information();
        int reported = 0;
        for (int s = 0; s < k; ++s) {
            if (!plan.scales[at(s)].reported) continue;
            const double own = now.figures.scales[at(reported++)].own / now.figures.persons;
            if (own > 0 && own < number) information(s, s) *= number / own;
        }
        if (prediction.held(prior, information) >= least_held + held_to_spare) return number;
    }
    return 0;
}

struct Change {
    std::string words;
    const char* field;  ///< of the plan
    Json value;         ///< what it becomes there
    std::shared_ptr<const palier::Plan> plan;
};

// One number where all correlations are alike.
Json correlation_json(const Matrix& correlation) {
    const auto rounded = [](double value) { return std::round(1e4 * value) / 1e4; };
    Json rows = Json::array();
    bool alike = correlation.size() > 1;
    for (int i = 0; i < correlation.size(); ++i) {
        Json row = Json::array();
        for (int j = 0; j < correlation.size(); ++j) {
            row.push_back(rounded(correlation(i, j)));
            alike = alike && (i == j || rounded(correlation(i, j)) == rounded(correlation(1, 0)));
        }
        rows.push_back(std::move(row));
    }
    return alike ? Json(rounded(correlation(1, 0))) : rows;
}

Change with_correlation(const palier::Plan& plan, double most, Language language) {
    auto changed = std::make_shared<palier::Plan>(plan);
    changed->map->correlation = scaled(plan.map->correlation, most / largest_correlation(plan.map->correlation));
    return {words::text("change_map_correlation", language, {{"value", decimal(most, 2, language)}}), "map.correlation",
            correlation_json(changed->map->correlation), changed};
}

std::optional<Change> with_own_questions(const palier::Bank& bank, const palier::Plan& plan, int number,
                                         Language language) {
    auto changed = std::make_shared<palier::Plan>(plan);
    int sum = 0;
    for (ScaleRules& scale : changed->scales) {
        if (scale.reported) scale.min_items = std::max(scale.min_items, number);
        if (scale.max_items && *scale.max_items < scale.min_items) return std::nullopt;
        sum += scale.min_items;
    }
    if (plan.stop.max_items && sum > *plan.stop.max_items) return std::nullopt;
    if (!check_plan(bank, *changed, language).problems.empty()) return std::nullopt;
    return Change{words::counted("change_map_own", language, number, {}), "scales.min_items", number, changed};
}

// What was tried so that 95 % intervals hold enough, and in words what did.
struct Tries {
    Json tried = Json::array();
    std::string works;
    bool add(const Change& change, const Held& with, int reported, Language language) {
        const double share = with.share(*change.plan, reported);
        tried.push_back({{"change", change.words},
                         {"field", change.field},
                         {"value", change.value},
                         {"coverage_95", share},
                         {"length", with.length()},
                         {"works", share >= least_held}});
        if (share < least_held) return false;
        works +=
            " " + words::text("change_map_works", language,
                              {{"change", change.words},
                               {"percent", percent(share)},
                               {"questions", words::counted("count_questions", language, std::lround(with.length()))}});
        return true;
    }
};

// One scale apart: what it holds, and what was tried to make it hold more.
void warn_of_one_apart(Json& warnings, const std::shared_ptr<const palier::Bank>& bank,
                       const std::shared_ptr<const palier::Plan>& plan, const Matrix& posterior, std::uint64_t seed,
                       int threads, Language language) {
    const auto scale = most_exposed(*plan, posterior);
    if (!scale) return;
    const auto reported = static_cast<int>(std::count_if(plan->scales.begin(), plan->scales.begin() + *scale,
                                                         [](const ScaleRules& before) { return before.reported; }));
    const Held now = held(bank, plan, with_one_apart(*plan, *scale), seed, threads);
    const double covered = now.share(*plan, reported);
    if (covered >= least_held) return;
    Tries tries;
    const auto try_out = [&](const Change& change) {
        return tries.add(change, held(bank, change.plan, with_one_apart(*change.plan, *scale), seed, threads), reported,
                         language);
    };
    const Prediction prediction(*plan, posterior, *scale, covered);
    const double most = safer_correlation(*plan, prediction);
    for (const double lower : {0.0, 0.1})
        if (most - lower > 0.01 && try_out(with_correlation(*plan, most - lower, language))) break;
    if (const int number = enough_own_questions(*plan, prediction, now); number > 0)
        if (const auto change = with_own_questions(*bank, *plan, number, language)) try_out(*change);
    const words::Key key = "check_map_apart";
    const ScaleRules& rules = plan->scales[at(*scale)];
    std::string message =
        words::text(key, language,
                    {{"percent", percent(covered)}, {"scale", name_or_id(rules.name, rules.id, language)}}) +
        tries.works;
    warnings.push_back(finding(key, std::move(message),
                               {{"scale", rules.id}, {"coverage_95", covered}, {"tried", std::move(tries.tried)}}));
}

// Correlations lower than the plan's: what it holds, and how far the plan's would have to be lower, where persons' are
// as much below those.
void warn_of_correlation(Json& warnings, const std::shared_ptr<const palier::Bank>& bank,
                         const std::shared_ptr<const palier::Plan>& plan, std::uint64_t seed, int threads,
                         Language language) {
    const double covered = held(bank, plan, less_correlated(*plan, lower_by), seed, threads).share(*plan);
    if (covered >= least_held) return;
    Tries tries;
    const double most = std::floor(20 * largest_correlation(plan->map->correlation) + 1e-9) / 20;
    for (const double lower : {0.1, 0.2, 0.3}) {
        if (most - lower < 0.01) break;
        const Change change = with_correlation(*plan, most - lower, language);
        if (tries.add(change, held(bank, change.plan, less_correlated(*change.plan, lower_by), seed, threads), -1,
                      language))
            break;
    }
    const words::Key key = "check_map_correlation";
    warnings.push_back(finding(key, words::text(key, language, {{"percent", percent(covered)}}) + tries.works,
                               {{"coverage_95", covered}, {"tried", std::move(tries.tried)}}));
}

// 0.7 level in logits: of levels the mean distance of the cuts. Without levels, or with one cut, a level is taken for
// 0.7 standard deviations of the prior, which has eight of them between the 1st and the 99th of a hundred persons.
double off_by(const palier::Plan& plan, int scale) {
    if (plan.levels && plan.levels->cuts.size() > 1)
        return off_levels * (plan.levels->cuts.back() - plan.levels->cuts.front()) /
               static_cast<double>(plan.levels->cuts.size() - 1);
    return off_levels * 0.7 * plan.scales[at(scale)].prior.sd;
}

// The doubt that the bank has of where an item lies.
double doubt(const Item& item) {
    const ParameterErrors errors = errors_of(item);
    if (!is_polytomous(item.parameters.model) || item.parameters.model == Model::rsm) return errors.b;
    const int steps = item.parameters.categories - 1;
    double squares = 0;
    for (int k = 0; k < steps; ++k) squares += errors.steps[at(k)] * errors.steps[at(k)] / steps;
    return std::sqrt(squares);
}

void warn_of_difficulties(Json& warnings, const std::shared_ptr<const palier::Bank>& bank,
                          const std::shared_ptr<const palier::Plan>& plan, std::uint64_t seed, int threads,
                          Language language) {
    double least_off = 0;
    for (std::size_t s = 0; s < plan->scales.size(); ++s) {
        const double off = off_by(*plan, static_cast<int>(s));
        least_off = s == 0 ? off : std::min(least_off, off);
    }
    std::vector<double> off;
    bool some = false;
    for (const Item& item : bank->items()) {
        const double known = doubt(item);
        off.push_back(std::sqrt(std::max(0.0, least_off * least_off - known * known)));
        some = some || off.back() > 0;
    }
    if (!some) return;  // said already
    const double covered = held(bank, plan, prior_of_map(*plan->map, plan->scales), seed, threads, off).share(*plan);
    if (covered >= least_held) return;
    warnings.push_back(finding("check_map_difficulties",
                               words::text("check_map_difficulties", language,
                                           {{"percent", percent(covered)}, {"value", decimal(least_off, 2, language)}}),
                               {{"off", least_off}, {"coverage_95", covered}}));
}

}  // namespace

AbilityPrior less_correlated(const palier::Plan& plan, double lower) {
    std::vector<double> mean;
    for (const ScaleRules& scale : plan.scales) mean.push_back(scale.prior.mean);
    Matrix correlation = plan.map->correlation;
    for (int i = 0; i < correlation.size(); ++i)
        for (int j = 0; j < correlation.size(); ++j)
            if (i != j && correlation(i, j) > 0) correlation(i, j) = std::max(0.0, correlation(i, j) - lower);
    if (auto prior = ability_prior(std::move(mean), deviations(plan), correlation)) return *prior;
    const double most = largest_correlation(plan.map->correlation);
    return prior_with(plan, scaled(plan.map->correlation, std::max(0.0, 1 - lower / most)));
}

AbilityPrior with_one_apart(const palier::Plan& plan, int scale) {
    Matrix correlation = plan.map->correlation;
    for (int j = 0; j < correlation.size(); ++j)
        if (j != scale) correlation(scale, j) = correlation(j, scale) = 0;
    return prior_with(plan, correlation);
}

std::optional<int> most_exposed(const palier::Plan& plan, const Matrix& posterior) {
    const AbilityPrior prior = prior_of_map(*plan.map, plan.scales);
    std::optional<int> worst;
    double most = 1 + 1e-9;  // where nothing correlates, nothing is exposed
    for (int s = 0; s < prior.size(); ++s) {
        if (!plan.scales[at(s)].reported) continue;
        const double now = inflation(prior, posterior, s);
        if (now <= most * (1 + 1e-9)) continue;
        worst = s;
        most = now;
    }
    return worst;
}

Json robustness_warnings(const std::shared_ptr<const palier::Bank>& bank,
                         const std::shared_ptr<const palier::Plan>& plan, const Matrix& posterior, std::uint64_t seed,
                         int threads, Language language) {
    Json warnings = Json::array();
    warn_of_correlation(warnings, bank, plan, seed, threads, language);
    warn_of_one_apart(warnings, bank, plan, posterior, seed, threads, language);
    warn_of_difficulties(warnings, bank, plan, seed, threads, language);
    return warnings;
}

}  // namespace palier::host
