// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/calibration/correlations.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>

#include "engine/ability/propagation.hpp"
#include "engine/ability/quadrature.hpp"
#include "engine/errors.hpp"
#include "engine/simulation/parallel.hpp"

namespace palier::calibration {
namespace {

constexpr std::size_t persons_at_once = 1024;
constexpr double least_eigenvalue_on_the_way = 1e-6;

struct Person {
    std::vector<std::pair<int, int>> answers;  // place in the bank, category
    double frequency;
};

std::vector<Person> persons_of(const Bank& bank, const Responses& responses, const std::vector<int>& positions) {
    std::vector<Person> persons;
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        Person person{{}, responses.frequency(p)};
        for (std::size_t n = 0; n < responses.length(p); ++n) {
            const Answer answer = responses.answer(p, n);
            const int position = positions[at(answer.item)];
            if (position < 0) continue;
            const int categories = bank[position].parameters.categories;
            if (answer.category >= categories)
                throw ArgumentError("item '" + bank[position].id + "' has " + std::to_string(categories) +
                                    " categories, and an answer in category " + std::to_string(answer.category));
            person.answers.emplace_back(position, answer.category);
        }
        if (!person.answers.empty()) persons.push_back(std::move(person));
    }
    if (persons.empty()) throw ArgumentError("nobody answered an item of these scales");
    return persons;
}

/// mu and Sigma.
struct State {
    std::vector<double> mean;
    Matrix covariance;

    State() = default;
    State(std::vector<double> m, Matrix c) : mean(std::move(m)), covariance(std::move(c)) {}
    /// this + factor * (to - from)
    void move(double factor, const State& from, const State& to) {
        for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += factor * (to.mean[i] - from.mean[i]);
        for (int i = 0; i < covariance.size(); ++i)
            for (int j = 0; j < covariance.size(); ++j)
                covariance(i, j) += factor * (to.covariance(i, j) - from.covariance(i, j));
    }
    bool possible() const {
        const Matrix factor = correlation();
        for (int i = 0; i < factor.size(); ++i)
            if (!(covariance(i, i) > 0)) return false;
        return least_eigenvalue(factor) > least_eigenvalue_on_the_way;
    }
    Matrix correlation() const {
        Matrix r(covariance.size());
        for (int i = 0; i < r.size(); ++i)
            for (int j = 0; j < r.size(); ++j)
                r(i, j) = i == j ? 1 : covariance(i, j) / std::sqrt(covariance(i, i) * covariance(j, j));
        return r;
    }
    AbilityPrior prior() const {
        Matrix factor = covariance;
        if (!cholesky(factor))
            throw ArgumentError(
                "the answers make two scales one: their correlation goes to 1 or -1, which no prior has");
        AbilityPrior prior{mean, covariance, Matrix(covariance.size())};
        inverse(factor, prior.precision);
        return prior;
    }
};

/// Of (b - a) - (d - c): the sum of squares, each in standard deviations of `unit`.
double squares(const State& a, const State& b, const State& c, const State& d, const State& unit) {
    double sum = 0;
    for (std::size_t i = 0; i < a.mean.size(); ++i) {
        const double x = b.mean[i] - a.mean[i] - d.mean[i] + c.mean[i];
        sum += x * x / unit.covariance(static_cast<int>(i), static_cast<int>(i));
    }
    for (int i = 0; i < a.covariance.size(); ++i)
        for (int j = 0; j <= i; ++j) {
            const double x = b.covariance(i, j) - a.covariance(i, j) - d.covariance(i, j) + c.covariance(i, j);
            sum += x * x / (unit.covariance(i, i) * unit.covariance(j, j));
        }
    return sum;
}

/// Of b - a, the largest in standard deviations.
double largest_change(const State& from, const State& to) {
    double largest = 0;
    for (int i = 0; i < from.covariance.size(); ++i) {
        const double sd = std::sqrt(from.covariance(i, i));
        largest = std::max(largest, std::fabs(to.mean[at(i)] - from.mean[at(i)]) / sd);
        for (int j = 0; j <= i; ++j)
            largest = std::max(largest, std::fabs(to.covariance(i, j) - from.covariance(i, j)) /
                                            (sd * std::sqrt(from.covariance(j, j))));
    }
    return largest;
}

class PopulationSearch {
public:
    PopulationSearch(const Bank& bank, const std::vector<int>& numbers, std::vector<Person> persons,
                     const AbilityPrior& start, const CorrelationOptions& options)
        : bank_(bank),
          numbers_(numbers),
          persons_(std::move(persons)),
          start_(State(start.mean, start.covariance).correlation()),
          options_(options) {
        for (const Person& person : persons_) count_ += person.frequency;
    }

    double count() const { return count_; }

    /// Mean and covariance of every person's abilities, handed over in order.
    template <typename Take>
    void each_posterior(const State& state, const Take& take) const {
        const auto prior = std::make_shared<const AbilityPrior>(state.prior());
        std::vector<AbilityEstimate> estimates(std::min(persons_at_once, persons_.size()));
        for (std::size_t first = 0; first < persons_.size(); first += estimates.size()) {
            const std::size_t number = std::min(estimates.size(), persons_.size() - first);
            run_parallel(number, options_.threads,
                         [&](std::size_t i) {
                             AbilityEvidence evidence(prior, bank_, numbers_);
                             for (const auto& [position, category] : persons_[first + i].answers)
                                 evidence.add(position, category);
                             evidence.update();
                             estimates[i] =
                                 prior->size() <= most_integrated ? integrate(evidence) : propagate(evidence).estimate;
                         },
                         {});
            for (std::size_t i = 0; i < number; ++i) take(persons_[first + i].frequency, estimates[i]);
        }
    }

    State step(const State& state) const {
        const int k = state.covariance.size();
        std::vector<double> mean(at(k), 0.0);
        Matrix sum(k);
        each_posterior(state, [&](double frequency, const AbilityEstimate& estimate) {
            for (int i = 0; i < k; ++i) {
                const double deviation = estimate.theta[at(i)] - state.mean[at(i)];
                mean[at(i)] += frequency * deviation;
                for (int j = 0; j <= i; ++j)
                    sum(i, j) += frequency *
                                 (estimate.covariance(i, j) + deviation * (estimate.theta[at(j)] - state.mean[at(j)]));
            }
        });
        for (double& value : mean) value /= count_;
        State next(state.mean, Matrix(k));
        for (int i = 0; i < k; ++i)
            for (int j = 0; j <= i; ++j)
                next.covariance(i, j) = next.covariance(j, i) = sum(i, j) / count_ - mean[at(i)] * mean[at(j)];
        for (int i = 0; i < k; ++i) {
            next.mean[at(i)] += mean[at(i)];
            for (int j = 0; j < i; ++j) {
                const double by_start = start_(i, j) * std::sqrt(next.covariance(i, i) * next.covariance(j, j));
                next.covariance(i, j) = next.covariance(j, i) =
                    (count_ * next.covariance(i, j) + options_.weight * by_start) / (count_ + options_.weight);
            }
        }
        return next;
    }

    /// Standard errors of the correlations; empty where the persons are too few.
    Matrix errors(const State& state) const {
        const int k = state.covariance.size();
        const int squares = k * (k + 1) / 2;
        const int parameters = squares + k;
        if (count_ <= 2.0 * parameters) return {};
        const auto place = [](int i, int j) { return i * (i + 1) / 2 + j; };  // of a covariance, i >= j
        const Matrix precision = state.prior().precision;
        Matrix information(parameters);
        Matrix beyond(k), left(k);
        std::vector<double> score(at(parameters)), deviation(at(k));
        each_posterior(state, [&](double frequency, const AbilityEstimate& estimate) {
            for (int i = 0; i < k; ++i) deviation[at(i)] = estimate.theta[at(i)] - state.mean[at(i)];
            for (int i = 0; i < k; ++i)
                for (int j = 0; j < k; ++j)
                    beyond(i, j) =
                        estimate.covariance(i, j) + deviation[at(i)] * deviation[at(j)] - state.covariance(i, j);
            for (int i = 0; i < k; ++i)
                for (int j = 0; j < k; ++j) {
                    double sum = 0;
                    for (int m = 0; m < k; ++m) sum += precision(i, m) * beyond(m, j);
                    left(i, j) = sum;
                }
            for (int i = 0; i < k; ++i) {
                for (int j = 0; j <= i; ++j) {
                    double sum = 0;
                    for (int m = 0; m < k; ++m) sum += left(i, m) * precision(m, j);
                    score[at(place(i, j))] = i == j ? sum / 2 : sum;
                }
                double sum = 0;
                for (int m = 0; m < k; ++m) sum += precision(i, m) * deviation[at(m)];
                score[at(squares + i)] = sum;
            }
            for (int a = 0; a < parameters; ++a) {
                const double factor = frequency * score[at(a)];
                double* const row = information.row(a);
                for (int b = 0; b <= a; ++b) row[b] += factor * score[at(b)];
            }
        });
        if (!cholesky(information)) return {};
        Matrix covariance(parameters);
        inverse(information, covariance);
        const Matrix correlation = state.correlation();
        Matrix se(k);
        for (int i = 0; i < k; ++i)
            for (int j = 0; j < i; ++j) {
                const double r = correlation(i, j);
                const int at_[3] = {place(i, j), place(i, i), place(j, j)};
                const double by[3] = {1 / std::sqrt(state.covariance(i, i) * state.covariance(j, j)),
                                      -r / (2 * state.covariance(i, i)), -r / (2 * state.covariance(j, j))};
                double variance = 0;
                for (int a = 0; a < 3; ++a)
                    for (int b = 0; b < 3; ++b) variance += by[a] * by[b] * covariance(at_[a], at_[b]);
                se(i, j) = se(j, i) = std::sqrt(std::max(0.0, variance));
            }
        return se;
    }

private:
    const Bank& bank_;
    const std::vector<int>& numbers_;
    std::vector<Person> persons_;
    Matrix start_;  // correlations
    const CorrelationOptions& options_;
    double count_ = 0;
};

void count_answers(LearnedCorrelations& result, const Bank& bank, const std::vector<int>& numbers,
                   const std::vector<Person>& persons, int k) {
    result.answers.assign(at(k), 0);
    result.together.assign(at(k), std::vector<std::size_t>(at(k), 0));
    for (const Person& person : persons) {
        const auto frequency = static_cast<std::size_t>(person.frequency);
        std::vector<std::size_t> own(at(k), 0);
        for (const auto& [position, category] : person.answers)
            for (const int scale : bank.scale_items().loads(position).scales) ++own[at(numbers[at(scale)])];
        for (int i = 0; i < k; ++i) {
            result.answers[at(i)] += frequency * own[at(i)];
            for (int j = 0; j < k; ++j)
                if (own[at(i)] > 0 && own[at(j)] > 0) result.together[at(i)][at(j)] += frequency;
        }
        result.persons += frequency;
    }
}

}  // namespace

LearnedCorrelations learn_correlations(const Bank& bank, const std::vector<int>& numbers, const AbilityPrior& start,
                                       const Responses& responses, const std::vector<int>& positions,
                                       const CorrelationOptions& options) {
    std::vector<Person> persons = persons_of(bank, responses, positions);
    const int k = start.size();
    LearnedCorrelations result;
    count_answers(result, bank, numbers, persons, k);
    for (int i = 0; i < k; ++i)
        for (int j = 0; j < i; ++j)
            if (result.together[at(i)][at(j)] == 0 && !(options.weight > 0)) {
                const auto name = [&](int scale) {
                    return bank.scales()[static_cast<std::size_t>(std::find(numbers.begin(), numbers.end(), scale) -
                                                                  numbers.begin())];
                };
                throw ArgumentError("nobody answered items of '" + name(j) + "' and of '" + name(i) +
                                    "': nothing says how they go together");
            }
    const PopulationSearch search(bank, numbers, std::move(persons), start, options);
    const auto step = [&](const State& from) {
        State to = search.step(from);
        result.change = largest_change(from, to);
        ++result.iterations;
        if (options.progress) options.progress(result.iterations, result.change);
        return to;
    };
    State now(start.mean, start.covariance);
    while (result.iterations < options.iterations) {
        State once = step(now);
        result.converged = result.change <= options.tolerance;
        if (result.converged || result.iterations >= options.iterations) {
            now = std::move(once);
            break;
        }
        State twice = step(once);
        const double r = squares(now, once, now, now, now);
        const double v = squares(once, twice, now, once, now);
        double length = v > 0 ? std::max(1.0, std::sqrt(r / v)) : 1;
        State further = twice;
        for (int half = 0; half < 20; ++half) {
            // now + 2 l r + l^2 v, with l = 1 the second step itself
            further = now;
            further.move(2 * length - length * length, now, once);
            further.move(length * length, once, twice);
            if (length <= 1 || further.possible()) break;
            length = (length + 1) / 2;
            if (length < 1.01) length = 1;
        }
        now = std::move(further);
    }
    result.mean = now.mean;
    for (int i = 0; i < k; ++i) result.sd.push_back(std::sqrt(now.covariance(i, i)));
    result.correlation = now.correlation();
    if (options.standard_errors && result.converged) result.se = search.errors(now);
    return result;
}

Matrix rounded_correlation(const Matrix& correlation, int digits) {
    const double unit = std::pow(10.0, digits);
    Matrix rounded(correlation.size());
    for (double factor = 1; factor > 0; factor -= 0.001) {
        for (int i = 0; i < correlation.size(); ++i)
            for (int j = 0; j < correlation.size(); ++j)
                rounded(i, j) = i == j ? 1 : std::round(unit * factor * correlation(i, j)) / unit;
        if (least_eigenvalue(rounded) > least_eigenvalue_of_correlations) break;
    }
    return rounded;
}

}  // namespace palier::calibration
