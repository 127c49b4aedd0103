// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "adapters/host/words.hpp"
#include "engine/bank/bank.hpp"
#include "engine/plan/plan.hpp"

// What the reports of a design study have in common, for a plan of one scale (simulation_report.cpp) and of several
// (map_report.cpp).

namespace palier::cli {

/// The page around a report: no scripts, no network, and what it needs to be printed.
std::string report_page(const std::string& body, host::Language language);

struct ReportParts {
    const Json& result;  ///< the shape "simulation"
    host::Language language;

    std::string say(words::Key key, const words::Values& values = {}) const {
        return words::text(key, language, values);
    }
    /// "–" for null.
    std::string number(const Json& value, int digits = 3) const;
    std::string percent(const Json& value) const;
    /// Infinite for null.
    static double value(const Json& json) { return json.is_number() ? json.get<double>() : 1.0 / 0.0; }

    std::string conditions(const Bank& bank, const Plan& plan) const;
    std::string warnings() const;
    std::string stops() const;
    std::string exposure() const;
};

/// The report of a plan of several scales.
std::string map_report(const Json& result, const Bank& bank, const Plan& plan, host::Language language);

}  // namespace palier::cli
