// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/lrs/identity.hpp"
#include "adapters/xapi/store/store.hpp"
#include "adapters/xapi/validate.hpp"

// The Learning Record Store as a function from request to response, without sockets: all resources of xAPI 1.0.3 and
// 2.0.0, as the request's X-Experience-API-Version says. A resource is a line of the table in lrs.cpp for each of its
// methods, and its file.
//
// A key and its secret (Basic) are asked for everywhere but at /xapi/about and /xapi/health. In 1.0.3, each request can
// be made in the alternate syntax (alternate_syntax.hpp), and OPTIONS says what is offered (origins.hpp).
//
// Every refusal says in its text what is wrong: 400 request or statement, 401 credentials, 403 what the key may not
// do, 404 nothing there, 405 method, 409 another statement or document is there, 412 a precondition, 413 too large,
// 429 too many wrong tries, 507 the disk is full.
//
// Sources: xAPI 1.0.3 part three (ADL, 2016); IEEE 9274.1.1-2023 (2.0.0), as ADL's tests ask it.

namespace palier::xapi {

inline constexpr std::size_t largest_body = std::size_t{4} << 20;  ///< bytes
inline constexpr std::size_t largest_batch = 500;                  ///< statements
inline constexpr std::size_t largest_page = 500;                   ///< statements
inline constexpr std::size_t largest_answer = std::size_t{8}
                                              << 20;  ///< bytes of statements and attachments, of several

struct Settings {
    std::string key;  ///< one that may do all, besides those that the store has; or empty
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
    Response handle(const Request& request);

private:
    Response answer(const Request& request, Version& version);
    Identity identify(const Request& request);
    Version spoken(const std::string& key);
    void speaks(const std::string& key, Version version);

    Store& store_;
    Settings settings_;
    Tries tries_;

    // In which version a key asked last: what refuses a request that names none is said in it.
    std::mutex spoken_mutex_;
    std::map<std::string, Version> spoken_;
};

}  // namespace palier::xapi
