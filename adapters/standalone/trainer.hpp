// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "adapters/standalone/html.hpp"
#include "adapters/standalone/limits.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::standalone {

/// The trainer's pages: statements as sentences, newest first, grouped by attempt, behind a key.
///
///   /trainer              filters person, verb, from, to (dates), final=1, before (next page), lang
///   /trainer/statement    id: one statement as JSON
///   /trainer/statements.csv, /trainer/statements.json   the statements that the filters let through, oldest first
///   /trainer/login        POST key
///   /trainer/logout       POST
class Trainer {
public:
    Trainer(xapi::Store& store, std::string key, double burst, double per_second)
        : store_(store), key_(std::move(key)), tries_(burst, per_second) {}

    /// `post_is_ours`: a post was found to come from this site's pages.
    xapi::Response handle(const xapi::Request& request, const xapi::Target& target);

private:
    bool is_known(const xapi::Request& request);
    xapi::Response login(const xapi::Request& request, const Reader& reader);
    xapi::Response login_page(const Reader& reader, int status, const std::string& problem) const;
    xapi::Response list(const xapi::Target& target, const Reader& reader);
    xapi::Response one(const xapi::Target& target, const Reader& reader);
    xapi::Response rows(const xapi::Target& target, const Reader& reader, bool table);

    xapi::Store& store_;
    std::string key_;
    Rate tries_;
    std::mutex mutex_;
    std::map<std::string, std::int64_t> sessions_;  ///< hash of the cookie to its end
};

}  // namespace palier::standalone
