// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/host/calibration_watch.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "engine/errors.hpp"
#include "engine/fit/dif.hpp"
#include "engine/fit/times.hpp"
#include "engine/math/elementary.hpp"
#include "engine/util/index.hpp"

namespace palier::host {
namespace {

constexpr std::size_t most_comparisons = 20;
// Answers times items of a comparison by likelihood ratio: each item takes a calibration of all answers, and these some
// minutes. Beyond it the other methods are there.
constexpr double most_ratio_work = 4e8;
// Jodoin and Gierl (2001): a change of R² that is large.
constexpr double large_r_square = 0.07;

// An array for each person, with a value for each answer.
template <class Value, class Read>
std::vector<std::vector<Value>> beside_answers(const ObjectReader& answers, const char* key,
                                               const std::vector<std::size_t>& lengths, const std::string& right,
                                               const Read& read) {
    std::vector<std::vector<Value>> result;
    if (!answers.has(key)) return result;
    const Json& list = answers.at(key);
    if (!list.is_array() || list.size() != lengths.size()) answers.refuse(key, "an array for each person");
    for (std::size_t n = 0; n < list.size(); ++n) {
        const auto fault = [&] {
            return ArgumentError(std::string("answers.") + key + "[" + std::to_string(n) + "]: should be an array of " +
                                 std::to_string(lengths[n]) + " " + right + ", one for each answer");
        };
        if (!list[n].is_array() || list[n].size() != lengths[n]) throw fault();
        std::vector<Value> row;
        for (const Json& value : list[n]) {
            if (!value.is_null() && !value.is_number()) throw fault();
            const std::optional<Value> one = read(value);
            if (!one) throw fault();
            row.push_back(*one);
        }
        result.push_back(std::move(row));
    }
    return result;
}

Json of_groups(const fit::DifItem& item) {
    const fit::MantelHaenszel& mh = item.mantel_haenszel;
    Json told = {{"reference", item.reference},
                 {"focal", item.focal},
                 {"class", nullptr},
                 {"matches", item.matches},
                 {"logistic", nullptr}};
    if (mh.size != '-') {
        told["class"] = std::string(1, mh.size);
        told["odds_ratio"] = mh.odds_ratio;
        told["delta"] = mh.delta;
        told["se_delta"] = 2.35 * mh.se_log_odds;
        told["p"] = mh.p;
    }
    if (item.logistic.found)
        told["logistic"] = {{"r_square_change", item.logistic.r_square_change},
                            {"p", item.logistic.p},
                            {"p_uniform", item.logistic.p_uniform},
                            {"p_nonuniform", item.logistic.p_nonuniform}};
    return told;
}

bool unfair(const fit::DifItem& item) {
    const fit::LogisticDif& logistic = item.logistic;
    return item.mantel_haenszel.size == 'C' ||
           (logistic.found && logistic.r_square_change >= large_r_square && logistic.p < 0.05);
}

// Of each item by its place, null where it has none; null instead of all where they are too many to compare or nothing
// puts both groups on one scale. Items that no maximum has are left out, as a calibration of the answers alone does.
Json likelihood_ratios(const Watched& of, const std::vector<int>& side) {
    std::vector<std::array<double, palier::max_categories>> counts(of.ids.size());
    double answers = 0;
    for (std::size_t n = 0; n < of.persons.size(); ++n) {
        if (side[n] < 0) continue;
        for (const auto& answer : of.persons[n]) counts[at(answer.item)][at(answer.category)] += 1;
        answers += static_cast<double>(of.persons[n].size());
    }
    std::vector<int> place(of.ids.size(), -1);
    std::vector<std::string> ids;
    std::vector<palier::calibration::ItemRequest> requests;
    for (std::size_t j = 0; j < of.ids.size(); ++j) {
        const auto categories = counts[j].begin() + of.requests[j].form.categories;
        const bool any = std::any_of(counts[j].begin(), categories, [](double n) { return n > 0; });
        const bool all = std::all_of(counts[j].begin(), categories, [](double n) { return n > 0; });
        if (!(of.requests[j].fixed ? any : all)) continue;
        place[j] = static_cast<int>(ids.size());
        ids.push_back(of.ids[j]);
        requests.push_back(of.requests[j]);
        requests.back().priors.reset();
    }
    if (ids.empty() || answers * static_cast<double>(ids.size()) > most_ratio_work) return nullptr;
    palier::calibration::Responses responses(std::move(ids), {"reference", "focal"});
    for (std::size_t n = 0; n < of.persons.size(); ++n) {
        if (side[n] < 0) continue;
        fit::Person person;
        for (const auto& answer : of.persons[n])
            if (place[at(answer.item)] >= 0) person.push_back({place[at(answer.item)], answer.category});
        if (!person.empty()) responses.add(side[n], person);
    }
    try {
        const auto ratios = fit::likelihood_ratio_dif(responses, requests, {});
        Json told = Json::array();
        for (const int k : place) {
            told.push_back(nullptr);
            if (k < 0 || ratios[at(k)].degrees == 0) continue;
            const fit::LikelihoodRatio& ratio = ratios[at(k)];
            told.back() = {{"chi_square", ratio.chi_square}, {"degrees", ratio.degrees}, {"p", ratio.p}};
        }
        return told;
    } catch (const ArgumentError&) {
        return nullptr;
    }
}

void add_groups(Json& scale, const Watched& of, const fit::Tested& tested) {
    scale["groups"] = Json::array();
    for (const Comparison& comparison : of.comparisons) {
        std::array<int, 2> persons{};
        for (const int side : comparison.side)
            if (side >= 0) ++persons[at(side)];
        const bool told = persons[0] >= least_in_group && persons[1] >= least_in_group;
        scale["groups"].push_back({{"name", comparison.name}, {"persons", told ? Json(persons) : Json(nullptr)}});
        if (!told) continue;
        const Json ratios = of.likelihood_ratio ? likelihood_ratios(of, comparison.side) : Json(nullptr);
        if (of.likelihood_ratio) scale["groups"].back()["likelihood_ratio"] = !ratios.is_null();
        const auto found = fit::dif_by_ability(of.ids, tested.items, of.persons, comparison.side, {});
        for (std::size_t j = 0; j < found.size(); ++j) {
            if (std::min(found[j].reference, found[j].focal) < least_in_group) continue;
            Json& item = scale["items"][j];
            item["groups"][comparison.name] = of_groups(found[j]);
            if (!ratios.is_null()) item["groups"][comparison.name]["likelihood_ratio"] = ratios[j];
            Json& reasons = item["reasons"];
            if (unfair(found[j]) && std::find(reasons.begin(), reasons.end(), "unfair") == reasons.end())
                reasons.push_back("unfair");
        }
    }
}

Json shift_json(const fit::Shift& shift) {
    if (!shift.found) return nullptr;
    return {{"answers", shift.answers}, {"shift", shift.shift}, {"se", shift.se}};
}

void add_drift(Json& scale, const Watched& of, const fit::Tested& tested) {
    const fit::DriftRules rules;
    const auto shifts = fit::item_shifts(tested, of.persons, of.when, rules);
    for (std::size_t j = 0; j < shifts.size(); ++j) {
        Json& item = scale["items"][j];
        item["drift"] = {{"all", of.anchors[j] ? shift_json(shifts[j].all) : Json(nullptr)},
                         {"before", shift_json(shifts[j].before)},
                         {"latest", shift_json(shifts[j].latest)}};
        if (of.anchors[j]) {
            const fit::Drift drift = fit::drifted(shifts[j].all, of.errors[j], rules);
            if (drift != fit::Drift::none) item["reasons"].push_back(drift == fit::Drift::harder ? "harder" : "easier");
        }
        if (fit::eased(shifts[j], rules)) item["reasons"].push_back("eased");
    }
}

void add_times(Json& scale, const Watched& of) {
    std::vector<fit::TimedAnswer> answers;
    for (std::size_t n = 0; n < of.seconds.size(); ++n)
        for (std::size_t k = 0; k < of.seconds[n].size(); ++k)
            if (of.seconds[n][k] > 0) answers.push_back({static_cast<int>(n), of.persons[n][k].item, of.seconds[n][k]});
    const fit::TimeModel model =
        fit::time_model(static_cast<int>(of.ids.size()), static_cast<int>(of.persons.size()), answers);
    scale["time"] = nullptr;
    if (model.converged) scale["time"] = {{"sd_speed", model.sd}};
    for (std::size_t j = 0; j < of.ids.size(); ++j) {
        const fit::ItemTime& item = model.items[j];
        scale["items"][j]["time"] = nullptr;
        if (!item.found || !model.converged) continue;
        const double spread = 1 / (item.alpha * item.alpha) + model.sd * model.sd;
        scale["items"][j]["time"] = {{"answers", item.answers},
                                     {"median", math::exp(item.beta)},
                                     {"mean", math::exp(item.beta + spread / 2)},
                                     {"beta", item.beta},
                                     {"se_beta", item.se_beta},
                                     {"alpha", item.alpha},
                                     {"rapid", item.rapid},
                                     {"idle", item.idle},
                                     {"threshold", item.threshold}};
    }
}

}  // namespace

void add_watch(Json& scale, const Watched& of, const fit::Tested& tested) {
    for (Json& item : scale["items"]) item["groups"] = Json::object();
    add_groups(scale, of, tested);
    add_drift(scale, of, tested);
    add_times(scale, of);
}

std::vector<Comparison> comparisons_of(const ObjectReader& answers, std::size_t persons) {
    std::vector<Comparison> result;
    if (!answers.has("groups")) return result;
    const Json& list = answers.at("groups");
    if (!list.is_array() || list.size() > most_comparisons)
        answers.refuse("groups", "an array of at most 20 comparisons");
    std::set<std::string> names;
    for (std::size_t k = 0; k < list.size(); ++k) {
        const std::string where = "answers.groups[" + std::to_string(k) + "]";
        const ObjectReader in(list[k], where, ErrorKind::argument, {"name", "side"});
        Comparison comparison;
        comparison.name = in.text("name", "", 256);
        if (comparison.name.empty() || !names.insert(comparison.name).second)
            in.refuse("name", "a name that no other comparison has");
        const Json& sides = in.at("side");
        if (!sides.is_array() || sides.size() != persons)
            in.refuse("side", "an array of 0, 1 or null, for each person");
        for (const Json& side : sides) {
            if (!side.is_null() && side != 0 && side != 1)
                in.refuse("side", "an array of 0, 1 or null, for each person");
            comparison.side.push_back(side.is_null() ? -1 : side.get<int>());
        }
        result.push_back(std::move(comparison));
    }
    return result;
}

std::vector<std::vector<std::int64_t>> whens_of(const ObjectReader& answers, const std::vector<std::size_t>& lengths) {
    const auto read = [](const Json& value) {
        return value.is_number_integer() ? std::optional(value.get<std::int64_t>()) : std::nullopt;
    };
    return beside_answers<std::int64_t>(answers, "when", lengths, "whole numbers", read);
}

std::vector<std::vector<double>> seconds_of(const ObjectReader& answers, const std::vector<std::size_t>& lengths) {
    const auto read = [](const Json& value) -> std::optional<double> {
        if (value.is_null()) return 0.0;
        const double ms = value.get<double>();
        return ms >= 0 ? std::optional(ms / 1000) : std::nullopt;
    };
    return beside_answers<double>(answers, "ms", lengths, "milliseconds or null", read);
}

}  // namespace palier::host
