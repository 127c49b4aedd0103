// SPDX-License-Identifier: GPL-3.0-or-later
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>

#include "engine/calibration/hierarchy.hpp"
#include "engine/estimation/estimation.hpp"
#include "tests/support/map_bank.hpp"

// What a calibration by few answers of an adaptive test is worth: 100 2PL items (ln a N(0.1, 0.35), b N(0, 1.2)),
// experts' difficulties b + 0.4 N(0, 1) of each of 10 contents + 0.7 N(0, 1) of each item, learners N(0.2, 1.1). Each
// learner is asked 20 items, the one of most information at the EAP by the experts' difficulties and slope 1 among
// those least asked (a third of the items is drawn from all). N answers an item on average. Then, by the experts
// alone, by maximum likelihood (2PL) and by hierarchical_calibrate(), each put on the true scale by mean and sd of
// the difficulties, which nobody can in practice: the error of all experts together is in every scale that they set
// (shift: its root mean square).
//
//     b, ln a    root mean squared error over the items
//     cover      share of items whose 95 % interval b +- 1.96 SE holds the true b
//     theta      of 1,000 new learners with 20 items as above: root mean squared error of EAP less that with the true
//                parameters, in per cent; share of 95 % intervals that hold theta, without the items' doubt
//
//     bench_small_samples [sets 20]

using namespace palier;
using namespace palier::calibration;

namespace {

constexpr int items = 100;
constexpr int asked = 20;

struct World {
    std::vector<Parameters> truth;
    std::vector<double> experts;
};

World world(const math::Random& random) {
    World w;
    for (std::uint32_t j = 0; j < items; ++j) {
        Parameters item;
        item.model = Model::two_pl;
        item.a = math::exp(0.1 + 0.35 * map_bank::normal(random, j, 0));
        item.b = 1.2 * map_bank::normal(random, j, 1);
        w.truth.push_back(item);
        w.experts.push_back(item.b + 0.4 * map_bank::normal(random, 500 + j / 10, 2) +
                            0.7 * map_bank::normal(random, j, 3));
    }
    return w;
}

// EAP and its SD on 41 nodes of N(0, 1.2^2).
struct Ability {
    std::vector<double> log_posterior;
    Ability() {
        for (int q = 0; q < 41; ++q) log_posterior.push_back(-node(q) * node(q) / 2.88);
    }
    static double node(int q) { return -5 + 0.25 * q; }
    void take(const Parameters& item, int category) {
        for (int q = 0; q < 41; ++q) log_posterior[at(q)] += log_probability(item, category, node(q));
    }
    std::pair<double, double> estimate() const {
        double sum = 0, first = 0, second = 0;
        for (int q = 0; q < 41; ++q) {
            const double w = math::exp(log_posterior[at(q)]);
            sum += w;
            first += w * node(q);
            second += w * node(q) * node(q);
        }
        return {first / sum, std::sqrt(second / sum - first / sum * first / sum)};
    }
};

// The items of one learner, by what is believed of the items.
std::vector<Answer> session(const World& w, const std::vector<Parameters>& believed, double theta,
                            const math::Random& random, std::uint32_t person, std::vector<int>& uses) {
    Ability ability;
    std::vector<char> done(items, 0);
    std::vector<Answer> answers;
    for (std::uint32_t n = 0; n < asked; ++n) {
        const double now = ability.estimate().first;
        int best = -1;
        double most = -1;
        const bool any = random.uniform(math::Stream::exposure, person, n) < 1.0 / 3;
        for (int j = 0; j < items; ++j) {
            if (done[at(j)] != 0) continue;
            const double draw =
                random.uniform(math::Stream::selection, person, n * 128 + static_cast<std::uint32_t>(j));
            const double value = any ? draw : information(believed[at(j)], now) / (1 + 0.02 * uses[at(j)]);
            if (value > most) {
                most = value;
                best = j;
            }
        }
        done[at(best)] = 1;
        ++uses[at(best)];
        const double u = random.uniform(math::Stream::response, person, static_cast<std::uint32_t>(best));
        answers.push_back({best, category_at(w.truth[at(best)], theta, u)});
        ability.take(believed[at(best)], answers.back().category);
    }
    std::sort(answers.begin(), answers.end(), [](const Answer& a, const Answer& b) { return a.item < b.item; });
    return answers;
}

struct Sum {
    double shift = 0, b = 0, log_a = 0, cover = 0, theta = 0, holds = 0;
    int sets = 0, failed = 0;
};

void judge(const World& w, std::vector<Parameters> found, std::vector<double> se, int set, double sign, Sum& sum) {
    // Mean and sd of the difficulties, weighted by what is known of them, as of the truth. An estimate varies more than
    // the truth by its error (sign -1), a posterior mean less (1).
    double all = 0, m = 0, t = 0, mm = 0, tt = 0;
    for (std::size_t j = 0; j < found.size(); ++j) {
        const double weight = 1 / (se[j] * se[j]);
        all += weight;
        m += weight * found[j].b;
        t += weight * w.truth[j].b;
        mm += weight * (found[j].b * found[j].b + sign * se[j] * se[j]);
        tt += weight * w.truth[j].b * w.truth[j].b;
    }
    const double scale = std::sqrt((tt / all - t / all * t / all) / std::max(0.1, mm / all - m / all * m / all));
    for (std::size_t j = 0; j < found.size(); ++j) {
        found[j].b = scale * (found[j].b - m / all) + t / all;
        found[j].a = std::max(0.05, found[j].a / scale);
        se[j] *= scale;
    }
    sum.shift += std::pow((m - t) / all, 2);
    double covered = 0;
    for (std::size_t j = 0; j < found.size(); ++j) {
        sum.b += std::pow(found[j].b - w.truth[j].b, 2) / items;
        sum.log_a += std::pow(math::log(found[j].a / w.truth[j].a), 2) / items;
        covered += std::fabs(found[j].b - w.truth[j].b) <= 1.96 * se[j] ? 1 : 0;
    }
    sum.cover += covered / items;
    const math::Random random(static_cast<std::uint64_t>(700000 + set));
    std::vector<int> uses(items, 0);
    double error = 0, best = 0, holds = 0;
    constexpr int learners = 1000;
    for (std::uint32_t n = 0; n < learners; ++n) {
        const double theta = 0.2 + 1.1 * map_bank::normal(random, n, 0);
        Ability by_found, by_truth;
        for (const Answer& answer : session(w, found, theta, random, n, uses)) {
            by_found.take(found[at(answer.item)], answer.category);
            by_truth.take(w.truth[at(answer.item)], answer.category);
        }
        const auto [value, sd] = by_found.estimate();
        error += std::pow(value - theta, 2) / learners;
        best += std::pow(by_truth.estimate().first - theta, 2) / learners;
        holds += std::fabs(value - theta) <= 1.96 * sd ? 1.0 / learners : 0;
    }
    sum.theta += 100 * (std::sqrt(error / best) - 1);
    sum.holds += holds;
    ++sum.sets;
}

void print(const char* name, const Sum& sum) {
    const double n = std::max(1, sum.sets);
    std::printf("  %-12s shift %.3f  b %.3f  ln a %.3f  cover %.3f  theta %+5.1f %%  holds %.3f", name,
                std::sqrt(sum.shift / n), std::sqrt(sum.b / n), std::sqrt(sum.log_a / n), sum.cover / n, sum.theta / n,
                sum.holds / n);
    std::printf(sum.failed > 0 ? "  (%d sets without a maximum)\n" : "\n", sum.failed);
}

}  // namespace

int main(int argc, char** argv) {
    const int sets = argc > 1 ? std::atoi(argv[1]) : 20;
    std::printf("%d sets, %d items, %d asked\n", sets, items, asked);
    for (const int answers : {50, 100, 200, 1000}) {
        Sum experts, likelihood, hierarchy;
        double tau = 0;
        for (int set = 0; set < sets; ++set) {
            const math::Random random(static_cast<std::uint64_t>(20261129 + set));
            const World w = world(random);
            std::vector<Parameters> believed = w.truth;
            std::vector<std::string> names;
            for (int j = 0; j < items; ++j) {
                believed[at(j)].a = 1;
                believed[at(j)].b = w.experts[at(j)];
                names.push_back("q" + std::to_string(j));
            }
            judge(w, believed, std::vector<double>(items, std::hypot(0.4, 0.7)), set, -1, experts);
            Responses responses(names, {""});
            std::vector<int> uses(items, 0);
            for (std::uint32_t n = 0; n < static_cast<std::uint32_t>(answers * items / asked); ++n) {
                const double theta = 0.2 + 1.1 * map_bank::normal(random, 1000 + n, 0);
                responses.add(0, session(w, believed, theta, random, n, uses));
            }
            const std::vector<ItemRequest> requests(items, {{Model::two_pl, 2}, std::nullopt, {}});
            const auto parameters_of_all = [](const Calibration& fit, std::vector<double>& se) {
                std::vector<Parameters> found;
                for (const CalibratedItem& item : fit.items) {
                    found.push_back(item.parameters);
                    se.push_back(item.errors.b);
                }
                return found;
            };
            calibration::Options options;
            std::vector<double> se;
            try {
                const auto fit = calibrate(responses, requests, usual_populations(responses, requests), options);
                std::vector<Parameters> found = parameters_of_all(fit, se);
                if (!fit.converged || !fit.is_highest.value_or(false)) throw std::runtime_error("no maximum");
                judge(w, found, se, set, -1, likelihood);
            } catch (const std::exception&) {
                ++likelihood.failed;
            }
            se.clear();
            try {
                ExpertDifficulties given(w.experts.begin(), w.experts.end());
                const auto fit = hierarchical_calibrate(responses, requests, given, options);
                if (!fit.settled) throw std::runtime_error("not settled");
                tau += fit.expert_sd;
                const std::vector<Parameters> found = parameters_of_all(fit.calibration, se);
                judge(w, found, se, set, 1, hierarchy);
            } catch (const std::exception& error) {
                std::printf("%s\n", error.what());
                ++hierarchy.failed;
            }
        }
        std::printf("%d answers an item (tau %.2f)\n", answers, tau / std::max(1, hierarchy.sets));
        print("experts", experts);
        print("likelihood", likelihood);
        print("hierarchy", hierarchy);
    }
}
