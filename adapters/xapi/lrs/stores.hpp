// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "adapters/xapi/lrs/keys_page.hpp"
#include "adapters/xapi/lrs/lrs.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::xapi {

/// Answers requests for pages of a store.
using Pages = std::function<Response(const Request&)>;
/// Pages of a host for a store, or none; `root`: "/stores/NAME".
using MakePages = std::function<Pages(Store& store, const std::string& root)>;

/// The stores beside the one without a name (store/backend/stores.hpp), each at /stores/NAME/xapi with keys of its own,
/// and their page at /stores/NAME/keys; a host's own pages answer /stores/NAME/trainer. They are opened when they are
/// first asked for, and may be made and removed meanwhile. Thread-safe.
class NamedStores {
public:
    struct One {
        One(std::string which, const std::string& address, const std::string& name, Settings settings,
            const MakePages& make_pages)
            : mark(std::move(which)),
              store(address, name),
              lrs(store, std::move(settings)),
              keys(store, "", "", "/stores/" + name + "/keys"),
              pages(make_pages ? make_pages(store, "/stores/" + name) : nullptr) {}
        std::string mark;  ///< store_mark()
        Store store;
        Lrs lrs;
        KeysPage keys;
        Pages pages;
    };

    /// `home`: of the server, "http://127.0.0.1:8080". `origins` as in Settings.
    NamedStores(std::string address, std::string home, std::vector<std::string> origins, MakePages make_pages = {});

    static bool asks_for_one(const Request& request) { return request.target.starts_with("/stores/"); }

    /// Answers what asks_for_one(); never throws but for lack of memory.
    Response handle(const Request& request);

    /// The store of a name, or nothing. Throws StoreError.
    std::shared_ptr<One> find(const std::string& name);
    /// Throws StoreError.
    std::vector<std::string> names() const;

    /// Makes a store, and takes one away with all that is in it (backend/stores.hpp). Throws StoreError.
    std::shared_ptr<One> make(const std::string& name);
    void remove(const std::string& name);

private:
    bool is_known(const std::string& name);
    void forget(const std::string& name, const std::shared_ptr<One>& one);
    void look_again();

    std::string address_, home_;
    std::vector<std::string> origins_;
    MakePages make_pages_;
    std::mutex mutex_;
    std::map<std::string, std::shared_ptr<One>> open_;
    // What there was a moment ago: names that nobody has cost no question to the database.
    std::vector<std::string> known_;
    std::chrono::steady_clock::time_point known_at_{};
};

}  // namespace palier::xapi
