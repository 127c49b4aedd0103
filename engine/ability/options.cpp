// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/ability/options.hpp"

#include <algorithm>
#include <cmath>

#include "engine/ability/criteria.hpp"
#include "engine/ability/quadrature.hpp"
#include "engine/errors.hpp"
#include "engine/levels/levels.hpp"
#include "engine/util/section.hpp"

namespace palier {
namespace {

const std::vector<std::string> map_keys = {
    "domains",   "correlation", "criterion", "level_decided", "overall_standard_error",
    "least_own", "least_added", "widest",    "confidence",    "interval",
    "kl_delta",  "look_ahead",  "time"};

void read_domains(Section& in, const std::vector<ScaleRules>& scales, MapRules& rules) {
    rules.domain_of.assign(scales.size(), -1);
    if (in.reader().has("domains")) {
        const Json& list = in.reader().at("domains");
        if (!list.is_array() || list.empty() || list.size() > 64)
            in.reader().refuse("domains",
                               "an array of 1 to 64 objects {\"id\", \"name\", \"min_items\", \"max_items\"}");
        for (const Json& entry : list) {
            const std::string path = "map.domains[" + std::to_string(rules.domains.size()) + "]";
            const ObjectReader reader(entry, path, ErrorKind::plan, {"id", "name", "min_items", "max_items"});
            DomainRules domain;
            domain.id = reader.text("id", "", 64);
            if (domain.id.empty()) reader.refuse("id", "the identifier of a domain, 1 to 64 bytes");
            for (const DomainRules& other : rules.domains)
                if (other.id == domain.id) reader.refuse("id", "another than that of a domain before it");
            if (reader.has("name")) domain.name = read_text(reader.at("name"), path + ".name");
            domain.min_items = static_cast<int>(reader.integer("min_items", 0, 0, 10000));
            if (reader.has("max_items")) domain.max_items = static_cast<int>(reader.integer("max_items", 1, 1, 10000));
            if (domain.max_items && *domain.max_items < domain.min_items)
                reader.refuse("max_items", "at least min_items, which is " + std::to_string(domain.min_items));
            rules.domains.push_back(std::move(domain));
        }
        in.out()["domains"] = list;
    }
    for (std::size_t s = 0; s < scales.size(); ++s) {
        if (scales[s].domain.empty()) continue;
        const auto found = std::find_if(rules.domains.begin(), rules.domains.end(),
                                        [&](const DomainRules& domain) { return domain.id == scales[s].domain; });
        if (found == rules.domains.end())
            throw PlanError("'scales[" + std::to_string(s) + "].domain' is \"" + scales[s].domain +
                            "\"; it should be the id of one of 'map.domains'");
        rules.domain_of[s] = static_cast<int>(found - rules.domains.begin());
        found->scales.push_back(static_cast<int>(s));
    }
    for (std::size_t d = 0; d < rules.domains.size(); ++d)
        if (rules.domains[d].scales.empty())
            throw PlanError("'map.domains[" + std::to_string(d) + "]' is \"" + rules.domains[d].id +
                            "\"; no scale has it as its 'domain'");
}

double correlation_of(const Json& value, const std::string& path) {
    if (!value.is_number() || !(std::fabs(value.get<double>()) < 1))
        throw PlanError("'" + path + "' is " + show(value) + "; it should be a number between -1 and 1");
    return value.get<double>();
}

void read_matrix(const Json& rows, MapRules& rules) {
    const int k = rules.correlation.size();
    const auto wrong_shape = [&] {
        return PlanError("'map.correlation' should have " + std::to_string(k) + " rows of " + std::to_string(k) +
                         " numbers, in the order of 'scales'");
    };
    if (rows.size() != at(k)) throw wrong_shape();
    for (int i = 0; i < k; ++i) {
        const Json& row = rows[at(i)];
        if (!row.is_array() || row.size() != at(k)) throw wrong_shape();
        for (int j = 0; j < k; ++j) {
            const std::string path = "map.correlation[" + std::to_string(i) + "][" + std::to_string(j) + "]";
            if (i == j) {
                if (!row[at(j)].is_number() || row[at(j)] != 1)
                    throw PlanError("'" + path + "' is " + show(row[at(j)]) + "; the diagonal should be 1");
                continue;
            }
            rules.correlation(i, j) = correlation_of(row[at(j)], path);
            if (j < i && rules.correlation(i, j) != rules.correlation(j, i))
                throw PlanError("'" + path + "' is " + show(row[at(j)]) + " and '[" + std::to_string(j) + "][" +
                                std::to_string(i) + "]' " + show(rows[at(j)][at(i)]) + "; they should be the same");
        }
    }
}

void read_correlation(Section& in, MapRules& rules, int k) {
    rules.correlation = Matrix(k);
    double within = default_correlation;
    double between = default_correlation;
    const bool given = in.reader().has("correlation");
    const Json value = given ? in.reader().at("correlation") : Json(default_correlation);
    if (value.is_object()) {
        const ObjectReader reader(value, "map.correlation", ErrorKind::plan, {"within", "between"});
        if (reader.has("within")) within = correlation_of(reader.at("within"), "map.correlation.within");
        if (reader.has("between")) between = correlation_of(reader.at("between"), "map.correlation.between");
        if (rules.domains.empty()) reader.refuse("within", "absent without 'map.domains'");
    } else if (!value.is_array()) {
        within = between = correlation_of(value, "map.correlation");
    }
    for (int i = 0; i < k; ++i) {
        for (int j = 0; j < k; ++j) {
            const int domain = rules.domain_of[at(i)];
            const bool same = domain >= 0 && domain == rules.domain_of[at(j)];
            rules.correlation(i, j) = i == j ? 1 : same ? within : between;
        }
    }
    if (value.is_array()) read_matrix(value, rules);
    in.out()["correlation"] = value;
    Matrix factor = rules.correlation;
    const double least = least_eigenvalue(rules.correlation);
    if (!cholesky(factor) || !(least > 0)) {
        std::string text = dump_json(Json(std::round(least * 1e6) / 1e6));
        throw PlanError("'map.correlation' is not positive definite (its least eigenvalue is " + text +
                        "): no abilities correlate so; lower the largest correlations, or raise those between scales "
                        "that both correlate with a third");
    }
    if (least < least_eigenvalue_of_correlations)
        throw PlanError("'map.correlation' has a least eigenvalue of " + dump_json(Json(least)) + "; it should be " +
                        dump_json(Json(least_eigenvalue_of_correlations)) +
                        " or more: scales that go together so closely are one; give them one, or lower the largest "
                        "correlations");
}

}  // namespace

std::optional<MapRules> read_map(const Json& plan, const std::vector<ScaleRules>& scales, Json& normalised) {
    if (scales.size() < 2) {
        if (has_section(plan, "map")) {
            static_cast<void>(ObjectReader(plan["map"], "map", ErrorKind::plan, map_keys));
            throw PlanError("'map' belongs to plans of several scales; 'scales' has " + std::to_string(scales.size()));
        }
        return std::nullopt;
    }
    Section in(plan, "map", map_keys, normalised);
    MapRules rules;
    read_domains(in, scales, rules);
    read_correlation(in, rules, static_cast<int>(scales.size()));
    rules.criterion = in.choice("criterion", "variance", map_criterion_names());
    const bool divergence = rules.criterion == "kl" || rules.criterion == "kln";
    if (divergence)
        rules.kl_delta = in.number("kl_delta", 0.1, 0.001, 10);
    else if (in.reader().has("kl_delta"))
        in.reader().refuse("kl_delta", "absent: it belongs to 'map.criterion' kl and kln");
    if (in.reader().has("look_ahead")) {
        rules.look_ahead = in.integer("look_ahead", 8, 2, 32);
        if (rules.criterion != "variance" || in.reader().has("time"))
            in.reader().refuse("look_ahead", "absent: it belongs to 'map.criterion' variance without 'map.time'");
    }
    if (in.reader().has("level_decided")) {
        const ObjectReader reader(in.reader().at("level_decided"), "map.level_decided", ErrorKind::plan,
                                  {"probability", "of"});
        if (!has_section(plan, "levels")) in.reader().refuse("level_decided", "absent without 'levels'");
        LevelDecided decided;
        decided.probability = reader.number("probability", 0.8, 0, 1);
        if (!(decided.probability > 0 && decided.probability < 1))
            reader.refuse("probability", "a number above 0 and below 1");
        decided.band = reader.choice("of", "level", {"level", "band"}) == "band";
        in.out()["level_decided"] = {{"probability", decided.probability}, {"of", decided.band ? "band" : "level"}};
        rules.level_decided = decided;
    }
    if (in.reader().has("overall_standard_error")) {
        rules.overall_standard_error = in.number("overall_standard_error", 0, 0, ObjectReader::no_limit);
        if (!(*rules.overall_standard_error > 0)) in.reader().refuse("overall_standard_error", "a number above 0");
    }
    rules.least_own = in.integer("least_own", 1, 0, 10000);
    rules.least_added = in.number("least_added", 0.01, 0, 1);
    rules.widest = in.integer("widest", 2, 1, 33);
    rules.confidence = in.number("confidence", 0.8, 0.5, 1);
    if (!(rules.confidence < 1)) in.reader().refuse("confidence", "a number from 0.5 to below 1");
    const std::string interval = in.choice("interval", "posterior", {"posterior", "true_score", "each_level"});
    rules.interval = interval == "true_score"   ? IntervalRule::true_score
                     : interval == "each_level" ? IntervalRule::each_level
                                                : IntervalRule::posterior;
    if (in.reader().has("time")) {
        if (rules.criterion == "random" || rules.criterion == "seq")
            in.reader().refuse("time",
                               "absent: by 'map.criterion' " + rules.criterion + " no question has a value to divide");
        in.out()["time"] = rules.time = in.reader().text("time", "", 64);
    }
    return rules;
}

std::optional<int> top_of_mean(const Levels& levels, const std::vector<ScaleRules>& scales,
                               const std::vector<double>& weights) {
    constexpr double rounding = 1e-9;
    const int last = levels.first + static_cast<int>(levels.cuts.size());
    double mean = 0, sum = 0;
    for (std::size_t s = 0; s < scales.size(); ++s) {
        mean += weights[s] * scales[s].top_level.value_or(last);
        sum += weights[s];
    }
    const int top = static_cast<int>(std::floor(mean / sum + rounding));
    return top < last ? std::optional(top) : std::nullopt;
}

void read_tops(const std::optional<Levels>& levels, std::vector<ScaleRules>& scales, MapRules& rules) {
    std::vector<double> weights;
    for (std::size_t s = 0; s < scales.size(); ++s) {
        ScaleRules& scale = scales[s];
        weights.push_back(scale.reported ? scale.weight : 0);
        rules.ends.emplace_back();
        if (!scale.top_level) {
            if (levels) rules.levels.push_back(*levels);
            continue;
        }
        const std::string key = "'scales[" + std::to_string(s) + "].top_level' is " + std::to_string(*scale.top_level);
        if (!levels) throw PlanError(key + "; it should be absent without 'levels'");
        const int last = levels->first + static_cast<int>(levels->cuts.size());
        if (*scale.top_level <= levels->first || *scale.top_level > last)
            throw PlanError(key + "; it should be a level above the lowest, " + std::to_string(levels->first + 1) +
                            (levels->first + 1 == last ? "" : " to " + std::to_string(last)));
        rules.levels.push_back(up_to(*levels, *scale.top_level));
        if (*scale.top_level == last) {
            scale.top_level.reset();
            continue;
        }
        const double end = cut(*levels, *scale.top_level - levels->first);
        if (scale.required_theta && *scale.required_theta >= end)
            throw PlanError("'scales[" + std::to_string(s) + "].required_theta' is " +
                            dump_json(Json(*scale.required_theta)) + " and 'top_level' " +
                            std::to_string(*scale.top_level) + ", which ends at " + dump_json(Json(end)) +
                            ": that it is reached could not be told; it should be below that, or 'top_level' higher");
        rules.ends.back() = end;
    }
    if (levels) rules.top = top_of_mean(*levels, scales, weights);
}

std::optional<TrueScore> true_score(double theta, double se, double mean, double variance) {
    const double reliability = 1 - se * se / variance;
    if (!(reliability >= least_reliability)) return std::nullopt;
    return TrueScore{mean + (theta - mean) / reliability, se / std::sqrt(reliability)};
}

AbilityPrior prior_of_map(const MapRules& rules, const std::vector<ScaleRules>& scales) {
    std::vector<double> mean, sd;
    for (const ScaleRules& scale : scales) {
        mean.push_back(scale.prior.mean);
        sd.push_back(scale.prior.sd);
    }
    auto prior = ability_prior(std::move(mean), sd, rules.correlation);
    if (!prior)
        throw PlanError(
            "'scales' and 'map.correlation' give a covariance that is not positive definite; the priors' "
            "standard deviations should be nearer to each other");
    return std::move(*prior);
}

}  // namespace palier
