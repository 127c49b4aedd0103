// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/propagation.hpp"

#include <algorithm>
#include <cmath>

#include "engine/ability/axis.hpp"
#include "engine/ability/line.hpp"
#include "engine/ability/perturbation.hpp"
#include "engine/math/add_times.hpp"

namespace palier {
namespace {

constexpr double tolerance = 1e-4;
constexpr int most_sweeps = 100;

class Propagation {
public:
    explicit Propagation(const AbilityEvidence& evidence)
        : evidence_(evidence), result_{evidence.map(), {}, 0, false}, along_(at(evidence.size())) {
        make_sites();
    }

    Propagated run() {
        if (result_.sites.empty()) {
            result_.converged = true;
            return std::move(result_);
        }
        if (asymptotes_ && !tidy()) {  // the mode's curvature was no maximum's: begin with the prior
            for (Site& site : result_.sites) site.precision = site.natural_mean = 0;
            tidy();
        }
        const Propagated begun = result_;
        if (!sweeps()) {  // once more, slower
            result_ = begun;
            damping_ = 0.5;
            sweeps();
        }
        tidy();
        correct();
        return std::move(result_);
    }

private:
    bool sweeps() {
        lines_.assign(result_.sites.size(), {});
        moved_ = 0;
        for (result_.sweeps = 1; result_.sweeps <= most_sweeps; ++result_.sweeps) {
            const double before = moved_;
            moved_ = 0;
            for (std::size_t g = 0; g < result_.sites.size(); ++g) visit(g);
            // What is still to come, if it falls from sweep to sweep as it did: a geometric series.
            const double left = moved_ < 0.5 * before ? moved_ * moved_ / (before - moved_) : moved_;
            if (left < tolerance) return result_.converged = true;
        }
        return result_.converged = false;
    }

    void make_sites() {
        const auto& answers = evidence_.answers();
        std::vector<int> site_of(at(evidence_.size()), -1);
        for (int scale = 0; scale < evidence_.size(); ++scale) {
            for (std::size_t i = 0; i < answers.size(); ++i) {
                if (answers[i].only != scale) continue;
                if (site_of[at(scale)] < 0) {
                    site_of[at(scale)] = static_cast<int>(result_.sites.size());
                    result_.sites.push_back({scale, {}, 0, 0});
                }
                result_.sites.back().answers.push_back(static_cast<int>(i));
            }
        }
        for (std::size_t i = 0; i < answers.size(); ++i)
            if (answers[i].only < 0) result_.sites.push_back({-1, {static_cast<int>(i)}, 0, 0});
        // The mode's: of precision o_i, and of score s_i at the mode.
        for (Site& site : result_.sites) {
            double t = 0;
            double score = 0;
            for (const int number : site.answers) {
                const auto& answer = answers[at(number)];
                const ScoreTerms terms = evidence_.terms_at_mode(answer);
                site.precision += terms.observed;
                score += terms.score;
                asymptotes_ = asymptotes_ || answer.item->c > 0 || answer.item->d < 1;
            }
            t = mean_along(site, evidence_.mode());
            site.natural_mean = site.precision * t + score;
        }
    }

    AbilityEvidence::Direction direction(const Site& site) const {
        static constexpr double one = 1;
        if (site.only >= 0) return {{&site.only, 1}, {&one, 1}};
        return evidence_.direction(evidence_.answers()[at(site.answers[0])]);
    }

    double mean_along(const Site& site, const std::vector<double>& theta) const {
        const auto [scales, weights] = direction(site);
        double sum = 0;
        for (std::size_t k = 0; k < scales.size(); ++k) sum += weights[k] * theta[at(scales[k])];
        return sum;
    }

    // along_ = Sigma w; gives w' Sigma w.
    double turn_along(const Site& site) {
        const Matrix& covariance = result_.estimate.covariance;
        const auto [scales, weights] = direction(site);
        std::fill(along_.begin(), along_.end(), 0.0);
        for (std::size_t k = 0; k < scales.size(); ++k)
            math::add_times(along_.data(), weights[k], covariance.row(scales[k]), along_.size());
        return mean_along(site, along_);
    }

    void visit(std::size_t g) {
        Site& site = result_.sites[g];
        const double variance = turn_along(site);
        const double mean = mean_along(site, result_.estimate.theta);
        const double precision = 1 / variance - site.precision;
        if (!(precision > 0)) return;
        const double natural = mean / variance - site.natural_mean;
        LineLikelihood& line = lines_[g];
        if (line.likelihood.empty())
            make_line(evidence_, site.answers, mean, std::sqrt(variance), natural / precision, precision, line);
        const LineMoments tilted = line_moments(line, mean, natural, precision, room_);
        moved_ = std::max({moved_, std::fabs(tilted.mean - mean) / std::sqrt(variance),
                           std::fabs(tilted.variance - variance) / variance});
        site.skewness = tilted.skewness;
        site.excess = tilted.excess;
        const double d_tau = damping_ * (1 / tilted.variance - precision - site.precision);
        const double d_nu = damping_ * (tilted.mean / tilted.variance - natural - site.natural_mean);
        const double below = 1 + d_tau * variance;
        if (!(below > 1e-10)) return;
        site.precision += d_tau;
        site.natural_mean += d_nu;
        const double by = d_tau / below;
        const double shift = (d_nu - d_tau * mean) / below;
        subtract_square(result_.estimate.covariance, by, along_);
        math::add_times(result_.estimate.theta.data(), shift, along_.data(), along_.size());
    }

    // Covariance and mean once more from the sites, without what the updates rounded.
    bool tidy() {
        const int n = evidence_.size();
        const AbilityPrior& prior = evidence_.prior();
        Matrix precision = prior.precision;
        std::vector<double> natural(at(n));
        for (int i = 0; i < n; ++i)
            for (int j = 0; j < n; ++j) natural[at(i)] += prior.precision(i, j) * prior.mean[at(j)];
        for (const Site& site : result_.sites) {
            const auto [scales, weights] = direction(site);
            for (std::size_t a = 0; a < scales.size(); ++a) {
                natural[at(scales[a])] += weights[a] * site.natural_mean;
                for (std::size_t b = 0; b < scales.size(); ++b)
                    precision(scales[a], scales[b]) += weights[a] * weights[b] * site.precision;
            }
        }
        if (!factor_.make(precision, &natural)) return false;
        factor_.inverse(result_.estimate.covariance);
        factor_.solution(result_.estimate.theta);
        return true;
    }

    void correct() {
        const std::size_t count = result_.sites.size();
        if (count < 2 || count > most_corrected) return;
        std::vector<Departure> departures;
        for (const Site& site : result_.sites)
            departures.push_back({direction(site), std::sqrt(turn_along(site)), site.skewness, site.excess});
        const AbilityEstimate q = result_.estimate;
        correct_moments(departures, result_.estimate);
        if (needs_axis(evidence_)) correct_axis(evidence_, result_.sites, departures, q, result_.estimate);
    }

    const AbilityEvidence& evidence_;
    Propagated result_;
    std::vector<LineLikelihood> lines_;
    std::vector<double> along_;
    std::vector<double> room_;
    Factor factor_;
    double damping_ = 1;
    bool asymptotes_ = false;
    double moved_ = 0;
};

}  // namespace

Propagated propagate(const AbilityEvidence& evidence) { return Propagation(evidence).run(); }

}  // namespace palier
