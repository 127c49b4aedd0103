// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/lrs/stores.hpp"

#include <algorithm>

#include "adapters/xapi/store/backend/stores.hpp"
#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

constexpr std::string_view root = "/stores/";
constexpr std::chrono::seconds remembered{1};

Response plain_refusal(const Refusal& refusal) {
    Response response = refused(refusal);
    response.headers.insert(response.headers.end(), {{"Cache-Control", "no-store"},
                                                     {"X-Content-Type-Options", "nosniff"},
                                                     {"Content-Length", std::to_string(response.body.size())}});
    return response;
}

}  // namespace

NamedStores::NamedStores(std::string address, std::string home, std::vector<std::string> origins, MakePages make_pages)
    : address_(std::move(address)),
      home_(std::move(home)),
      origins_(std::move(origins)),
      make_pages_(std::move(make_pages)) {}

std::vector<std::string> NamedStores::names() const { return store_names(address_); }

bool NamedStores::is_known(const std::string& name) {
    const auto now = std::chrono::steady_clock::now();
    if (now - known_at_ > remembered) {
        known_ = names();
        known_at_ = now;
    }
    return std::find(known_.begin(), known_.end(), name) != known_.end();
}

std::shared_ptr<NamedStores::One> NamedStores::find(const std::string& name) {
    const std::lock_guard lock(mutex_);
    const std::string mark = store_mark(address_, name);
    if (const auto found = open_.find(name); found != open_.end()) {
        if (found->second->mark == mark) return found->second;
        open_.erase(found);
        known_at_ = {};
    }
    if (!is_known(name)) return nullptr;
    const std::string path = std::string(root) + name + "/xapi";
    auto one = std::make_shared<One>(mark, address_, name, Settings{"", "", home_ + path, path, origins_}, make_pages_);
    open_[name] = one;
    return one;
}

void NamedStores::forget(const std::string& name, const std::shared_ptr<One>& one) {
    const std::lock_guard lock(mutex_);
    if (const auto found = open_.find(name); found != open_.end() && found->second == one) open_.erase(found);
    known_at_ = {};
}

/// What there is has changed.
void NamedStores::look_again() {
    const std::lock_guard lock(mutex_);
    known_at_ = {};
}

std::shared_ptr<NamedStores::One> NamedStores::make(const std::string& name) {
    make_store(address_, name);
    look_again();
    return find(name);
}

void NamedStores::remove(const std::string& name) {
    remove_store(address_, name);
    {
        const std::lock_guard lock(mutex_);
        open_.erase(name);
    }
    look_again();
}

Response NamedStores::handle(const Request& request) {
    const std::string_view rest = std::string_view(request.target).substr(root.size());
    const std::string name(rest.substr(0, rest.find_first_of("/?")));
    Response response;
    try {
        auto one = is_store_name(name) ? find(name) : nullptr;
        if (one) {
            const std::string here = std::string(root) + name;
            response = KeysPage::asks_for(request, here + "/keys")                    ? one->keys.handle(request)
                       : one->pages && KeysPage::asks_for(request, here + "/trainer") ? one->pages(request)
                                                                                      : one->lrs.handle(request);
            // A full disk is not the store's end.
            if (response.status < 500 || response.status == 507) {
                // It lives as long as it is read from.
                if (response.more) response.more = [one, more = std::move(response.more)] { return more(); };
                return response;
            }
            // One that was removed meanwhile fails at whatever is asked of it, and another may be there now.
            forget(name, one);
            if (find(name)) return response;
        }
        response = plain_refusal({404, name.substr(0, 50) + ": there is no such store"});
    } catch (const StoreError& error) {
        response = plain_refusal(failed(error));
    } catch (const std::exception& error) {
        response = plain_refusal({500, std::string(error.what()) + "; it can be sent again"});
    }
    if (request.method == "HEAD") response.body.clear();
    return response;
}

}  // namespace palier::xapi
