// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/simulation/sympson_hetter.hpp"

#include <algorithm>
#include <cstdio>

#include "engine/errors.hpp"
#include "engine/simulation/study.hpp"

namespace palier {
namespace {

constexpr std::uint64_t most_seed = 9007199254740991;  // 2^53 - 1

// 5, 0.05: as a person writes it.
std::string shown(double x) {
    char buffer[40];
    std::snprintf(buffer, sizeof buffer, "%.4g", x);
    return buffer;
}

}  // namespace

SympsonHetter sympson_hetter(const std::shared_ptr<const Bank>& bank, const Plan& plan,
                             const std::vector<double>& abilities, const SympsonHetterOptions& options) {
    SympsonHetter result;
    auto trial = std::make_shared<Plan>(plan);
    if (!trial->exposure) trial->exposure = ExposureRules{};
    trial->exposure->control = "sympson_hetter";
    trial->exposure->segments.clear();
    trial->exposure->parameters.clear();
    double aim = options.max_rate;
    const auto check = [&](int round) {
        const std::uint64_t other = (options.seed + 1000003u * (static_cast<std::uint64_t>(round) + 1)) & most_seed;
        const auto rates = exposure_rates(simulate(bank, trial, abilities, other, options.threads), bank->size());
        result.checked_rate = *std::max_element(rates.begin(), rates.end());
        result.reached = result.checked_rate <= options.max_rate + options.tolerance;
        return result.reached;
    };
    for (int round = 0; round < options.rounds; ++round) {
        trial->exposure->parameters = result.parameters;
        const auto persons = simulate(bank, trial, abilities, options.seed, options.threads);
        const auto rates = exposure_rates(persons, bank->size());
        double length = 0;
        for (const double rate : rates) length += rate;
        const auto operational = std::count_if(bank->items().begin(), bank->items().end(),
                                               [](const Item& item) { return item.status == Status::operational; });
        if (length > options.max_rate * static_cast<double>(operational))
            throw ArgumentError("tests of " + shown(length) + " items out of " + std::to_string(operational) +
                                " cannot keep a rate of " + shown(options.max_rate) + "; raise it or add items");
        result.largest_rates.push_back(*std::max_element(rates.begin(), rates.end()));
        // An aim below the rate that is asked for, for the sampling error that the last check found, need not be met
        // itself.
        const double slack = std::max(options.tolerance, 0.5 * (options.max_rate - aim));
        if (result.largest_rates.back() <= aim + slack) {
            if (check(round)) return result;
            aim *= options.max_rate / result.checked_rate;
        }
        for (int i = 0; i < bank->size(); ++i) {
            const std::string& id = (*bank)[i].id;
            const auto found = result.parameters.find(id);
            const double k = found == result.parameters.end() ? 1 : found->second;
            const double selected = rates[static_cast<std::size_t>(i)] / k;
            if (selected > aim) {
                result.parameters[id] = aim / selected;
            } else if (found != result.parameters.end()) {
                result.parameters.erase(found);
            }
        }
    }
    // What is given back was not simulated yet.
    trial->exposure->parameters = result.parameters;
    check(options.rounds);
    return result;
}

}  // namespace palier
