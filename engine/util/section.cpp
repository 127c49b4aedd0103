// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/util/section.hpp"

#include <cmath>

#include "engine/errors.hpp"

namespace palier {

std::pair<double, double> read_range(const ObjectReader& in, const char* key, bool may_be_equal) {
    const auto ends = in.numbers(key, 2, 2);
    const bool ordered = may_be_equal ? ends[0] <= ends[1] : ends[0] < ends[1];
    if (!ordered || std::fabs(ends[0]) > max_logit || std::fabs(ends[1]) > max_logit)
        in.refuse(key,
                  std::string("[low, high] with low ") + (may_be_equal ? "<=" : "<") + " high, within -1000 to 1000");
    return {ends[0], ends[1]};
}

Json read_text(const Json& value, const std::string& path) {
    bool good = value.is_string() || value.is_object();
    if (value.is_object())
        for (const auto& entry : value.items()) good = good && entry.value().is_string();
    if (!good)
        throw PlanError("'" + path + "' is " + show(value) +
                        "; it should be a text or an object from language to text, e.g. {\"fr\": …, \"en\": …}");
    return value;
}

}  // namespace palier
