// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/cli/xapi_options.hpp"

#include <filesystem>
#include <iostream>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/identifiers.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "adapters/xapi/validate.hpp"
#include "engine/errors.hpp"

namespace palier::cli {

void AddressOption::add_to(CLI::App& command) {
    command
        .add_option("--db", path,
                    "The address: a SQLite file (default palier-xapi.db, where that is) or "
                    "postgresql://USER@HOST/DATABASE")
        ->envname("PALIER_DB")
        ->each([this](const std::string&) { is_named = true; });
}

void AddressOption::check(bool makes) const {
    std::error_code error;
    if ((makes && is_named) || xapi::is_postgresql(path) || std::filesystem::exists(path, error)) return;
    throw Error(path + ": there is no such file; --db names the store");
}

std::string AddressOption::shown() const { return xapi::shown_address(path); }

void StoreOption::add_to(CLI::App& command) {
    AddressOption::add_to(command);
    command.add_option("--store", name, "One of the stores beside it, by its name (default: the one without)");
}

xapi::Store StoreOption::open(bool makes) const {
    if (name.empty()) check(makes);
    return xapi::Store(path, name);
}

std::int64_t instant(const std::string& option, const std::string& text) {
    const auto time = xapi::read_timestamp(text.size() == 10 ? text + "T00:00:00Z" : text);
    if (!time)
        throw CLI::ValidationError(option, "'" + text.substr(0, 50) +
                                               "' should be a date or an instant such as 2026-01-31 or "
                                               "2026-01-31T08:00:00Z");
    return *time;
}

std::string agent_of(const std::string& text) {
    Json agent;
    try {
        agent = text.starts_with("mailto:") ? Json{{"mbox", text}} : xapi::read_json(text, "--agent");
    } catch (const ArgumentError& error) {
        throw CLI::ValidationError("--agent", error.what());
    }
    if (const auto problem = xapi::validate_agent(agent))
        throw CLI::ValidationError("--agent", problem->path + (problem->path.empty() ? "" : ": ") + problem->message);
    return xapi::agent_term(agent);
}

std::optional<std::string> iri_of(const std::string& option, const std::string& text) {
    if (text.empty()) return {};
    if (!xapi::is_iri(text)) throw CLI::ValidationError(option, "'" + text.substr(0, 100) + "' is no IRI");
    return text;
}

void FilterOptions::add_content_to(CLI::App& command) {
    command.add_option("--agent", agent, "An agent as JSON, or mailto:ADDRESS");
    command.add_option("--verb", verb, "IRI of a verb");
    command.add_option("--activity", activity, "IRI of an activity");
    command.add_option("--registration", registration, "UUID of a registration");
    command.add_flag("--related", related, "Agent and activity anywhere in a statement");
}

void FilterOptions::add_to(CLI::App& command) {
    add_content_to(command);
    command.add_option("--since", since, "Stored after this date or instant");
    command.add_option("--until", until, "Stored up to this date or instant");
    command.add_option("--limit", limit, "At most so many (default: all)");
}

xapi::Query FilterOptions::query() const {
    xapi::Query query;
    if (!agent.empty()) query.agent = agent_of(agent);
    query.verb = iri_of("--verb", verb);
    query.activity = iri_of("--activity", activity);
    if (!registration.empty() && !xapi::is_uuid(registration))
        throw CLI::ValidationError("--registration", "'" + registration.substr(0, 100) + "' is no UUID");
    if (!registration.empty()) query.registration = registration;
    query.related_agents = query.related_activities = related;
    if (!since.empty()) query.since = instant("--since", since);
    if (!until.empty()) query.until = instant("--until", until);
    query.ascending = true;
    return query;
}

void print(const std::string& line) {
    std::cout << line << '\n';
    if (!std::cout) throw Error("standard output cannot be written");
}

}  // namespace palier::cli
