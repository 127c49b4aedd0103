// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/plan/plan.hpp"
#include "engine/util/json.hpp"

// How the sections of a plan are read: one file a section (read_*.cpp), each a function of the table in
// plan.cpp. A section that plans had from the first version fills its defaults into the normalised
// plan; a later one writes nothing where the plan does not name it, so that hashes stay what they
// were.

namespace palier {

constexpr double max_logit = 1000;  ///< of any theta, cut or bound in a plan

/// Reads one section and writes the same section, defaults filled in, into the normalised plan.
class Section {
public:
    Section(const Json& plan, const char* key, std::vector<std::string> keys, Json& normalised)
        : reader_(plan.contains(key) ? plan[key] : empty(), key, ErrorKind::plan, std::move(keys)),
          out_(normalised[key]) {
        out_ = Json::object();
    }
    /// Whether the plan names the section, for the sections that have no defaults.
    static bool given(const Json& plan, const char* key) { return plan.contains(key) && !plan[key].is_null(); }

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
    /// The same for keys that came after the first version: nothing is written where they are absent.
    double later_number(const char* key, double fallback, double min, double max) {
        return reader_.has(key) ? number(key, fallback, min, max) : fallback;
    }
    int later_integer(const char* key, int fallback, int min, int max) {
        return reader_.has(key) ? integer(key, fallback, min, max) : fallback;
    }
    std::string later_choice(const char* key, const char* fallback, const std::vector<std::string>& names) {
        return reader_.has(key) ? choice(key, fallback, names) : fallback;
    }
    /// [low, high] with low < high (or low <= high) within +-1000 logits.
    std::pair<double, double> range(const char* key, bool may_be_equal = false);

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

/// A text, or an object from language code to text.
Json read_text(const Json& value, const std::string& path);

void read_scales(const Json& json, Plan& plan);
void read_estimation(const Json& json, Plan& plan);
void read_start(const Json& json, Plan& plan);
void read_selection(const Json& json, Plan& plan);
void read_seen(const Json& json, Plan& plan);
void read_retake(const Json& json, Plan& plan);
void read_stop(const Json& json, Plan& plan);
/// The tree of rules, a part of `stop`.
void read_stop_rules(const ObjectReader& stop, Plan& plan, Json& out);
void read_scoring(const Json& json, Plan& plan);
void read_levels(const Json& json, Plan& plan);
void read_threshold(const Json& json, Plan& plan);
void read_classification(const Json& json, Plan& plan);
void read_floor(const Json& json, Plan& plan);
void read_report(const Json& json, Plan& plan);
void read_exposure(const Json& json, Plan& plan);
void read_constraints(const Json& json, Plan& plan);
void read_item_sets(const Json& json, Plan& plan);
void read_pretest(const Json& json, Plan& plan);

}  // namespace palier
