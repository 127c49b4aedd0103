// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "adapters/standalone/html.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::standalone {

/// What the address of the trainer's page asks for; "" asks for nothing. `from` and `to` are days ("2026-11-25") in the
/// machine's time zone; `level`: at most that one.
struct Filters {
    std::string person, group, test, question, competence, verb, from, to, level, before;
    bool final_only = false;

    /// What is no such thing (a verb that is not offered, a level that is no number) is left out.
    static Filters of(const xapi::Parameters& parameters);

    bool any() const;
    /// "/trainer?lang=fr&person=…", with the place where the page before ended, where there is one.
    std::string address(const Reader& reader, const std::string& before_now = "",
                        const std::string& path = "/trainer") const;
    /// What the database looks for; is_let_through() is the rest.
    xapi::Query query() const;
    /// Whether a statement has what no index knows: a level that is not above the one asked for.
    bool is_let_through(const nlohmann::json& statement) const;
};

/// Something to choose from: how the store names it, and what people call it.
using Choices = std::vector<std::pair<std::string, std::string>>;

/// What the newest statements of a store name; what was said longest ago is not offered once there is very much.
struct Offered {
    Choices people, groups, tests, questions, competences;
};
Offered offered_by(xapi::Store& store, const Reader& reader);

/// The form; nothing chosen is in it that `filters` has not.
std::string filter_form(const Filters& filters, const Offered& offered, const Reader& reader);

}  // namespace palier::standalone
