// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/propagation.hpp"

#include <algorithm>
#include <cmath>

#include "engine/ability/axis.hpp"
#include "engine/ability/line.hpp"
#include "engine/ability/perturbation.hpp"

namespace palier {
namespace {

constexpr double tolerance = 1e-5;
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
        for (result_.sweeps = 1; result_.sweeps <= most_sweeps; ++result_.sweeps) {
            moved_ = 0;
            for (std::size_t g = 0; g < result_.sites.size(); ++g) visit(g);
            if (moved_ < tolerance) return result_.converged = true;
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

    double mean_along(const Site& site, const std::vector<double>& theta) const {
        if (site.only >= 0) return theta[at(site.only)];
        const auto [scales, weights] = evidence_.direction(evidence_.answers()[at(site.answers[0])]);
        double sum = 0;
        for (std::size_t k = 0; k < scales.size(); ++k) sum += weights[k] * theta[at(scales[k])];
        return sum;
    }

    // along_ = Sigma w; gives w' Sigma w.
    double turn_along(const Site& site) {
        const Matrix& covariance = result_.estimate.covariance;
        const int n = covariance.size();
        if (site.only >= 0) {
            const double* const row = covariance.row(site.only);
            std::copy(row, row + n, along_.begin());
            return along_[at(site.only)];
        }
        const auto [scales, weights] = evidence_.direction(evidence_.answers()[at(site.answers[0])]);
        std::fill(along_.begin(), along_.end(), 0.0);
        for (std::size_t k = 0; k < scales.size(); ++k) {
            const double* const row = covariance.row(scales[k]);
            for (int i = 0; i < n; ++i) along_[at(i)] += weights[k] * row[i];
        }
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
        const int n = evidence_.size();
        subtract_square(result_.estimate.covariance, by, along_);
        for (int i = 0; i < n; ++i) result_.estimate.theta[at(i)] += shift * along_[at(i)];
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
            if (site.only >= 0) {
                precision(site.only, site.only) += site.precision;
                natural[at(site.only)] += site.natural_mean;
                continue;
            }
            const auto [scales, weights] = evidence_.direction(evidence_.answers()[at(site.answers[0])]);
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
        std::vector<std::vector<double>> along;
        std::vector<double> sd;
        for (const Site& site : result_.sites) {
            departures.push_back({site.skewness, site.excess});
            sd.push_back(std::sqrt(turn_along(site)));
            along.push_back(along_);
            for (double& x : along.back()) x /= sd.back();
        }
        Matrix correlations(static_cast<int>(count));
        for (std::size_t g = 0; g < count; ++g)
            for (std::size_t h = 0; h <= g; ++h) {
                const double r = mean_along(result_.sites[g], along[h]) / sd[g];
                correlations(static_cast<int>(g), static_cast<int>(h)) = r;
                correlations(static_cast<int>(h), static_cast<int>(g)) = r;
            }
        const AbilityEstimate q = result_.estimate;
        correct_moments(departures, along, correlations, result_.estimate);
        if (!needs_axis(evidence_)) return;
        std::vector<double> means;
        for (const Site& site : result_.sites) means.push_back(mean_along(site, q.theta));
        correct_axis(evidence_, result_.sites, departures, means, sd, q, result_.estimate);
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
