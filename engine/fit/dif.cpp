// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/fit/dif.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "engine/ability/matrix.hpp"
#include "engine/errors.hpp"
#include "engine/fit/chi_square.hpp"
#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::fit {
namespace {

using calibration::Responses;

constexpr double ets_scale = -2.35;
constexpr double one_sided = 1.6448536269514722;

// Persons of one score, or of like ability: [group: 0 reference, 1 focal][answer].
struct Cell {
    double score = 0;
    std::array<std::array<double, 2>, 2> persons{};
};
using Cells = std::vector<Cell>;

Cells cells_of(const Responses& responses, int item, const std::vector<char>& matching, int reference, int focal) {
    const auto all = static_cast<std::size_t>(std::count(matching.begin(), matching.end(), 1));
    Cells cells(matching.size() + 2);
    for (std::size_t score = 0; score < cells.size(); ++score) cells[score].score = static_cast<double>(score);
    for (std::size_t p = 0; p < responses.patterns(); ++p) {
        const int group = responses.group(p);
        if (group != reference && group != focal) continue;
        std::size_t score = 0;
        std::size_t answered = 0;
        int own = -1;
        for (std::size_t n = 0; n < responses.length(p); ++n) {
            const calibration::Answer given = responses.answer(p, n);
            if (given.item == item) own = given.category;
            if (!matching[at(given.item)]) continue;
            ++answered;
            score += at(given.category);
        }
        if (own < 0 || answered < all) continue;
        if (!matching[at(item)]) score += at(own);
        cells[score].persons[group == focal ? 1 : 0][at(own)] += responses.frequency(p);
    }
    return cells;
}

char size_class(const MantelHaenszel& mh) {
    const double size = std::fabs(mh.delta);
    if (size < 1 || !(mh.p < 0.05)) return 'A';
    const double se = std::fabs(ets_scale) * mh.se_log_odds;
    return size >= 1.5 && (size - 1) / se > one_sided ? 'C' : 'B';
}

MantelHaenszel mantel_haenszel(const Cells& cells) {
    double right = 0, wrong = 0, observed = 0, expected = 0, variance = 0, pr = 0, qs = 0, cross = 0;
    for (const Cell& cell : cells) {
        const double a = cell.persons[0][1], b = cell.persons[0][0], c = cell.persons[1][1], d = cell.persons[1][0];
        const double n = a + b + c + d;
        if (n < 2 || a + b == 0 || c + d == 0) continue;
        const double r = a * d / n;
        const double s = b * c / n;
        const double p = (a + d) / n;
        const double q = (b + c) / n;
        right += r;
        wrong += s;
        pr += p * r;
        qs += q * s;
        cross += p * s + q * r;
        observed += a;
        expected += (a + b) * (a + c) / n;
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (n * n * (n - 1));
    }
    MantelHaenszel mh;
    if (!(right > 0) || !(wrong > 0) || !(variance > 0)) return mh;
    mh.odds_ratio = right / wrong;
    mh.se_log_odds = std::sqrt(pr / (2 * right * right) + cross / (2 * right * wrong) + qs / (2 * wrong * wrong));
    mh.delta = ets_scale * math::log(mh.odds_ratio);
    const double distance = std::fabs(observed - expected) - 0.5;
    mh.chi_square = distance * distance / variance;
    mh.p = chi_square_tail(mh.chi_square, 1);
    mh.size = size_class(mh);
    return mh;
}

// A logistic regression on the first `terms` of 1, score, group, score times group, by Newton's method.
struct Regression {
    std::array<double, 4> coefficients{};
    double deviance = 0;
    bool found = false;
};

Regression regression(const Cells& cells, int terms) {
    Regression result;
    for (int round = 0; round < 50; ++round) {
        Matrix information(terms);
        std::vector<double> step(at(terms), 0.0);
        result.deviance = 0;
        for (const Cell& cell : cells) {
            for (int group = 0; group < 2; ++group) {
                const auto& counts = cell.persons[at(group)];
                const double n = counts[0] + counts[1];
                if (n == 0) continue;
                const double s = cell.score;
                const std::array<double, 4> x = {1, s, static_cast<double>(group), s * group};
                double z = 0;
                for (int k = 0; k < terms; ++k) z += result.coefficients[at(k)] * x[at(k)];
                const double p = math::logistic(z);
                result.deviance -= 2 * (counts[1] * math::log_logistic(z) + counts[0] * math::log_logistic(-z));
                for (int k = 0; k < terms; ++k) {
                    step[at(k)] += (counts[1] - n * p) * x[at(k)];
                    for (int m = 0; m <= k; ++m) information(k, m) += n * p * math::logistic(-z) * x[at(k)] * x[at(m)];
                }
            }
        }
        if (!cholesky(information)) return result;
        solve(information, step);
        double largest = 0;
        for (int k = 0; k < terms; ++k) {
            result.coefficients[at(k)] += step[at(k)];
            largest = std::max(largest, std::fabs(step[at(k)]));
        }
        result.found = largest < 1e-10;
        if (result.found || largest > 1e3) break;
    }
    return result;
}

LogisticDif logistic_dif(const Cells& cells) {
    LogisticDif result;
    const Regression ability_alone = regression(cells, 2);
    const Regression uniform = regression(cells, 3);
    const Regression both = regression(cells, 4);
    result.found = ability_alone.found && uniform.found && both.found;
    if (!result.found) return result;
    result.coefficients = both.coefficients;
    result.chi_square_uniform = std::max(0.0, ability_alone.deviance - uniform.deviance);
    result.chi_square_nonuniform = std::max(0.0, uniform.deviance - both.deviance);
    result.chi_square = std::max(0.0, ability_alone.deviance - both.deviance);
    result.p_uniform = chi_square_tail(result.chi_square_uniform, 1);
    result.p_nonuniform = chi_square_tail(result.chi_square_nonuniform, 1);
    result.p = chi_square_tail(result.chi_square, 2);
    const Regression constant = regression(cells, 1);
    double n = 0;
    for (const Cell& cell : cells)
        for (const auto& group : cell.persons) n += group[0] + group[1];
    const auto r_square = [&](double deviance) {
        return (1 - math::exp((deviance - constant.deviance) / n)) / (1 - math::exp(-constant.deviance / n));
    };
    result.r_square_change = r_square(both.deviance) - r_square(ability_alone.deviance);
    return result;
}

// An answer of one person: the ability by the other answers, the side and what was answered.
struct Matched {
    double ability;
    int side;
    int category;
};

// Up to `most` groups of about as many persons, persons of the same ability together.
Cells strata_of(std::vector<Matched>& persons, int most) {
    constexpr std::size_t least = 20;
    std::stable_sort(persons.begin(), persons.end(),
                     [](const auto& a, const auto& b) { return a.ability < b.ability; });
    const std::size_t groups = std::clamp(persons.size() / least, std::size_t{1}, static_cast<std::size_t>(most));
    Cells cells;
    for (std::size_t n = 0; n < persons.size(); ++n) {
        const bool next = n > 0 && persons[n].ability > persons[n - 1].ability;
        if (cells.empty() || (next && n * groups >= cells.size() * persons.size())) cells.emplace_back();
        cells.back().persons[at(persons[n].side)][at(persons[n].category)] += 1;
    }
    return cells;
}

// Each person apart, for a regression on ability.
Cells single_cells(const std::vector<Matched>& persons) {
    Cells cells;
    cells.reserve(persons.size());
    for (const Matched& person : persons) {
        Cell cell;
        cell.score = person.ability;
        cell.persons[at(person.side)][at(person.category)] = 1;
        cells.push_back(cell);
    }
    return cells;
}

// Answers of both sides to each item, with the ability by the other matching items.
std::vector<std::vector<Matched>> matched_answers(const Tested& tested, const std::vector<Person>& persons,
                                                  const std::vector<int>& side, const std::vector<char>& matching) {
    std::vector<std::vector<Matched>> result(tested.items.size());
    OtherAnswers others(tested);
    for (std::size_t n = 0; n < persons.size(); ++n) {
        if (side[n] < 0) continue;
        const std::size_t counted = others.take(side[n], persons[n], matching);
        for (const calibration::Answer& answer : persons[n]) {
            if (tested.items[at(answer.item)].categories > 2) continue;
            if (counted <= (matching[at(answer.item)] ? 1u : 0u)) continue;
            result[at(answer.item)].push_back({others.ability_without(answer), side[n], answer.category});
        }
    }
    return result;
}

}  // namespace

std::vector<DifItem> dif_by_ability(const std::vector<std::string>& ids, const std::vector<Parameters>& items,
                                    const std::vector<Person>& persons, const std::vector<int>& side,
                                    const DifOptions& options, int strata) {
    std::vector<DifItem> result(items.size());
    for (std::size_t j = 0; j < items.size(); ++j) result[j].id = ids[j];
    Responses responses(ids, {"reference", "focal"});
    std::array<std::size_t, 2> sizes{};
    for (std::size_t n = 0; n < persons.size(); ++n) {
        if (side[n] < 0) continue;
        responses.add(side[n], persons[n]);
        ++sizes[at(side[n])];
    }
    if (sizes[0] == 0 || sizes[1] == 0) return result;
    Tested tested;
    tested.items = items;
    tested.populations = estimated_populations(responses, items, false);
    const std::vector<char> all(items.size(), 1);
    std::vector<char> matching = all;
    std::vector<std::vector<Matched>> matched;
    for (int round = 0; round < options.rounds; ++round) {
        matched = matched_answers(tested, persons, side, matching);
        std::vector<char> next = all;
        for (std::size_t j = 0; j < items.size(); ++j) {
            result[j].mantel_haenszel = mantel_haenszel(strata_of(matched[j], strata));
            result[j].matches = matching[j] != 0;
            if (result[j].mantel_haenszel.p < options.alpha) next[j] = 0;
        }
        if (!options.purify || next == matching || std::count(next.begin(), next.end(), 1) < 2) break;
        matching = std::move(next);
    }
    for (std::size_t j = 0; j < items.size(); ++j) {
        for (const Matched& person : matched[j]) (person.side == 0 ? result[j].reference : result[j].focal) += 1;
        if (result[j].reference > 0 && result[j].focal > 0) result[j].logistic = logistic_dif(single_cells(matched[j]));
    }
    return result;
}

std::vector<DifItem> dif(const Responses& responses, int reference, int focal, const DifOptions& options) {
    const int groups = static_cast<int>(responses.groups().size());
    if (reference < 0 || focal < 0 || reference >= groups || focal >= groups || reference == focal)
        throw ArgumentError("differential functioning is between two groups; the answers have " +
                            std::to_string(groups));
    const int items = static_cast<int>(responses.items().size());
    for (int j = 0; j < items; ++j)
        if (responses.categories_seen(j) > 2)
            throw ArgumentError("item '" + responses.items()[at(j)] + "' has category " +
                                std::to_string(responses.categories_seen(j) - 1) +
                                "; Mantel-Haenszel and logistic regression are of items with 0 and 1");
    std::vector<DifItem> result(at(items));
    const std::vector<char> all(at(items), 1);
    std::vector<char> matching = all;
    for (int round = 0; round < options.rounds; ++round) {
        std::vector<char> next = all;
        for (int j = 0; j < items; ++j) {
            const Cells cells = cells_of(responses, j, matching, reference, focal);
            DifItem& item = result[at(j)];
            item.mantel_haenszel = mantel_haenszel(cells);
            item.matches = matching[at(j)] != 0;
            if (item.mantel_haenszel.p < options.alpha) next[at(j)] = 0;
        }
        if (!options.purify || next == matching || std::count(next.begin(), next.end(), 1) < 2) break;
        matching = std::move(next);
    }
    for (int j = 0; j < items; ++j) {
        const Cells cells = cells_of(responses, j, all, reference, focal);
        DifItem& item = result[at(j)];
        item.id = responses.items()[at(j)];
        item.logistic = logistic_dif(cells);
        for (const Cell& cell : cells) {
            item.reference += cell.persons[0][0] + cell.persons[0][1];
            item.focal += cell.persons[1][0] + cell.persons[1][1];
        }
    }
    return result;
}

std::vector<LikelihoodRatio> likelihood_ratio_dif(const Responses& responses,
                                                  const std::vector<calibration::ItemRequest>& items,
                                                  const calibration::Options& options) {
    calibration::Options quick = options;
    quick.standard_errors = false;
    const auto fitted = [&](const Responses& of, const std::vector<calibration::ItemRequest>& requests) {
        return calibration::calibrate(of, requests, calibration::usual_populations(of, requests), quick);
    };
    std::optional<calibration::Calibration> all_common;
    std::vector<LikelihoodRatio> result;
    const std::size_t groups = responses.groups().size();
    for (std::size_t j = 0; j < items.size(); ++j) {
        LikelihoodRatio item;
        item.id = responses.items()[j];
        const Responses apart = responses.apart({item.id});
        // Where a group did not give a category, its own parameters have no maximum.
        bool given = true;
        for (std::size_t g = 0; g < groups; ++g)
            for (int k = 0; k < items[j].form.categories; ++k)
                given = given && apart.counts(static_cast<int>(j + g))[k] > 0;
        if (given) {
            // An anchor is free while it is looked at.
            std::vector<calibration::ItemRequest> common = items;
            common[j].fixed.reset();
            std::vector<calibration::ItemRequest> own = common;
            own.insert(own.begin() + static_cast<std::ptrdiff_t>(j), groups - 1, common[j]);
            std::optional<calibration::Calibration> with_anchor;
            if (items[j].fixed)
                with_anchor = fitted(responses, common);
            else if (!all_common)
                all_common = fitted(responses, common);
            const calibration::Calibration& without = with_anchor ? *with_anchor : *all_common;
            const calibration::Calibration with = fitted(apart, own);
            if (without.converged && with.converged) {
                item.degrees = with.free_parameters - without.free_parameters;
                item.chi_square = std::max(0.0, 2 * (with.log_likelihood - without.log_likelihood));
            }
            if (item.degrees > 0) item.p = chi_square_tail(item.chi_square, item.degrees);
        }
        result.push_back(std::move(item));
    }
    return result;
}

}  // namespace palier::fit
