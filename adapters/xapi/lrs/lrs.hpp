// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/store/store.hpp"

// The Learning Record Store as a function from request to response, without sockets.
//
//   /xapi/statements   PUT, POST, GET, HEAD   key and secret (Basic), X-Experience-API-Version 1.0.x
//   /xapi/about        GET, HEAD              open to all
//
// Each can be asked in the alternate request syntax (alternate_syntax.hpp), and OPTIONS says what is
// offered (origins.hpp). A resource is a line of the table in lrs.cpp for each of its methods, and its file.
//
// Every refusal says in its text what is wrong: 400 request or statement, 401 credentials, 404
// nothing there, 405 method, 409 another statement has this id, 413 too large, 415 attachments.
//
// Not offered yet: attachments' bytes, state, profiles, agents and activities, the formats ids and
// canonical, filters that follow StatementRefs, version 2.0.
//
// Source: xAPI 1.0.3 part three (ADL, 2016).

namespace palier::xapi {

inline constexpr std::size_t largest_body = std::size_t{4} << 20;  ///< bytes
inline constexpr std::size_t largest_batch = 500;                  ///< statements
inline constexpr std::size_t largest_page = 500;                   ///< statements

struct Settings {
    std::string key;
    std::string secret;
    std::string home;  ///< IRI of this store: home page of the authority's account
    std::string root = "/xapi";
    std::vector<std::string> origins = {};  ///< whose pages may send and read, as is_origin() takes them
};

/// Thread-safe. The store outlives it.
class Lrs {
public:
    Lrs(Store& store, Settings settings) : store_(store), settings_(std::move(settings)) {}

    /// Answers any request; never throws but for lack of memory.
    Response handle(const Request& request) const;

private:
    struct Route;
    static const std::vector<Route>& routes();

    Response answer(const Request& request) const;
    Response about(const Request& request, const Parameters& parameters) const;
    Response put(const Request& request, const Parameters& parameters) const;
    Response post(const Request& request, const Parameters& parameters) const;
    Response get(const Request& request, const Parameters& parameters) const;
    std::vector<std::string> keep(std::vector<nlohmann::json> statements) const;
    void check_credentials(const Request& request) const;

    Store& store_;
    Settings settings_;
};

}  // namespace palier::xapi
