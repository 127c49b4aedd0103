// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/util/json.hpp"

// How the sections of a plan are read. Each phase reads its own: a function of the plan's JSON that gives the section
// as a value and writes it, defaults filled in, into the normalised plan; engine/plan puts them together. A section
// that plans had from the first version fills its defaults in; a later one writes nothing where the plan does not name
// it, so that hashes stay what they were.

namespace palier {

constexpr double max_logit = 1000;  ///< of any theta, cut or bound in a plan

/// Whether a plan has the section.
inline bool has_section(const Json& plan, const char* key) { return plan.contains(key) && !plan[key].is_null(); }

/// [low, high] with low < high (or low <= high) within +-1000 logits.
std::pair<double, double> read_range(const ObjectReader& in, const char* key, bool may_be_equal = false);

/// A text, or an object from language code to text.
Json read_text(const Json& value, const std::string& path);

/// Reads one section and writes the same section, defaults filled in, into the normalised plan.
class Section {
public:
    Section(const Json& plan, const char* key, std::vector<std::string> keys, Json& normalised)
        : reader_(plan.contains(key) ? plan[key] : empty(), key, ErrorKind::plan, std::move(keys)),
          out_(normalised[key]) {
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
    std::pair<double, double> range(const char* key, bool may_be_equal = false) {
        const auto ends = read_range(reader_, key, may_be_equal);
        out_[key] = {ends.first, ends.second};
        return ends;
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

}  // namespace palier
