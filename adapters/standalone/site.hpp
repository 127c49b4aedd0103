// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "adapters/standalone/attempts.hpp"
#include "adapters/standalone/guard.hpp"
#include "adapters/standalone/limits.hpp"
#include "adapters/standalone/packages.hpp"
#include "adapters/standalone/trainer.hpp"
#include "adapters/xapi/lrs/http.hpp"

namespace palier::standalone {

struct Settings {
    std::string home;                        ///< "http://127.0.0.1:8080"
    std::string trainer_key;                 ///< opens the trainer's page
    std::string player;                      ///< folder of the player's files, or "" where it was not built
    std::optional<std::uint64_t> seed = {};  ///< the same draws for everybody
    bool demo = true;                        ///< the first test is the demonstration
    bool store_keys = false;  ///< keys of the store open the trainer's page too, and the one that follows
    std::string key = {}, secret = {};
    std::optional<Packages> packages = {};  ///< of the tests, for the trainer
    std::int64_t most_attempts = 10000;
    double attempts_burst = 60, attempts_per_second = 1;
    double answers_burst = 200, answers_per_second = 20;
};

/// The stand-alone mode as a function from request to response. Addresses: docs/delivery.md.
///
/// A post is taken from this site's own pages alone (Origin, Sec-Fetch-Site; JSON besides needs its
/// content type); cookies are HttpOnly and SameSite=Strict; every answer carries a strict content
/// security policy. The host name was checked by the HTTP server. Thread-safe.
class Site {
public:
    Site(Settings settings, xapi::Store& store, Tests tests);

    /// Answers any request that is not for /xapi; never throws but for lack of memory.
    xapi::Response handle(const xapi::Request& request);

private:
    struct File {
        std::string type;
        std::string bytes;
    };

    xapi::Response answer(const xapi::Request& request);
    xapi::Response start_page(const Reader& reader) const;
    xapi::Response api(const xapi::Request& request, const xapi::Target& target);
    xapi::Response forms(const xapi::Request& request, const xapi::Target& target);
    /// `from`: the address of who begins.
    xapi::Response begin(const std::string& from, const std::string& test, const std::string& language,
                         const std::string& name, Json& view);
    /// Throws Refusal (404) where there is no such test.
    std::shared_ptr<const delivery::Test> test(const std::string& id) const;
    std::string card(const delivery::Test& test, const Reader& reader) const;
    xapi::Response static_file(const std::string& path) const;

    Settings settings_;
    Attempts attempts_;
    Trainer trainer_;
    Rate begins_, answers_;
    std::map<std::string, File> files_;
};

}  // namespace palier::standalone
