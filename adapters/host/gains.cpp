// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/gains.hpp"

#include "engine/errors.hpp"
#include "engine/result/gain.hpp"

namespace palier::host {

namespace {

constexpr std::size_t most_compared = 100000;

/// What one of a person's two results says of a scale, or nothing.
std::optional<Estimate> estimate_of(const Json& results, const std::string& scale, const std::string& path) {
    if (!results.is_object())
        throw ArgumentError(path + ": an object from scale to its result {\"theta\", \"se\"} is expected");
    if (!results.contains(scale)) return std::nullopt;
    const ObjectReader in(results[scale], path + "." + scale, ErrorKind::argument, {"theta", "se"});
    in.at("theta");
    const double theta = in.number("theta", 0, -1000, 1000), se = in.number("se", 0, 0, most_prior_sd);
    if (!(se > 0)) in.refuse("se", "a number above 0");
    return Estimate{theta, se, se, false};
}

Json gain_json(const Gain& gain, const palier::Plan& plan) {
    const auto all = [&](double unit) {
        return Json{{"value", gain.value / unit},
                    {"se", gain.se / unit},
                    {"interval", {gain.interval.low / unit, gain.interval.high / unit}}};
    };
    Json json = all(1);
    json["levels"] = plan.levels ? all(mean_level_width(*plan.levels)) : Json(nullptr);
    return json;
}

}  // namespace

Json gains_json(const palier::Plan& plan, const ObjectReader& request) {
    const double probability = request.number("probability", plan.interval, 0.5, 0.999);
    const bool told = request.flag("each", true);
    const Json& persons = request.at("persons");
    if (!persons.is_array() || persons.size() > most_compared)
        request.refuse("persons", "an array of at most " + std::to_string(most_compared) + " {\"before\", \"after\"}");
    std::vector<std::pair<std::string, Prior>> scales;
    for (const ScaleRules& scale : plan.scales) scales.emplace_back(scale.id, plan.map ? scale.prior : prior_of(plan));
    if (scales.empty()) scales.emplace_back("main", prior_of(plan));
    Json found = Json::array();
    for (const auto& [scale, prior] : scales) {
        Json each = Json::array();
        std::vector<double> gains;
        for (std::size_t k = 0; k < persons.size(); ++k) {
            const std::string path = "persons[" + std::to_string(k) + "]";
            const ObjectReader in(persons[k], path, ErrorKind::argument, {"before", "after"});
            const auto before = estimate_of(in.at("before"), scale, path + ".before");
            const auto after = estimate_of(in.at("after"), scale, path + ".after");
            const auto one = before && after ? gain(plan, prior, *before, *after, probability) : std::nullopt;
            if (one) gains.push_back(one->value);
            if (told) each.push_back(one ? gain_json(*one, plan) : Json(nullptr));
        }
        const auto mean = mean_gain(gains, probability);
        found.push_back({{"scale", scale},
                         {"persons", std::move(each)},
                         {"compared", gains.size()},
                         {"mean", mean ? gain_json(*mean, plan) : Json(nullptr)}});
    }
    return {{"probability", probability}, {"scales", std::move(found)}};
}

}  // namespace palier::host
