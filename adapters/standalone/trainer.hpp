// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "adapters/standalone/html.hpp"
#include "adapters/standalone/limits.hpp"
#include "adapters/standalone/trainer_filters.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::standalone {

/// Wrong and right keys of all together: so many at once, and so many a second after that.
inline constexpr double keys_burst = 10, keys_per_second = 0.1;

/// What opens the trainer's page. A key of its own ("" where there is none) reads statements. With `store_keys`, so do
/// keys of the store that may read all, with their secrets; those with the scope admin, and `key`, read who read what.
struct TrainerKeys {
    std::string own;
    std::string key, secret;
    bool store_keys = false;
};

/// The trainer's pages: statements as sentences, newest first, grouped by attempt, behind a key.
///
///   /trainer              filters person, group, test, question, competence, verb, from, to (dates), level (at most),
///                         final=1; before (next page), lang
///   /trainer/attempt      registration: an attempt as a story
///   /trainer/statement    id: one statement as JSON
///   /trainer/statements.csv, /trainer/statements.json   the statements that the filters let through, oldest first
///   /trainer/readings     who read what when; after (next page)
///   /trainer/login        POST key, and secret where it is a key of the store
///   /trainer/logout       POST token
///
/// Each page of statements is noted in the store with who asked for it (trainer_log.hpp) before it is sent.
/// A session ends with its key. Thread-safe; the store outlives it.
class Trainer {
public:
    Trainer(xapi::Store& store, TrainerKeys keys, double burst, double per_second, std::string home = "/")
        : store_(store), keys_(std::move(keys)), home_(std::move(home)), tries_(burst, per_second) {}

    /// A post was found to come from this site's pages.
    xapi::Response handle(const xapi::Request& request, const xapi::Target& target);

private:
    struct Session {
        std::string who;    ///< key of the store, or "" for the trainer's own
        std::string token;  ///< of its posts
        std::int64_t end = 0;
    };
    /// What a key may do here.
    struct May {
        bool read = false;
        bool read_log = false;
    };

    std::optional<Session> session_of(const xapi::Request& request);
    May may(const std::string& who);
    std::optional<std::string> opened_by(const std::string& key, const std::string& secret);
    xapi::Response login(const xapi::Request& request, const Reader& reader);
    xapi::Response logout(const xapi::Request& request, const Reader& reader);
    xapi::Response login_page(const Reader& reader, int status, const std::string& problem) const;
    xapi::Response list(const xapi::Target& target, const Reader& reader, const Session& session);
    xapi::Response attempt(const xapi::Target& target, const Reader& reader);
    xapi::Response one(const xapi::Target& target, const Reader& reader);
    xapi::Response rows(const xapi::Target& target, const Reader& reader, bool table);
    xapi::Response readings_page(const xapi::Target& target, const Reader& reader);
    std::string whole_page(const Reader& reader, const std::string& title, const std::string& body,
                           const std::string& other = "") const;

    xapi::Store& store_;
    TrainerKeys keys_;
    std::string home_;
    Rate tries_;
    std::mutex mutex_;
    std::map<std::string, Session> sessions_;  ///< by the hash of the cookie
};

/// Whether a request is for the trainer's pages or their style.
bool is_for_trainer(const xapi::Request& request);

/// The answer where there is no demonstration test beside (Site); never throws but for lack of memory.
xapi::Response answer_trainer(Trainer& trainer, const xapi::Request& request);

}  // namespace palier::standalone
