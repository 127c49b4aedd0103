// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/line.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/math/elementary.hpp"
#include "engine/math/many.hpp"

namespace palier {
namespace {

constexpr double beyond_reach = 34;
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

// The same of one answer to an item without steps, and no logarithm.
void likelihoods(const Parameters& item, int category, double t, double step, double* out) {
    const double width = item.d - item.c;
    double e = math::exp(-item.a * (t - item.b));
    const double factor = math::exp(-item.a * step);
    for (std::size_t k = 0; k < block; ++k, e *= factor)
        out[k] = category == 1 ? item.c + width / (1 + e) : (1 - item.d) + width * (e / (1 + e));
}

constexpr double farthest_edge = 200;        // e^-that and its products are numbers
constexpr double least_likelihood = 1e-100;  // so that nothing near it is too small for one

// L(t) exp(natural_mean t - precision t^2 / 2) over the latter at the middle: the normal part by its ratio from point
// to point, which changes by one factor, exp(-precision step^2). Over 40 points that errs by 1e-13.
void times_normal(const LineLikelihood& line, double natural_mean, double precision, std::size_t middle,
                  std::vector<double>& out) {
    const double h = line.step;
    const double slope = h * (natural_mean - precision * (line.first + static_cast<double>(middle) * h));
    const double half = 0.5 * precision * h * h;
    const double change = math::exp(-2 * half);
    double ratio = math::exp(slope - half);
    double normal = 1;
    out[middle] = line.likelihood[middle];
    for (std::size_t k = middle + 1; k < out.size(); ++k) {
        normal *= ratio;
        ratio *= change;
        out[k] = normal * line.likelihood[k];
    }
    ratio = math::exp(-slope - half);
    normal = 1;
    for (std::size_t k = middle; k-- > 0;) {
        normal *= ratio;
        ratio *= change;
        out[k] = normal * line.likelihood[k];
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
    const double widest = (asymptotes ? 0.5 : 0.75) * sd;
    const double h = steepest > 0 ? std::min(widest, 0.9 / steepest) : widest;
    // Outwards on both sides; the lower one is turned round after. By logarithms, or of one answer without: a
    // probability is at most 1, so that the normal part alone says where the product is small.
    const AbilityEvidence::Answer& first_answer = evidence.answers()[at(answers[0])];
    const Parameters& item = *first_answer.item;
    const double reach = std::sqrt(2 * (beyond_reach + farthest_edge) / precision);
    const bool alone = answers.size() == 1 && !is_polytomous(item.model) &&
                       item.a * (std::fabs(near - item.b) + std::fabs(near - mean) + reach) < farthest_edge;
    std::vector<double>& values = line.likelihood;
    values.clear();
    values.reserve(64);
    double largest = -1e300;
    if (alone) {
        largest = log_probability(item, first_answer.category, near) - 0.5 * precision * (near - mean) * (near - mean);
    }
    const auto walk = [&](int direction, int from) {
        int beyond = 0;
        std::array<double, block> here;
        for (int first = from; first <= most_points; first += block) {
            const double t = near + direction * first * h;
            if (alone)
                likelihoods(item, first_answer.category, t, direction * h, here.data());
            else
                log_likelihoods(evidence, answers, t, direction * h, here.data());
            for (int k = 0; k < block; ++k) {
                const double from_mean = near + direction * (first + k) * h - mean;
                values.push_back(here[at(k)]);
                const double density = (alone ? 0 : here[at(k)]) - 0.5 * precision * from_mean * from_mean;
                if (!alone) largest = std::max(largest, density);
                beyond = density < largest - beyond_reach ? beyond + 1 : 0;
                if (beyond == 2) return;
            }
        }
    };
    walk(-1, 1);
    const auto below = static_cast<int>(values.size());
    std::reverse(values.begin(), values.end());
    walk(1, 0);
    line.first = near - below * h;
    line.step = h;
    if (alone) return;
    const double most = *std::max_element(values.begin(), values.end());
    for (double& x : values) x -= most;
    math::exp_all(values.data(), values.size());
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
    double mass = 0;
    double first = 0;
    double second = 0;
    double third = 0;
    double fourth = 0;
    for (std::size_t k = 0; k < count; ++k) {
        const double x = static_cast<double>(k) - static_cast<double>(middle);
        const double linear = room[k] * x;
        const double square = linear * x;
        const double cube = square * x;
        mass += room[k];
        first += linear;
        second += square;
        third += cube;
        fourth += cube * x;
    }
    const double mean = first / mass;
    second /= mass;
    third /= mass;
    fourth /= mass;
    const double variance = std::max(1e-300, second - mean * mean);
    fourth -= mean * (4 * third - mean * (6 * second - 3 * mean * mean));
    third -= mean * (3 * second - 2 * mean * mean);
    return {line.first + (static_cast<double>(middle) + mean) * line.step, variance * line.step * line.step,
            third / (variance * std::sqrt(variance)), fourth / (variance * variance) - 3};
}

}  // namespace palier
