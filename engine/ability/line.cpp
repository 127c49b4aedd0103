// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/line.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/math/add_times.hpp"
#include "engine/math/elementary.hpp"
#include "engine/math/many.hpp"

namespace palier {
namespace {

constexpr double beyond_reach = 25;
constexpr int most_points = 2000;  // on each side
constexpr int block = 8;

// ln L at `block` points from t on, `step` apart. Probabilities of items without steps are multiplied: e^-z grows by
// one factor from point to point, and one logarithm does for all.
void log_likelihoods(const AbilityEvidence& evidence, std::span<const int> answers, double t, double step,
                     double* out) {
    constexpr double far = 200;  // e^-far times `smallest` is no subnormal number
    constexpr double smallest = 1e-100;
    std::array<double, block> product;
    std::array<double, block> e;
    product.fill(1);
    std::fill(out, out + block, 0.0);
    const auto take_logarithms = [&] {
        for (std::size_t k = 0; k < block; ++k) out[k] += math::log(product[k]);
        product.fill(1);
    };
    for (const int number : answers) {
        const AbilityEvidence::Answer& answer = evidence.answers()[at(number)];
        const Parameters& item = *answer.item;
        const double z = item.a * (t - item.b);
        const double last = z + item.a * step * (block - 1);
        if (is_polytomous(item.model) || std::max(std::fabs(z), std::fabs(last)) > far) {
            for (int k = 0; k < block; ++k) out[k] += log_probability(item, answer.category, t + k * step);
            continue;
        }
        const double factor = math::exp(-item.a * step);
        e[0] = math::exp(-z);
        for (std::size_t k = 1; k < block; ++k) e[k] = e[k - 1] * factor;
        const double width = item.d - item.c;
        if (answer.category == 1) {
            for (std::size_t k = 0; k < block; ++k) product[k] *= item.c + width / (1 + e[k]);
        } else {
            for (std::size_t k = 0; k < block; ++k) product[k] *= (1 - item.d) + width * (e[k] / (1 + e[k]));
        }
        if (std::min(product[0], product[block - 1]) < smallest) take_logarithms();
    }
    take_logarithms();
}

// The likelihood of one answer to an item without steps at each point from t on: out.size() is a number of whole lanes.
void likelihoods(const Parameters& item, int category, double t, double step, std::vector<double>& out) {
    const double factor = math::exp(-item.a * step);
    std::array<double, math::four> begin{math::exp(-item.a * (t - item.b))};
    for (std::size_t k = 1; k < math::four; ++k) begin[k] = begin[k - 1] * factor;
    math::FourLanes e(begin.data());
    const math::FourLanes one(1);
    const math::FourLanes on(factor * factor * factor * factor);
    const math::FourLanes least(category == 1 ? item.c : 1 - item.d);
    const math::FourLanes width(item.d - item.c);
    for (std::size_t first = 0; first < out.size(); first += math::four) {
        math::FourLanes below = one;
        below += e;
        math::FourLanes p = least;
        p += width * (category == 1 ? one : e) / below;
        p.store(&out[first]);
        e = e * on;
    }
}

constexpr double farthest_edge = 200;        // e^-that and its products are numbers
constexpr double least_likelihood = 1e-100;  // so that nothing near it is too small for one

// L(t) exp(natural_mean t - precision t^2 / 2) over the latter at the middle: the normal part by its ratio from lane to
// lane, which changes by one factor, exp(-precision (4 step)^2). Over 40 points that errs by 1e-13.
void times_normal(const LineLikelihood& line, double natural_mean, double precision, std::size_t middle,
                  std::vector<double>& out) {
    const double h = line.step;
    const double slope = h * (natural_mean - precision * (line.first + static_cast<double>(middle) * h));
    const double half = 0.5 * precision * h * h;
    std::array<double, 2 * math::four + 1> values;
    constexpr auto width = static_cast<double>(math::four);
    for (std::size_t k = 0; k < math::four; ++k) {
        const double from_middle = static_cast<double>(k) - static_cast<double>(middle);
        values[k] = from_middle * (slope - half * from_middle);
        values[math::four + k] = width * (slope - half * (2 * from_middle + width));
    }
    values[2 * math::four] = -2 * half * width * width;
    math::exp_all(values.data(), values.size());
    math::FourLanes normal(&values[0]);
    math::FourLanes ratio(&values[math::four]);
    const math::FourLanes change(values[2 * math::four]);
    for (std::size_t first = 0; first < out.size(); first += math::four) {
        (normal * math::FourLanes(&line.likelihood[first])).store(&out[first]);
        normal = normal * ratio;
        ratio = ratio * change;
    }
}

// The same by logarithms, where the likelihood is largest elsewhere; gives where the product is.
std::size_t times_normal_by_logarithms(const LineLikelihood& line, double natural_mean, double precision,
                                       std::vector<double>& out) {
    std::size_t middle = 0;
    for (std::size_t k = 0; k < out.size(); ++k) {
        const double t = line.first + static_cast<double>(k) * line.step;
        out[k] = math::log(line.likelihood[k]) + t * (natural_mean - 0.5 * precision * t);
        if (out[k] > out[middle]) middle = k;
    }
    const double largest = out[middle];
    for (double& x : out) x -= largest;
    math::exp_all(out.data(), out.size());
    return middle;
}

}  // namespace

double edge(const Parameters& item) {
    const bool graded = item.model == Model::grm || !is_polytomous(item.model);
    return discrimination(item) * (graded ? 1 : item.categories - 1);
}

void make_line(const AbilityEvidence& evidence, std::span<const int> answers, double near, double sd, double mean,
               double precision, LineLikelihood& line) {
    double steepest = 0;
    bool asymptotes = false;
    for (const int number : answers) {
        const Parameters& item = *evidence.answers()[at(number)].item;
        steepest = std::max(steepest, edge(item));
        asymptotes = asymptotes || item.c > 0 || item.d < 1;
    }
    const double widest = (asymptotes ? 0.6 : 0.8) * sd;
    const double h = steepest > 0 ? std::min(widest, 0.95 / steepest) : widest;
    std::vector<double>& values = line.likelihood;
    values.clear();
    line.step = h;
    const AbilityEvidence::Answer& first_answer = evidence.answers()[at(answers[0])];
    const Parameters& item = *first_answer.item;
    if (answers.size() == 1 && !is_polytomous(item.model)) {
        // A probability is at most 1: the normal part alone says where the product is small.
        const double largest =
            log_probability(item, first_answer.category, near) - 0.5 * precision * (near - mean) * (near - mean);
        const double reach = std::sqrt(2 * (beyond_reach - largest) / precision);
        if (item.a * (std::fabs(mean - item.b) + reach + math::four * h) < farthest_edge) {
            line.first = mean - reach;
            values.resize(math::whole_lanes(static_cast<std::size_t>(2 * reach / h) + 2));
            likelihoods(item, first_answer.category, line.first, h, values);
            return;
        }
    }
    // Outwards on both sides; the lower one is turned round after.
    values.reserve(64);
    double largest = -1e300;
    const auto walk = [&](int direction, int from) {
        int beyond = 0;
        std::array<double, block> here;
        for (int first = from; first <= most_points; first += block) {
            log_likelihoods(evidence, answers, near + direction * first * h, direction * h, here.data());
            for (int k = 0; k < block; ++k) {
                const double from_mean = near + direction * (first + k) * h - mean;
                values.push_back(here[at(k)]);
                const double density = here[at(k)] - 0.5 * precision * from_mean * from_mean;
                largest = std::max(largest, density);
                beyond = density < largest - beyond_reach ? beyond + 1 : 0;
                if (beyond == 2) return;
            }
        }
    };
    walk(-1, 1);
    line.first = near - static_cast<double>(values.size()) * h;
    std::reverse(values.begin(), values.end());
    walk(1, 0);
    const double most = *std::max_element(values.begin(), values.end());
    for (double& x : values) x -= most;
    math::exp_all(values.data(), values.size());
    values.resize(math::whole_lanes(values.size()), 0.0);
}

LineMoments line_moments(const LineLikelihood& line, double near, double natural_mean, double precision,
                         std::vector<double>& room) {
    const std::size_t count = line.likelihood.size();
    room.resize(count);
    auto middle = static_cast<std::size_t>(
        std::clamp(std::round((near - line.first) / line.step), 0.0, static_cast<double>(count - 1)));
    if (line.likelihood[middle] > least_likelihood)
        times_normal(line, natural_mean, precision, middle, room);
    else
        middle = times_normal_by_logarithms(line, natural_mean, precision, room);
    // Around the largest, so that nothing cancels.
    std::array<math::FourLanes, 5> powers;
    std::array<double, math::four> from_middle;
    for (std::size_t k = 0; k < math::four; ++k) from_middle[k] = static_cast<double>(k) - static_cast<double>(middle);
    math::FourLanes x(from_middle.data());
    const math::FourLanes on(static_cast<double>(math::four));
    for (std::size_t k = 0; k < count; k += math::four) {
        math::FourLanes term(&room[k]);
        for (math::FourLanes& sum : powers) {
            sum += term;
            term = term * x;
        }
        x += on;
    }
    const double mass = math::sum(powers[0]);
    const double mean = math::sum(powers[1]) / mass;
    const double second = math::sum(powers[2]) / mass;
    double third = math::sum(powers[3]) / mass;
    double fourth = math::sum(powers[4]) / mass;
    const double variance = std::max(1e-300, second - mean * mean);
    fourth -= mean * (4 * third - mean * (6 * second - 3 * mean * mean));
    third -= mean * (3 * second - 2 * mean * mean);
    return {line.first + (static_cast<double>(middle) + mean) * line.step, variance * line.step * line.step,
            third / (variance * std::sqrt(variance)), fourth / (variance * variance) - 3};
}

}  // namespace palier
