// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/estimation/quadrature.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/estimation/maximise.hpp"
#include "engine/math/elementary.hpp"

namespace palier {
namespace {

constexpr double faintest = 45;  ///< e^-45 of the largest density is left out

/// ln of the density that is integrated, and its slope.
class Density {
public:
    Density(const Evidence& evidence, bool with_prior)
        : evidence_(evidence),
          normal_(with_prior && evidence.has_normal_prior()),
          jeffreys_(with_prior && evidence.has_jeffreys_prior() && !evidence.observations().empty()) {}

    double log(double theta) const {
        double sum = normal_ ? evidence_.log_prior(theta) : 0;
        for (const Observation& o : evidence_.observations()) sum += log_probability(o.item, o.category, theta);
        if (jeffreys_) sum += log_jeffreys(total_information(evidence_, theta));
        return sum;
    }
    double slope(double theta) const {
        double sum = likelihood_slope(evidence_, theta);
        if (normal_) sum -= evidence_.prior_precision() * (theta - evidence_.prior_mean());
        if (jeffreys_) {
            double total = 0;
            double bend = 0;
            for (const Observation& o : evidence_.observations()) {
                const Curves at = curves(o.item, theta);
                total += at.information;
                bend += at.dinformation;
            }
            if (total > 0) sum += 0.5 * bend / total;
        }
        return sum;
    }
    double curvature(double theta) const {
        double sum = normal_ ? evidence_.prior_precision() : 0;
        for (const Observation& o : evidence_.observations()) sum += observed_information(o.item, o.category, theta);
        return sum;
    }
    bool one_mode() const { return !jeffreys_ && is_concave(evidence_); }

private:
    const Evidence& evidence_;
    bool normal_;
    bool jeffreys_;
};

struct Sums {
    double mass = 0;
    double first = 0;
    double second = 0;
};

// Kronrod's points and weights for 15, and Gauss's weights for 7 of them (Kronrod 1965).
constexpr std::array<double, 8> points = {0.991455371120812639206854697526329, 0.949107912342758524526189684047851,
                                          0.864864423359769072789712788640926, 0.741531185599394439863864773280788,
                                          0.586087235467691130294144691693013, 0.405845151377397166906606412076961,
                                          0.207784955007898467600689403773245, 0.0};
constexpr std::array<double, 8> kronrod = {0.022935322010529224963732008058970, 0.063092092629978553290700663189204,
                                           0.104790010322250183839876322541518, 0.140653259715525918745189590510238,
                                           0.169004726639267902826583426598550, 0.190350578064785409913256402421014,
                                           0.204432940075298892414161999234649, 0.209482141084727828012999174891714};
constexpr std::array<double, 4> gauss = {0.129484966168869693270611432679082, 0.279705391489276667901467771423780,
                                         0.381830050505118944950369775488975, 0.417959183673469387755102040816327};

/// The three integrals about `centre`, relative to the density's largest value.
class Integral {
public:
    Integral(const Density& density, double centre, double largest)
        : density_(density), centre_(centre), largest_(largest) {}

    void add(double low, double high, int depth) {
        const double half = 0.5 * (high - low);
        const double middle = 0.5 * (low + high);
        Sums fine;
        Sums coarse;
        for (std::size_t k = 0; k < points.size(); ++k) {
            for (const double side : {-1.0, 1.0}) {
                if (k + 1 == points.size() && side > 0) break;
                const double theta = middle + side * half * points[k];
                const double value = half * math::exp(density_.log(theta) - largest_);
                const double distance = theta - centre_;
                take(fine, kronrod[k] * value, distance);
                if (k % 2 == 1) take(coarse, gauss[k / 2] * value, distance);
            }
        }
        // What is known of the whole so far says how small an error has to be.
        const double mass = sums_.mass + fine.mass;
        const double spread = std::sqrt(std::max(sums_.second + fine.second, 0.0) * mass);
        const bool exact = std::fabs(fine.mass - coarse.mass) <= tolerance * mass &&
                           std::fabs(fine.first - coarse.first) <= tolerance * spread &&
                           std::fabs(fine.second - coarse.second) <= tolerance * (sums_.second + fine.second);
        if (!exact && depth < 48 && middle > low && middle < high) {
            add(low, middle, depth + 1);
            add(middle, high, depth + 1);
            return;
        }
        sums_.mass += fine.mass;
        sums_.first += fine.first;
        sums_.second += fine.second;
    }
    const Sums& sums() const { return sums_; }

private:
    static constexpr double tolerance = 1e-10;

    static void take(Sums& sums, double weight, double distance) {
        sums.mass += weight;
        sums.first += weight * distance;
        sums.second += weight * distance * distance;
    }

    const Density& density_;
    double centre_;
    double largest_;
    Sums sums_;
};

// About where the density has fallen by `drop` on the way from `mode` to `end`; `end` where it does not. Beyond rather
// than before.
double reach(const Density& density, double mode, double end, double floor) {
    if (density.log(end) >= floor) return end;
    double inside = mode;
    double outside = end;
    for (int k = 0; k < 200; ++k) {
        const double middle = 0.5 * (inside + outside);
        if (middle == inside || middle == outside) break;
        (density.log(middle) >= floor ? inside : outside) = middle;
        if (std::fabs(outside - inside) < 0.25 * std::fabs(inside - mode)) break;
    }
    return outside;
}

}  // namespace

NodeLimits::NodeLimits(double step, int nodes) : step_(step), own_(nodes != Estimation{}.nodes) {}

bool NodeLimits::too_far_apart(const std::vector<double>& weights, double mass, double sd, double steepest) const {
    if (own_) {
        constexpr double counts = 0.003;
        return mass < 2.3 && std::count_if(weights.begin(), weights.end(), [](double w) { return w > counts; }) < 3;
    }
    if (steepest * step_ > steepest_for_a_step) return true;
    // A few steep items make no normal posterior: it has to be wider. The mass of a normal one is sqrt(2 pi) sd / h.
    const double least = steepest * step_ > 0.7 ? 1.7 : 0.9;
    return mass < 0.9 * 2.506628274631000502 || sd < least * step_;
}

Spread spread(const std::vector<double>& weights, const std::vector<double>& nodes) {
    double mass = 0;
    double moment = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) {
        mass += weights[k];
        moment += weights[k] * nodes[k];
    }
    const double mean = moment / mass;
    double square = 0;
    for (std::size_t k = 0; k < weights.size(); ++k) square += weights[k] * (nodes[k] - mean) * (nodes[k] - mean);
    return {mass, mean, std::sqrt(square / mass)};
}

bool ends_count(const std::vector<double>& weights, const std::vector<double>& nodes, double mass, double mean,
                double sd) {
    constexpr double nothing = 1e-12;
    const std::size_t n = weights.size();
    if (n < 3 ||
        (weights.front() < nothing && weights.back() < nothing && weights[1] < nothing && weights[n - 2] < nothing))
        return false;
    std::array<double, 3> change{};
    for (const auto& [end, inner] : {std::pair<std::size_t, std::size_t>{0, 1}, {n - 1, n - 2}}) {
        double at_end = 2 * weights[end];
        double within = weights[inner];
        for (double& moment : change) {
            moment += (within - at_end) / 12;
            at_end *= nodes[end] - mean;
            within *= nodes[inner] - mean;
        }
    }
    const double whole = mass + change[0];
    const double shift = change[1] / whole;
    const double variance = (mass * sd * sd + change[2]) / whole - shift * shift;
    return std::fabs(shift) > 3e-7 || std::fabs(std::sqrt(std::max(variance, 0.0)) / sd - 1) > 1e-4;
}

double steepness(const Parameters& item) {
    if (!is_polytomous(item.model) || item.model == Model::grm) return item.a;
    const auto steps = static_cast<std::size_t>(item.categories - 1);
    // Where categories give way to each other.
    double most = information(item, difficulty(item));
    if (item.model == Model::nrm) {
        for (std::size_t k = 0; k < steps; ++k) {
            if (item.steps[k] != 0) most = std::max(most, information(item, -item.intercepts[k] / item.steps[k]));
            for (std::size_t j = 0; j < k; ++j) {
                const double apart = item.steps[k] - item.steps[j];
                if (apart != 0)
                    most = std::max(most, information(item, (item.intercepts[j] - item.intercepts[k]) / apart));
            }
        }
        return 2 * std::sqrt(most);
    }
    const double location = item.model == Model::rsm ? item.b : 0;
    for (std::size_t k = 0; k < steps; ++k) {
        most = std::max(most, information(item, location + item.steps[k]));
        if (k > 0) most = std::max(most, information(item, location + 0.5 * (item.steps[k - 1] + item.steps[k])));
    }
    return 2 * std::sqrt(most);
}

Moments moments(const Evidence& evidence, bool with_prior, double low, double high) {
    const Density density(evidence, with_prior);
    Workspace& room = evidence.workspace();
    std::vector<double>& grid = density.one_mode() ? room.grid : fine_grid(evidence, low, high);
    if (density.one_mode()) grid.assign({low, high});
    std::vector<double>& modes = room.maxima;
    local_maxima([&](double theta) { return density.slope(theta); },
                 [&](double theta) { return density.curvature(theta); }, grid, modes);
    double largest = -std::numeric_limits<double>::infinity();
    double centre = modes.front();
    for (const double mode : modes) {
        const double value = density.log(mode);
        if (value > largest) {
            largest = value;
            centre = mode;
        }
    }
    // The pieces: around each mode that counts, from its centre outwards by the distances at which it has fallen to
    // e^-1/2 and to nearly nothing.
    std::vector<double>& cuts = room.cuts;
    cuts.clear();
    for (const double mode : modes) {
        const double value = density.log(mode);
        if (value < largest - faintest) continue;
        cuts.push_back(mode);
        for (const double end : {low, high}) {
            if (end == mode) continue;
            const double near = reach(density, mode, end, value - 0.5);
            for (const double times : {1.0, 2.5, 5.0}) {
                const double cut = mode + times * (near - mode);
                if (cut > low && cut < high) cuts.push_back(cut);
            }
            cuts.push_back(reach(density, mode, end, largest - faintest));
        }
    }
    std::sort(cuts.begin(), cuts.end());
    Integral integral(density, centre, largest);
    // From the largest mode outwards, so that the tails are held to what the whole is.
    const auto from = static_cast<std::size_t>(std::lower_bound(cuts.begin(), cuts.end(), centre) - cuts.begin());
    for (std::size_t k = from; k + 1 < cuts.size(); ++k)
        if (cuts[k + 1] > cuts[k]) integral.add(cuts[k], cuts[k + 1], 0);
    for (std::size_t k = from; k > 0; --k)
        if (cuts[k] > cuts[k - 1]) integral.add(cuts[k - 1], cuts[k], 0);
    const Sums& sums = integral.sums();
    if (!(sums.mass > 0)) return {centre, 0};
    const double shift = sums.first / sums.mass;
    return {std::min(std::max(centre + shift, low), high),
            std::sqrt(std::max(0.0, sums.second / sums.mass - shift * shift))};
}

}  // namespace palier
