// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "adapters/xapi/lrs/http.hpp"
#include "adapters/xapi/store/query.hpp"

// Who asks, and what that key may do. The names of scopes are those of xAPI 1.0.3 part three, section 4.2.

namespace palier::xapi {

enum class Scope {
    write_statements,  ///< statements/write
    read_statements,   ///< statements/read
    read_mine,         ///< statements/read/mine: those that this key wrote
    void_statements,   ///< statements/void, which is Palier's own: voids what other keys wrote, too
    state,             ///< state
    define,            ///< define: what its statements say of activities and agents counts for all
    profile,           ///< profile
    read_all,          ///< all/read
    all,               ///< all: everything but keys
    admin              ///< admin, which is Palier's own: makes and revokes keys (keys_page.hpp)
};

/// Throws ArgumentError that names the word which is no scope; several stand with spaces or commas between.
std::vector<Scope> read_scopes(std::string_view words);
/// "statements/write define".
std::string scope_words(const std::vector<Scope>& scopes);

struct Identity {
    std::string key;
    std::vector<Scope> scopes;
    /// Whether it has one of these, or all; admin is not among all.
    bool may(std::initializer_list<Scope> any) const;
    /// Whether it may read what others sent, too.
    bool reads_all() const { return may({Scope::read_statements, Scope::read_all}); }
};

/// Who vouches for what a key sends; `home`: the store's (Settings).
nlohmann::json authority(const std::string& home, const std::string& key);

/// A new key with a secret of chance, which is shown once and not kept.
struct NewCredential {
    Credential credential;
    std::string secret;
};
NewCredential make_credential(const std::vector<Scope>& scopes, const std::string& label);

/// Whether the secret is that of a credential.
bool is_secret_of(const Credential& credential, std::string_view secret);

/// Slows wrong tries down: of one address and key, `burst` at once and then one a second. While there is none left,
/// right ones from there wait too, lest one can try on; whoever comes from elsewhere does not. Of IPv6, the network of
/// 64 bits counts as one address. Remembers `most` at once, and forgets whoever may try the most first. Thread-safe.
class Tries {
public:
    /// `key` may be of any length, or empty where there is but one.
    bool may_try(const std::string& from, const std::string& key);
    void failed(const std::string& from, const std::string& key);

private:
    void make_place();

    using Clock = std::chrono::steady_clock;
    struct Bucket {
        double left = burst;
        Clock::time_point when;
        /// What is left now.
        double at(Clock::time_point now) const;
    };
    static constexpr double burst = 10;
    static constexpr std::size_t most = 10000;

    std::mutex mutex_;
    std::map<std::string, Bucket> buckets_;
};

}  // namespace palier::xapi
