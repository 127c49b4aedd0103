// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/plan/plan.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/errors.hpp"
#include "engine/estimation/estimation.hpp"
#include "engine/selection/selection.hpp"
#include "engine/start/start.hpp"
#include "engine/util/sha256.hpp"

namespace palier {
namespace {

constexpr std::size_t max_plan_bytes = 256 * 1024;
constexpr double max_logit = 1000;

// Reads one part of the plan and writes the same part, defaults filled in, into `out`.
class Section {
public:
    Section(const Json& plan, const char* key, std::vector<std::string> keys, Json& out)
        : reader_(plan.contains(key) ? plan[key] : empty(), key, ErrorKind::plan, std::move(keys)), out_(out[key]) {
        out_ = Json::object();
    }
    double number(const char* key, double fallback, double min, double max) {
        const double value = reader_.number(key, fallback, min, max);
        out_[key] = value;
        return value;
    }
    int integer(const char* key, int fallback, int min, int max) {
        const auto value = static_cast<int>(reader_.integer(key, fallback, min, max));
        out_[key] = value;
        return value;
    }
    std::string choice(const char* key, const char* fallback, const std::vector<std::string>& names) {
        std::string value = reader_.choice(key, fallback, names);
        out_[key] = value;
        return value;
    }
    const ObjectReader& reader() const { return reader_; }
    Json& out() { return out_; }

private:
    static const Json& empty() {
        static const Json object = Json::object();
        return object;
    }
    ObjectReader reader_;
    Json& out_;
};

// A text, or an object from language code to text.
Json read_text(const Json& value, const std::string& path) {
    bool good = value.is_string() || value.is_object();
    if (value.is_object())
        for (const auto& entry : value.items()) good = good && entry.value().is_string();
    if (!good)
        throw PlanError("'" + path + "' is " + show(value) +
                        "; it should be a text or an object from language to text, e.g. {\"fr\": …, \"en\": …}");
    return value;
}

void read_scales(const Json& json, Plan& plan) {
    if (!json.contains("scales") || json["scales"].is_null()) return;
    const Json& list = json["scales"];
    if (!list.is_array() || list.empty() || list.size() > 64)
        throw PlanError("'scales' is " + show(list) + "; it should be an array of 1 to 64 objects");
    if (list.size() > 1)
        throw PlanError("'scales' has " + std::to_string(list.size()) + " entries; this version runs one scale");
    Json out = Json::array();
    for (const Json& entry : list) {
        const std::string path = "scales[" + std::to_string(plan.scales.size()) + "]";
        const ObjectReader reader(entry, path, ErrorKind::plan, {"id", "name", "prior"});
        ScaleRules scale;
        scale.id = reader.text("id", "", 64);
        if (scale.id.empty()) reader.refuse("id", "the identifier of a scale of the bank, 1 to 64 bytes");
        Json object = {{"id", scale.id}};
        if (reader.has("name")) object["name"] = scale.name = read_text(reader.at("name"), path + ".name");
        if (reader.has("prior")) scale.prior = prior_from_json(reader.at("prior"), path + ".prior", ErrorKind::plan);
        object["prior"] = to_json(scale.prior);
        out.push_back(object);
        plan.scales.push_back(std::move(scale));
    }
    plan.normalised["scales"] = out;
}

void read_estimation(const Json& json, Plan& plan) {
    Section in(json, "estimation", {"estimator", "range", "nodes", "item_uncertainty"}, plan.normalised);
    Estimation& e = plan.estimation;
    e.estimator = in.choice("estimator", "eap", estimator_names());
    if (in.reader().has("range")) {
        const auto range = in.reader().numbers("range", 2, 2);
        if (!(range[0] < range[1]) || std::fabs(range[0]) > max_logit || std::fabs(range[1]) > max_logit)
            in.reader().refuse("range", "[low, high] with low < high, within -1000 to 1000");
        e.low = range[0];
        e.high = range[1];
    }
    in.out()["range"] = {e.low, e.high};
    e.nodes = in.integer("nodes", 61, 5, 1001);
    e.carry_item_uncertainty = in.choice("item_uncertainty", "carry", {"carry", "ignore"}) == "carry";
}

void read_start(const Json& json, Plan& plan) {
    Section in(json, "start", {"rule", "theta", "range", "items"}, plan.normalised);
    StartRules& s = plan.start;
    s.rule = in.choice("rule", "prior_mean", start_names());
    const auto only_with = [&](const char* key, const char* rule) {
        if (in.reader().has(key) == (s.rule == rule)) return in.reader().has(key);
        if (s.rule == rule)
            throw PlanError(std::string("'start.") + key + "' is missing; rule '" + rule + "' needs it");
        throw PlanError(std::string("'start.") + key + "' cannot hold together with rule '" + s.rule +
                        "'; it belongs to rule '" + rule + "'");
    };
    if (only_with("theta", "theta")) s.theta = in.number("theta", 0, -max_logit, max_logit);
    if (only_with("range", "random_theta")) {
        const auto range = in.reader().numbers("range", 2, 2);
        if (!(range[0] <= range[1]) || std::fabs(range[0]) > max_logit || std::fabs(range[1]) > max_logit)
            in.reader().refuse("range", "[low, high] with low <= high, within -1000 to 1000");
        s.low = range[0];
        s.high = range[1];
        in.out()["range"] = range;
    }
    if (only_with("items", "items")) {
        s.items = in.reader().texts("items", 1000);
        if (s.items.empty()) in.reader().refuse("items", "an array of one item or more");
        if (std::set<std::string>(s.items.begin(), s.items.end()).size() != s.items.size())
            in.reader().refuse("items", "an array in which each item is there once");
        in.out()["items"] = s.items;
    }
}

void read_stop(const Json& json, Plan& plan) {
    Section in(json, "stop", {"standard_error", "min_items", "max_items", "min_information"}, plan.normalised);
    StopRules& s = plan.stop;
    if (in.reader().has("standard_error")) {
        s.standard_error = in.number("standard_error", 0, 0, ObjectReader::no_limit);
        if (!(*s.standard_error > 0)) in.reader().refuse("standard_error", "a number above 0");
    }
    s.min_items = in.integer("min_items", 0, 0, 10000);
    if (in.reader().has("max_items")) s.max_items = in.integer("max_items", 1, 1, 10000);
    s.min_information = in.number("min_information", 0, 0, ObjectReader::no_limit);
    if (s.max_items && s.min_items > *s.max_items)
        throw PlanError("'stop.min_items' is " + std::to_string(s.min_items) + " and 'stop.max_items' " +
                        std::to_string(*s.max_items) + "; min_items should be at most max_items");
}

void read_scoring(const Json& json, Plan& plan) {
    Section in(json, "scoring", {"categories", "unknown", "skipped", "timed_out", "invalid"}, plan.normalised);
    const auto outcome = [&](const char* key, const char* fallback) {
        return in.choice(key, fallback, {"lowest", "ignore"}) == "lowest" ? Outcome::lowest : Outcome::ignore;
    };
    Scoring& s = plan.scoring;
    s.unknown = outcome("unknown", "lowest");
    s.skipped = outcome("skipped", "ignore");
    s.timed_out = outcome("timed_out", "lowest");
    in.choice("invalid", "ask_again", {"ask_again"});
    if (!in.reader().has("categories")) return;
    const Json& list = in.reader().at("categories");
    if (!list.is_array() || list.empty() || list.size() > 16)
        in.reader().refuse("categories", "an array of 1 to 16 objects {\"from\", \"category\"}");
    Json out = Json::array();
    for (const Json& entry : list) {
        const std::string path = "scoring.categories[" + std::to_string(s.categories.size()) + "]";
        const ObjectReader reader(entry, path, ErrorKind::plan, {"from", "category"});
        reader.at("from");
        reader.at("category");
        const CategoryRule rule{reader.number("from", 0, 0, 1), static_cast<int>(reader.integer("category", 0, 0, 15))};
        if (!s.categories.empty() && !(rule.from > s.categories.back().from))
            reader.refuse("from", "above the 'from' of the entry before it");
        if (!s.categories.empty() && rule.category < s.categories.back().category)
            reader.refuse("category", "at least the category of the entry before it: more marks never mean less");
        s.categories.push_back(rule);
        out.push_back({{"from", rule.from}, {"category", rule.category}});
    }
    in.out()["categories"] = out;
}

void read_levels(const Json& json, Plan& plan) {
    if (!json.contains("levels") || json["levels"].is_null()) return;
    Section in(json, "levels", {"scheme", "cuts", "first", "response_probability", "source", "names"}, plan.normalised);
    Levels levels;
    levels.cuts = in.reader().numbers("cuts", 1, 32);
    for (std::size_t i = 0; i < levels.cuts.size(); ++i) {
        if (std::fabs(levels.cuts[i]) > max_logit || (i > 0 && !(levels.cuts[i] > levels.cuts[i - 1])))
            in.reader().refuse("cuts", "strictly increasing numbers within -1000 to 1000");
    }
    in.out()["cuts"] = levels.cuts;
    levels.first = in.integer("first", 0, -1000, 1000);
    levels.response_probability = in.number("response_probability", 0.5, 0, 1);
    if (!(levels.response_probability > 0 && levels.response_probability < 1))
        in.reader().refuse("response_probability", "a number above 0 and below 1");
    for (const char* key : {"scheme", "source"})
        if (in.reader().has(key)) in.out()[key] = in.reader().text(key);
    if (in.reader().has("names")) {
        const Json& names = in.reader().at("names");
        if (!names.is_array() || names.size() != levels.cuts.size() + 1)
            throw PlanError("'levels.names' has " + std::to_string(names.is_array() ? names.size() : 0) +
                            " entries; " + std::to_string(levels.cuts.size()) + " cuts make " +
                            std::to_string(levels.cuts.size() + 1) + " levels, one name each, lowest first");
        for (std::size_t i = 0; i < names.size(); ++i)
            levels.names.push_back(read_text(names[i], "levels.names[" + std::to_string(i) + "]"));
        in.out()["names"] = names;
    }
    plan.levels = std::move(levels);
}

void read_threshold(const Json& json, Plan& plan) {
    if (json.contains("threshold") && !json["threshold"].is_null()) {
        Section in(json, "threshold", {"theta", "confidence"}, plan.normalised);
        in.reader().at("theta");
        Threshold threshold;
        threshold.theta = in.number("theta", 0, -max_logit, max_logit);
        threshold.confidence = in.number("confidence", 0.9, 0.5, 1);
        if (!(threshold.confidence < 1)) in.reader().refuse("confidence", "a number from 0.5 to below 1");
        plan.threshold = threshold;
    } else if (plan.normalised["purpose"] == "threshold") {
        throw PlanError("'threshold' is missing; purpose 'threshold' needs it, e.g. {\"theta\": 0}");
    }
}

}  // namespace

Prior prior_from_json(const Json& json, const std::string& path, ErrorKind kind) {
    const ObjectReader reader(json, path, kind, {"distribution", "mean", "sd"});
    reader.at("distribution");
    const std::string distribution = reader.choice("distribution", "", {"normal", "uniform"});
    Prior prior;
    if (distribution == "uniform") {
        for (const char* key : {"mean", "sd"})
            if (reader.has(key)) reader.refuse(key, "absent: a uniform prior is flat over estimation.range");
        prior.distribution = Prior::Distribution::uniform;
        return prior;
    }
    prior.mean = reader.number("mean", 0, -max_logit, max_logit);
    prior.sd = reader.number("sd", 1, 0, max_logit);
    if (!(prior.sd >= 1e-6)) reader.refuse("sd", "a number above 0");
    return prior;
}

Json to_json(const Prior& prior) {
    if (prior.distribution == Prior::Distribution::uniform) return {{"distribution", "uniform"}};
    return {{"distribution", "normal"}, {"mean", prior.mean}, {"sd", prior.sd}};
}

Plan Plan::parse(std::string_view text) {
    return from_json(parse_json(text, ErrorKind::plan, "plan", max_plan_bytes));
}

Plan Plan::from_json(const Json& json) {
    const ObjectReader top(json, "", ErrorKind::plan,
                           {"palier_plan", "title", "purpose", "scales", "estimation", "start", "selection", "seen",
                            "retake", "stop", "scoring", "levels", "threshold", "report", "visibility"});
    if (!top.has("palier_plan") || top.at("palier_plan") != 1) top.refuse("palier_plan", "1, the version of this format");
    Plan plan;
    plan.normalised = {{"palier_plan", 1}};
    if (top.has("title")) plan.normalised["title"] = read_text(top.at("title"), "title");
    plan.normalised["purpose"] = top.choice("purpose", "positioning", {"positioning", "practice", "threshold"});
    plan.normalised["visibility"] = top.choice("visibility", "course", {"course", "after_sharing"});
    read_scales(json, plan);
    read_estimation(json, plan);
    read_start(json, plan);

    Section selection(json, "selection", {"criterion", "randomesque"}, plan.normalised);
    plan.selection.criterion = selection.choice("criterion", "mfi", criterion_names());
    plan.selection.randomesque = selection.integer("randomesque", 1, 1, 100);

    Section seen(json, "seen", {"policy", "within_days"}, plan.normalised);
    plan.seen_policy = seen.choice("policy", "exclude", {"exclude", "flag", "allow"});
    if (seen.reader().has("within_days")) seen.integer("within_days", 0, 0, 1000000);

    Section retake(json, "retake", {"max_attempts", "delay_days"}, plan.normalised);
    retake.integer("max_attempts", 0, 0, 1000000);
    retake.number("delay_days", 0, 0, 1000000);

    read_stop(json, plan);
    read_scoring(json, plan);
    read_levels(json, plan);
    read_threshold(json, plan);

    Section report(json, "report", {"interval", "seconds_per_item"}, plan.normalised);
    plan.interval = report.number("interval", 0.8, 0, 1);
    if (!(plan.interval > 0 && plan.interval < 1)) report.reader().refuse("interval", "a number above 0 and below 1");
    plan.seconds_per_item = report.number("seconds_per_item", 50, 0, 1e6);
    if (!(plan.seconds_per_item > 0)) report.reader().refuse("seconds_per_item", "a number above 0");

    if (plan.start.items.size() > static_cast<std::size_t>(plan.stop.max_items.value_or(1000)))
        throw PlanError("'start.items' has " + std::to_string(plan.start.items.size()) +
                        " items and 'stop.max_items' is " + std::to_string(*plan.stop.max_items) +
                        "; the start should fit into the test");
    plan.hash = sha256(dump_json(plan.normalised));
    return plan;
}

std::string scale_of(const Plan& plan, const Bank& bank) {
    const auto& scales = bank.scales();
    for (const std::string& id : plan.start.items) {
        if (bank.find(id) < 0) throw PlanError("'start.items': item '" + id + "' is not in the bank");
    }
    for (const CategoryRule& rule : plan.scoring.categories) {
        if (rule.category > 1)
            throw PlanError("'scoring.categories' has category " + std::to_string(rule.category) +
                            "; the items of this bank have categories 0 and 1");
    }
    if (scales.empty()) return plan.scales.empty() ? "" : plan.scales[0].id;
    if (plan.scales.empty()) {
        if (scales.size() == 1) return scales[0];
        throw PlanError("the bank has the scales " + join(scales) + "; name one of them in 'scales'");
    }
    const std::string& id = plan.scales[0].id;
    if (scales.size() == 1 && scales[0].empty()) return scales[0];
    if (std::find(scales.begin(), scales.end(), id) == scales.end())
        throw PlanError("'scales[0].id' is \"" + id + "\"; the bank has " + join(scales));
    return id;
}

int category_of(const Scoring& scoring, double fraction, int count) {
    constexpr double tolerance = 1e-6;
    const int top = count - 1;
    int category = 0;
    if (scoring.categories.empty()) {
        category = static_cast<int>(std::floor(std::min(1.0, std::max(0.0, fraction)) * top + tolerance));
    } else {
        for (const CategoryRule& rule : scoring.categories)
            if (rule.from <= fraction + tolerance) category = rule.category;
    }
    return std::min(std::max(category, 0), top);
}

}  // namespace palier
