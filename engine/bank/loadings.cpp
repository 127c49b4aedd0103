// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bank/loadings.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>

#include "engine/bank/error_limits.hpp"
#include "engine/bank/item_fault.hpp"

namespace palier {
namespace {

constexpr std::size_t most_loadings = 64;

bool begins(const std::string& key, const char* with) { return key.rfind(with, 0) == 0; }

bool is_intercept(const std::string& key) {
    constexpr std::size_t stem = 9;
    return begins(key, "intercept") && key.size() <= stem + 2 &&
           std::all_of(key.begin() + stem, key.end(), [](unsigned char ch) { return std::isdigit(ch) != 0; });
}

bool of_steps(Model model) { return model == Model::grm || model == Model::gpcm; }

bool may_have_loadings(Model model) {
    return of_steps(model) || model == Model::one_pl || model == Model::two_pl || model == Model::three_pl ||
           model == Model::four_pl;
}

double number_of(const Json& object, const std::string& path, const std::string& key) {
    const Json& value = object.at(key);
    if (!value.is_number()) throw ItemFault(path, key, "not_a_number", {show(value)});
    return value.get<double>();
}

bool given(const Json& object, const std::string& key) { return object.contains(key) && !object.at(key).is_null(); }

double error_of(const Json& object, const std::string& path, const std::string& key) {
    if (!given(object, key)) return 0;
    const double value = number_of(object, path, key);
    if (!(value >= 0)) throw ItemFault(path, key, "negative", {show(object.at(key))});
    return value;
}

void read_intercepts(const Json& object, const std::string& path, double D, Item& item) {
    const bool steps = of_steps(item.parameters.model);
    if (!steps) {
        for (const auto& entry : object.items())
            if (is_intercept(entry.key()) && entry.key() != "intercept" && !entry.value().is_null())
                throw ItemFault(path, entry.key(), "not_of_model", {name(item.parameters.model)});
        if (!given(object, "intercept")) throw ItemFault(path, "intercept", "intercept_missing");
        item.intercepts = {D * number_of(object, path, "intercept")};
        if (const double se = D * error_of(object, path, "se_intercept"); se > 0) item.intercept_errors = {se};
        return;
    }
    if (given(object, "intercept"))
        throw ItemFault(path, "intercept", "intercept_of_steps", {name(item.parameters.model)});
    for (int k = 1; k < 100; ++k) {
        const std::string key = "intercept" + std::to_string(k);
        if (!given(object, key)) continue;
        if (static_cast<int>(item.intercepts.size()) != k - 1)
            throw ItemFault(path, "intercept" + std::to_string(item.intercepts.size() + 1), "step_missing", {key});
        item.intercepts.push_back(D * number_of(object, path, key));
    }
    if (item.intercepts.empty())
        throw ItemFault(path, "intercept1", "steps_missing", {name(item.parameters.model), "intercept"});
    if (item.intercepts.size() >= max_categories)
        throw ItemFault(path, "intercept16", "steps_too_many", {std::to_string(item.intercepts.size()), "intercept"});
    std::vector<double> errors;
    for (std::size_t k = 1; k <= item.intercepts.size(); ++k)
        errors.push_back(D * error_of(object, path, "se_intercept" + std::to_string(k)));
    if (std::any_of(errors.begin(), errors.end(), [](double se) { return se > 0; })) item.intercept_errors = errors;
}

// The root of the sum of squares of the slopes.
double length_of(const Item& item) {
    double sum = 0;
    for (const Loading& loading : item.loadings) sum += loading.slope * loading.slope;
    return std::sqrt(sum);
}

}  // namespace

bool is_loading_key(const std::string& key) {
    const std::string of = begins(key, "se_") ? key.substr(3) : key;
    return begins(of, "a.") || is_intercept(of);
}

bool has_loadings(const Json& item) {
    return std::any_of(item.items().begin(), item.items().end(),
                       [](const auto& entry) { return is_loading_key(entry.key()) && !entry.value().is_null(); });
}

void read_loadings(const Json& object, const std::string& path, double D, Item& item) {
    Parameters& p = item.parameters;
    const std::string model = name(p.model);
    std::string first;
    for (const auto& entry : object.items())
        if (first.empty() && is_loading_key(entry.key()) && !entry.value().is_null()) first = entry.key();
    if (!may_have_loadings(p.model)) throw ItemFault(path, first, "not_of_loadings", {model});
    for (const auto& entry : object.items()) {
        if (entry.value().is_null()) continue;
        const std::string of = begins(entry.key(), "se_") ? entry.key().substr(3) : entry.key();
        if (of == "a" || of == "b" || of == "scale" ||
            (of.size() > 1 && std::isdigit(static_cast<unsigned char>(of[1])) != 0 &&
             std::string("abc").find(of[0]) != std::string::npos))
            throw ItemFault(path, entry.key(), "beside_loadings", {first});
        if (begins(entry.key(), "se_a.") && !given(object, of)) throw ItemFault(path, entry.key(), "error_alone", {of});
        if (!begins(entry.key(), "a.")) continue;
        const double slope = D * number_of(object, path, entry.key());
        if (slope == 0) continue;  // a table has a cell for every scale
        item.loadings.push_back({entry.key().substr(2), slope, D * error_of(object, path, "se_" + entry.key())});
    }
    const bool asymptotes = !of_steps(p.model);
    if (asymptotes && given(object, "c")) p.c = number_of(object, path, "c");
    if (asymptotes && given(object, "d")) p.d = number_of(object, path, "d");
    if (!asymptotes)
        for (const char* key : {"c", "d"})
            if (given(object, key)) throw ItemFault(path, key, "not_of_model", {model});
    if (item.loadings.empty()) throw ItemFault(path, first == "intercept" ? "a." : first, "loads_nowhere");
    read_intercepts(object, path, D, item);
    check_loadings(item, path);
    derive_from_loadings(item);
}

void check_loadings(const Item& item, const std::string& where) {
    const auto place = [&] { return where; };
    if (!may_have_loadings(item.parameters.model))
        throw ItemFault(where, "a." + item.loadings[0].scale, "not_of_loadings", {name(item.parameters.model)});
    if (item.loadings.size() > most_loadings)
        throw ItemFault(where, "a." + item.loadings[0].scale, "loadings_many", {std::to_string(item.loadings.size())});
    for (std::size_t k = 0; k < item.loadings.size(); ++k) {
        const Loading& loading = item.loadings[k];
        const std::string key = "a." + loading.scale;
        if (loading.scale.empty() || loading.scale.size() > 256 || !is_utf8(loading.scale))
            throw ItemFault(where, key, "scale_name");
        if (k > 0 && !(item.loadings[k - 1].scale < loading.scale)) throw ItemFault(where, key, "loading_twice");
        if (!(std::fabs(loading.slope) <= 1e4) || loading.slope == 0)
            throw ItemFault(where, key, "outside", {dump_json(Json(loading.slope)), "-10000", "10000"});
        check_error(loading.se, most_error, "se_" + key, place);
    }
    const bool steps = of_steps(item.parameters.model);
    if (item.intercepts.empty() || (!steps && item.intercepts.size() != 1) || item.intercepts.size() >= max_categories)
        throw ItemFault(where, "intercept", "intercept_missing");
    for (std::size_t k = 0; k < item.intercepts.size(); ++k) {
        const std::string key = steps ? "intercept" + std::to_string(k + 1) : "intercept";
        if (!(std::fabs(item.intercepts[k]) <= 1e5))
            throw ItemFault(where, key, "outside", {dump_json(Json(item.intercepts[k])), "-100000", "100000"});
        if (item.parameters.model == Model::grm && k > 0 && !(item.intercepts[k] < item.intercepts[k - 1]))
            throw ItemFault(where, key, "intercepts_crossed",
                            {dump_json(Json(item.intercepts[k])), "intercept" + std::to_string(k),
                             dump_json(Json(item.intercepts[k - 1]))});
    }
    if (!item.intercept_errors.empty() && item.intercept_errors.size() != item.intercepts.size())
        throw ItemFault(where, "se_intercept", "negative", {std::to_string(item.intercept_errors.size())});
    for (std::size_t k = 0; k < item.intercept_errors.size(); ++k)
        check_error(item.intercept_errors[k], most_intercept_error,
                    steps ? "se_intercept" + std::to_string(k + 1) : "se_intercept", place);
}

const std::string& own_scale(const Item& item) {
    const std::string* own = &item.scale;
    double most = 0;
    for (const Loading& loading : item.loadings)
        if (std::fabs(loading.slope) > most) {
            most = std::fabs(loading.slope);
            own = &loading.scale;
        }
    return *own;
}

void derive_from_loadings(Item& item) {
    Parameters& p = item.parameters;
    const double length = length_of(item);
    double variance = 0;
    for (const Loading& loading : item.loadings) {
        const double part = loading.slope / length * loading.se;
        variance += part * part;
    }
    item.scale = item.loadings.size() == 1 && item.loadings[0].slope > 0 ? item.loadings[0].scale : "";
    p.a = length;
    p.b = 0;
    item.se_a = item.se_b = item.se_c = item.se_d = std::nullopt;
    item.se_steps.clear();
    item.se_intercepts.clear();
    if (variance > 0) item.se_a = std::sqrt(variance);
    const auto square_of = [&](std::size_t k) {
        return item.intercept_errors.empty() ? 0.0 : item.intercept_errors[k] * item.intercept_errors[k];
    };
    const auto error_of_difficulty = [&](double squares, double b) {
        return std::sqrt(squares + b * b * variance) / length;
    };
    if (!of_steps(p.model)) {
        p.categories = 2;
        p.b = -item.intercepts[0] / length;
        if (const double se = error_of_difficulty(square_of(0), p.b); se > 0) item.se_b = se;
        return;
    }
    p.categories = static_cast<int>(item.intercepts.size()) + 1;
    p.steps.fill(0);
    std::vector<double> errors;
    for (std::size_t k = 0; k < item.intercepts.size(); ++k) {
        const bool difference = p.model == Model::gpcm && k > 0;
        const double intercept = item.intercepts[k] - (difference ? item.intercepts[k - 1] : 0.0);
        p.steps[k] = -intercept / length;
        errors.push_back(error_of_difficulty(square_of(k) + (difference ? square_of(k - 1) : 0.0), p.steps[k]));
    }
    if (std::any_of(errors.begin(), errors.end(), [](double se) { return se > 0; })) item.se_steps = errors;
}

void write_loadings(const Item& item, Json& object) {
    for (const Loading& loading : item.loadings) {
        object["a." + loading.scale] = loading.slope;
        if (loading.se > 0) object["se_a." + loading.scale] = loading.se;
    }
    const bool steps = of_steps(item.parameters.model);
    for (std::size_t k = 0; k < item.intercepts.size(); ++k) {
        const std::string key = steps ? "intercept" + std::to_string(k + 1) : "intercept";
        object[key] = item.intercepts[k];
        if (!item.intercept_errors.empty() && item.intercept_errors[k] > 0)
            object["se_" + key] = item.intercept_errors[k];
    }
}

}  // namespace palier
