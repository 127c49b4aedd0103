// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>

#include "adapters/xapi/statements.hpp"
#include "tests/support/places.hpp"

namespace palier::test {

inline nlohmann::json read_json(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    return nlohmann::json::parse(file);
}

/// A whole session as a request to the builder: five questions, a pause, no threshold.
inline nlohmann::json session() { return read_json(in_project("tests/xapi/data/session.json")); }

/// The same, with a plan that has a threshold and a decision.
inline nlohmann::json judged_session(const std::string& decision) {
    nlohmann::json request = session();
    request["record"]["threshold"] = {{"theta", -1.0}, {"p_above", 0.93}, {"decision", decision}};
    request["context"]["plan"]["threshold"] = {{"theta", -1.0}};
    return request;
}

/// The same, with the item q4 dropped on appeal after the stop.
inline nlohmann::json appealed(nlohmann::json request) {
    request["log"]["events"].push_back(
        {{"type", "dropped"}, {"item", "q4"}, {"reason", "appeal"}, {"time", 1760000900000}});
    request["record"]["n"] = 3;
    request["record"]["theta"] = 0.1;
    request["record"]["steps"][4]["dropped"] = true;
    return request;
}

inline nlohmann::json statements(const nlohmann::json& request) { return palier::xapi::statements_of(request); }

inline std::string extension(const std::string& name) {
    return "urn:uuid:30b3aa5b-356e-41ca-ad0f-a03fa555c307#extensions/" + name;
}

}  // namespace palier::test
