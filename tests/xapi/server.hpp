// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <boost/test/unit_test.hpp>
#include <string>

#include "adapters/xapi/lrs/lrs.hpp"
#include "tests/xapi/place.hpp"

namespace palier::test {

/// A store and its LRS without sockets, asked as key:secret, which may do all.
struct LrsServer {
    Place place;
    xapi::Store store{place.address()};
    xapi::Lrs lrs{store, {"key", "secret", "https://lrs.example.org", "/xapi"}};
    std::string version = "1.0.3";
    std::string credentials = "Basic a2V5OnNlY3JldA==";

    /// `extra` replaces headers of the same name; an empty value takes one away.
    xapi::Response send(const std::string& method, const std::string& target, const std::string& body = "",
                        const xapi::Headers& extra = {}) {
        xapi::Request request{
            method, target, {{"authorization", credentials}, {"x-experience-api-version", version}}, body};
        if (!body.empty()) request.headers.emplace_back("content-type", "application/json");
        for (const auto& [name, value] : extra) {
            std::erase_if(request.headers, [&, &key = name](const auto& one) { return one.first == key; });
            if (!value.empty()) request.headers.emplace_back(name, value);
        }
        return lrs.handle(request);
    }
    nlohmann::json get(const std::string& target) {
        const xapi::Response response = send("GET", target);
        BOOST_REQUIRE_MESSAGE(response.status == 200, target << ": " << response.status << " " << response.body);
        return nlohmann::json::parse(response.body);
    }
};

inline std::string value(const xapi::Response& response, const char* name) {
    return std::string(xapi::header(response.headers, name).value_or(""));
}

}  // namespace palier::test
