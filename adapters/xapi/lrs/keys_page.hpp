// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <string>

#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/lrs/identity.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::xapi {

class NamedStores;

/// The page on which keys of a store are made, listed and revoked, in French and English, without scripts.
///
///   ROOT          the keys, or the form to sign in with a key that has the scope admin
///   ROOT/enter    POST key, secret
///   ROOT/make     POST label, scope (several), token: the secret is in this answer and in no other
///   ROOT/revoke   POST revoke (a key), token
///   ROOT/leave    POST token
///   ROOT/forwarding, ROOT/retention   where statements are sent on to, and how long they are kept
///   ROOT/forwarding/add   POST name, to, key, secret, version, verb, activity, from_now, token
///   ROOT/forwarding/pause, go-on, retry, remove   POST name, token
///   ROOT/retention/add    POST days, verb, activity, related, token
///   ROOT/retention/remove POST rule, token
///   ROOT/stores           the stores with names beside this one, for the server's own key alone: the key of one
///                         organisation's administrator makes no other organisation's
///   ROOT/stores/make      POST name, token: with its first key, whose secret is in this answer and in no other
///   ROOT/stores/key       POST store, token: one more such key
///   ROOT/stores/remove    POST store, with_statements, token
///
/// A post is taken from this page alone: it has the token of the page that was shown last, which serves once, and its
/// Origin is this server's. Cookies are HttpOnly and SameSite=Strict. Wrong secrets are slowed as for requests. A
/// session ends with its key, and after half an hour without a request. Thread-safe; the store outlives it.
class KeysPage {
public:
    /// `key` and `secret`: the server's own, which may do all, or empty. `root`: "/keys" or "/stores/NAME/keys".
    /// `named`: the stores that its holder makes and removes, or null; they outlive it.
    KeysPage(Store& store, std::string key, std::string secret, std::string root, NamedStores* named = nullptr);

    /// Whether a request is for the page at `root`.
    static bool asks_for(const Request& request, const std::string& root);

    /// Never throws but for lack of memory.
    Response handle(const Request& request);

    struct Visit;

private:
    using Clock = std::chrono::steady_clock;
    struct Session {
        std::string key;
        std::string token;
        Clock::time_point last;
    };

    Response answer(const Request& request);
    Response enter(const Request& request, Visit& visit);
    Response make(Visit& visit);
    Response revoke(Visit& visit);
    Response list(const Visit& visit, int status, const std::string& above);
    Response section(const Visit& visit, int status, const std::string& above);
    Response change(Visit& visit);
    Response sign_in(const Visit& visit, int status, const std::string& problem);
    bool opens(const std::string& key, const std::string& secret);
    bool is_admin(const std::string& key);

    Store& store_;
    std::string key_, secret_, root_;
    NamedStores* named_;
    Tries tries_;
    std::mutex mutex_;
    std::map<std::string, Session> sessions_;  // by the digest of their cookies
};

}  // namespace palier::xapi
