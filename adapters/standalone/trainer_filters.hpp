// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "adapters/standalone/html.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::standalone {

/// What the address of the trainer's page asks for; "" asks for nothing. `from` and `to` are days ("2026-11-25") of the
/// machine's time zone, in which the pages tell times too, and are about when something happened (timestamp), whenever
/// it was stored; `level`: at most that one.
struct Filters {
    std::string person, group, test, question, competence, registration, verb, from, to, level, before;
    bool final_only = false;
    /// What the address has and is no such thing (a verb that is not offered, 31 February): left out of the above.
    std::vector<std::string> left_out;

    static Filters of(const xapi::Parameters& parameters);

    bool any() const;
    /// "PATH?lang=fr&person=…", with the place where the page before ended, where there is one.
    std::string address(const Reader& reader, const std::string& path, const std::string& before_now = "") const;
    xapi::Query query() const;
    /// Says which were left out, and what was expected; "" where none was.
    std::string problem(const Reader& reader) const;
};

/// The instant at which a day of the machine's time zone begins, `days` after this one ("2026-11-25"), microseconds
/// since 1970 UTC; nothing where there is no such day.
std::optional<std::int64_t> day_begins(const std::string& text, int days);

/// The machine’s time zone at this moment: "CET, UTC+01:00".
std::string time_zone();

/// Tells of activities in the reader's language, where another statement of the store does; with `authority` (as
/// xapi::agent_term() names it), where another one does that it vouches for.
class Translated {
public:
    Translated(xapi::Store& store, const Reader& reader, std::optional<std::string> authority)
        : store_(store), reader_(reader), authority_(std::move(authority)) {}

    /// An activity with the names that the store knows of it, where its own are in other languages alone.
    nlohmann::json activity(nlohmann::json activity);
    /// The same of a statement's object.
    nlohmann::json statement(nlohmann::json statement);

private:
    nlohmann::json known_names(const std::string& iri);

    xapi::Store& store_;
    Reader reader_;
    std::optional<std::string> authority_;
    std::map<std::string, nlohmann::json> names_;
};

/// Something to choose from: how the store names it, and what people call it.
using Choices = std::vector<std::pair<std::string, std::string>>;

/// What the newest statements of a store name; what was said longest ago is not offered once there is very much.
struct Offered {
    Choices people, groups, tests, questions, competences;
};
/// With `authority` (as xapi::agent_term() names it), of those that it vouches for.
Offered offered_by(xapi::Store& store, const Reader& reader, const std::optional<std::string>& authority);

/// The form of the page at `root`; nothing chosen is in it that `filters` has not.
std::string filter_form(const Filters& filters, const Offered& offered, const Reader& reader, const std::string& root);

}  // namespace palier::standalone
