// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

#include "adapters/xapi/lrs/lrs.hpp"
#include "adapters/xapi/validate.hpp"

// What the files of the resources share: a request as they get it, and one function for each method of each resource.

namespace palier::xapi {

struct Call {
    Store& store;
    const Settings& settings;
    const Request& request;
    const Parameters& parameters;
    Version version;
    const Identity& who;
};

/// The value of a parameter, which must be there or not. Throws Refusal (400).
const std::string& required(const Call& call, const std::string& name);
const std::string* given(const Call& call, const std::string& name);
/// Throws Refusal (400) where there is another parameter than these.
void allow_parameters(const Call& call, std::initializer_list<std::string_view> names);

/// An agent as a parameter, in JSON. Throws Refusal (400).
nlohmann::json agent_parameter(const std::string& value);
/// An instant as a parameter, microseconds since 1970 UTC. Throws Refusal (400).
std::int64_t instant_parameter(const std::string& name, const std::string& value);
/// An IRI as a parameter. Throws Refusal (400).
std::string iri_parameter(const std::string& name, const std::string& value);

Response get_statements(const Call& call);
Response post_statements(const Call& call);
Response put_statement(const Call& call);

Response get_state(const Call& call);
Response put_state(const Call& call);
Response post_state(const Call& call);
Response delete_state(const Call& call);

Response get_activity_profile(const Call& call);
Response put_activity_profile(const Call& call);
Response post_activity_profile(const Call& call);
Response delete_activity_profile(const Call& call);

Response get_agent_profile(const Call& call);
Response put_agent_profile(const Call& call);
Response post_agent_profile(const Call& call);
Response delete_agent_profile(const Call& call);

Response get_agents(const Call& call);
Response get_activities(const Call& call);

/// "Agent" who vouches for what a key wrote.
nlohmann::json authority_of(const Call& call);

}  // namespace palier::xapi
