// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/identity.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "adapters/xapi/digest.hpp"
#include "adapters/xapi/store/ops/clock.hpp"
#include "engine/errors.hpp"

namespace palier::xapi {
namespace {

constexpr std::array<std::pair<Scope, std::string_view>, 10> names{{{Scope::write_statements, "statements/write"},
                                                                    {Scope::read_statements, "statements/read"},
                                                                    {Scope::read_mine, "statements/read/mine"},
                                                                    {Scope::void_statements, "statements/void"},
                                                                    {Scope::state, "state"},
                                                                    {Scope::define, "define"},
                                                                    {Scope::profile, "profile"},
                                                                    {Scope::read_all, "all/read"},
                                                                    {Scope::all, "all"},
                                                                    {Scope::admin, "admin"}}};

/// Whose tries are counted together.
std::string who_tries(const std::string& from, const std::string& key) {
    std::array<unsigned char, 16> bytes{};
    std::string network = from;
    if (from.find('.') == std::string::npos && inet_pton(AF_INET6, from.c_str(), bytes.data()) == 1)
        network.assign(reinterpret_cast<const char*>(bytes.data()), 8);
    return network + " " + key.substr(0, 100);
}

}  // namespace

std::vector<Scope> read_scopes(std::string_view words) {
    std::vector<Scope> scopes;
    while (!words.empty()) {
        const auto end = std::min(words.find_first_of(" ,"), words.size());
        const std::string_view word = words.substr(0, end);
        words.remove_prefix(std::min(end + 1, words.size()));
        if (word.empty()) continue;
        const auto found =
            std::find_if(names.begin(), names.end(), [&](const auto& one) { return one.second == word; });
        if (found == names.end()) {
            std::string all;
            for (const auto& [scope, name] : names) all += (all.empty() ? "" : ", ") + std::string(name);
            throw ArgumentError("'" + std::string(word.substr(0, 50)) + "' is no scope; " + all + " are");
        }
        if (std::find(scopes.begin(), scopes.end(), found->first) == scopes.end()) scopes.push_back(found->first);
    }
    return scopes;
}

std::string scope_words(const std::vector<Scope>& scopes) {
    std::string words;
    for (const auto& [scope, name] : names)
        if (std::find(scopes.begin(), scopes.end(), scope) != scopes.end())
            words += (words.empty() ? "" : " ") + std::string(name);
    return words;
}

bool Identity::may(std::initializer_list<Scope> any) const {
    return std::any_of(scopes.begin(), scopes.end(), [&](Scope scope) {
        return scope == Scope::all || std::find(any.begin(), any.end(), scope) != any.end();
    });
}

nlohmann::json authority(const std::string& home, const std::string& key) {
    return {{"objectType", "Agent"}, {"account", {{"homePage", home}, {"name", key}}}};
}

NewCredential make_credential(const std::vector<Scope>& scopes, const std::string& label) {
    NewCredential made;
    made.secret = random_digits(24);
    Credential& credential = made.credential;
    credential.key = random_digits(8);
    credential.salt = random_digits(8);
    // The secret has 192 bits of chance: one round of a digest cannot be tried through.
    credential.hash = sha256(credential.salt + made.secret);
    credential.scopes = scope_words(scopes);
    credential.label = label;
    credential.created = microseconds_now();
    return made;
}

bool is_secret_of(const Credential& credential, std::string_view secret) {
    const bool right = same_secret(sha256(credential.salt + std::string(secret)), credential.hash);
    return right && credential.revoked == 0;
}

double Tries::Bucket::at(Clock::time_point now) const {
    return std::min(burst, left + std::chrono::duration<double>(now - when).count());
}

bool Tries::may_try(const std::string& from, const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = buckets_.find(who_tries(from, key));
    return found == buckets_.end() || found->second.at(Clock::now()) >= 1;
}

void Tries::failed(const std::string& from, const std::string& key) {
    const std::string who = who_tries(from, key);
    const std::lock_guard lock(mutex_);
    if (!buckets_.contains(who)) make_place();
    const auto now = Clock::now();
    Bucket& bucket = buckets_.try_emplace(who, Bucket{burst, now}).first->second;
    bucket = {std::max(0.0, bucket.at(now) - 1), now};
}

/// Holds the mutex.
void Tries::make_place() {
    if (buckets_.size() < most) return;
    const auto now = Clock::now();
    std::erase_if(buckets_, [&](const auto& one) { return one.second.at(now) >= burst; });
    if (buckets_.size() < most) return;
    buckets_.erase(std::max_element(buckets_.begin(), buckets_.end(),
                                    [&](const auto& a, const auto& b) { return a.second.at(now) < b.second.at(now); }));
}

}  // namespace palier::xapi
