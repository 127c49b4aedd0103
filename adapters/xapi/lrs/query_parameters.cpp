// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/query_parameters.hpp"

#include <algorithm>
#include <charconv>

#include "adapters/xapi/formats.hpp"
#include "adapters/xapi/lrs/resources.hpp"
#include "adapters/xapi/store/ops/terms.hpp"
#include "adapters/xapi/validate.hpp"

namespace palier::xapi {
namespace {

[[noreturn]] void expected(const std::string& name, const std::string& what) {
    throw Refusal{400, name + ": " + what + " is expected"};
}

std::string checked(const std::string& name, const std::string& value, bool (*is)(std::string_view), const char* what) {
    if (!is(value)) expected(name, what);
    return value;
}

bool boolean(const std::string& name, const std::string& value) {
    if (value != "true" && value != "false") expected(name, "true or false");
    return value == "true";
}

std::int64_t whole(const std::string& name, const std::string& value) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (value.empty() || error != std::errc{} || end != value.data() + value.size() || number < 0)
        expected(name, "a whole number, 0 or more,");
    return number;
}

Format format(const std::string& value) {
    if (value == "exact") return Format::exact;
    if (value == "ids") return Format::ids;
    if (value == "canonical") return Format::canonical;
    expected("format", "exact, ids or canonical");
}

}  // namespace

nlohmann::json agent_parameter(const std::string& value) {
    nlohmann::json read = read_json(value, "agent");
    if (const auto problem = validate_agent(read))
        throw Refusal{400, "agent" + (problem->path.empty() ? "" : "." + problem->path) + ": " + problem->message};
    return read;
}

std::int64_t instant_parameter(const std::string& name, const std::string& value) {
    const auto time = read_timestamp(value);
    if (!time) expected(name, "an instant such as 2026-01-31T08:00:00.000Z");
    return *time;
}

std::string iri_parameter(const std::string& name, const std::string& value) {
    if (!is_iri(value)) expected(name, "an IRI");
    return value;
}

Asked read_query(const Parameters& parameters) {
    Asked asked;
    Query& query = asked.query;
    std::size_t limit = 0;
    std::optional<std::int64_t> ended_at;
    bool filtered = false;
    for (const auto& [name, value] : parameters) {
        const bool about_form = name == "format" || name == "attachments";
        if (name == "statementId" || name == "voidedStatementId") {
            if (asked.id) throw Refusal{400, "statementId and voidedStatementId exclude each other"};
            asked.id = checked(name, value, is_uuid, "a UUID");
            asked.voided = name == "voidedStatementId";
            continue;
        }
        filtered = filtered || !about_form;
        if (name == "agent")
            query.agent = agent_term(agent_parameter(value));
        else if (name == "verb")
            query.verb = iri_parameter(name, value);
        else if (name == "activity")
            query.activity = iri_parameter(name, value);
        else if (name == "registration")
            query.registration = checked(name, value, is_uuid, "a UUID");
        else if (name == "related_activities")
            query.related_activities = boolean(name, value);
        else if (name == "related_agents")
            query.related_agents = boolean(name, value);
        else if (name == "since")
            query.since = instant_parameter(name, value);
        else if (name == "until")
            query.until = instant_parameter(name, value);
        else if (name == "limit")
            limit = static_cast<std::size_t>(whole(name, value));
        else if (name == "ascending")
            query.ascending = boolean(name, value);
        else if (name == "cursor")
            ended_at = whole(name, value);
        else if (name == "format")
            asked.format = format(value);
        else if (name == "attachments")
            asked.attachments = boolean(name, value);
        else
            throw Refusal{400, name.substr(0, 100) + ": unknown parameter"};
    }
    if (asked.id && filtered) throw Refusal{400, "statementId goes with format and attachments alone"};
    if (ended_at && query.ascending) query.since = std::max(*ended_at, query.since.value_or(0));
    if (ended_at && !query.ascending) query.until = std::min(*ended_at - 1, query.until.value_or(*ended_at));
    query.largest = largest_answer;
    query.limit = limit == 0 ? largest_page : std::min(limit, largest_page);
    return asked;
}

}  // namespace palier::xapi
