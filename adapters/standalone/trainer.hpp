// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "adapters/standalone/html.hpp"
#include "adapters/standalone/packages.hpp"
#include "adapters/standalone/trainer_filters.hpp"
#include "adapters/xapi/lrs/identity.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::standalone {

/// What opens the trainer's page. A key of its own ("" where there is none) reads statements. With `store_keys`, so do
/// keys of the store, with their secrets: those that may read all, and of what they sent, those that may read
/// theirs (statements/read/mine); those with the scope admin, and `key`, read who read what. Packages hold the keys to
/// the answers: a key of its own, `key` and those with the scope admin make them.
struct TrainerKeys {
    std::string own;
    std::string key, secret;
    bool store_keys = false;
    std::string home = {};  ///< xapi::Settings::home of the store
};

/// The trainer's pages: statements as sentences, newest first, grouped by attempt, behind a key.
///
///   ROOT              filters person, group, test, question, competence, registration, verb, from, to (days), level
///                     (at most), final=1; before (next page), lang
///   ROOT/attempt      registration: an attempt as a story
///   ROOT/statement    id: one statement as JSON
///   ROOT/statements.csv, ROOT/statements.json   the statements that the filters let through, oldest first
///                     (trainer_rows.hpp); 400 where a filter cannot be read
///   ROOT/readings     who read what when; after (next page)
///   ROOT/packages     packages of the tests that are served, where there are any; POST test, standard, token
///   ROOT/login        POST key, and secret where it is a key of the store; wrong ones are slowed (xapi::Tries)
///   ROOT/logout       POST token
///
/// Each page of statements is noted in the store with who asked for it (trainer_log.hpp) before it is sent.
/// A session ends with its key. Thread-safe; the store outlives it.
class Trainer {
public:
    /// `root`: "/trainer" or "/stores/NAME/trainer". `home`: where the name of the program leads. `packages`: null
    /// where no test is served.
    Trainer(xapi::Store& store, TrainerKeys keys, std::string root = "/trainer", std::string home = "/",
            std::unique_ptr<PackagesPage> packages = nullptr)
        : store_(store),
          keys_(std::move(keys)),
          root_(std::move(root)),
          home_(std::move(home)),
          packages_(std::move(packages)) {}

    const std::string& root() const { return root_; }
    const std::string& home() const { return home_; }

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
        bool make_packages = false;
        /// Of the statements that this one vouches for alone, as agent_term() names it.
        std::optional<std::string> authority = {};
    };

    std::optional<Session> session_of(const xapi::Request& request);
    May may(const std::string& who);
    std::optional<std::string> opened_by(const std::string& key, const std::string& secret);
    std::string cookie_of(const std::string& token, int seconds) const;
    xapi::Response login(const xapi::Request& request, const Reader& reader);
    xapi::Response logout(const xapi::Request& request, const Reader& reader);
    xapi::Response login_page(const Reader& reader, int status, const std::string& problem) const;
    xapi::Response list(const xapi::Target& target, const Reader& reader, const Session& session, const May& allowed);
    xapi::Response attempt(const xapi::Target& target, const Reader& reader, const May& allowed);
    xapi::Response one(const xapi::Target& target, const Reader& reader, const May& allowed);
    xapi::Response rows(const xapi::Target& target, const Reader& reader, const May& allowed, bool table);
    xapi::Response readings_page(const xapi::Target& target, const Reader& reader);
    xapi::Response packages_page(const xapi::Request& request, const Reader& reader, const Session& session);
    std::string whole_page(const Reader& reader, const std::string& title, const std::string& body,
                           const std::string& other = "") const;

    xapi::Store& store_;
    TrainerKeys keys_;
    std::string root_, home_;
    std::unique_ptr<PackagesPage> packages_;
    xapi::Tries tries_;
    std::mutex mutex_;
    std::map<std::string, Session> sessions_;  ///< by the hash of the cookie
};

/// Whether a request is for the trainer's pages at `root` or their style.
bool is_for_trainer(const xapi::Request& request, const std::string& root = "/trainer");

/// The answer where there is no demonstration test beside (Site); never throws but for lack of memory.
xapi::Response answer_trainer(Trainer& trainer, const xapi::Request& request);

}  // namespace palier::standalone
