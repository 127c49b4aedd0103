// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "adapters/xapi/lrs/stores.hpp"
#include "adapters/xapi/store/store.hpp"

namespace palier::cli {

/// What the running server does by itself in each of its stores, until the end of this: it applies the rules of
/// retention at the start and then every hour, and sends on what waits for other stores. What goes wrong, and what was
/// taken away, is said on standard error.
class Background {
public:
    Background(xapi::Store& store, xapi::NamedStores& named);
    ~Background();
    Background(const Background&) = delete;
    Background& operator=(const Background&) = delete;

private:
    using Use = std::function<void(const std::string& name, xapi::Store& store)>;
    void each_store(const Use& use);
    void retain();
    void forward();
    /// False where it ends.
    bool wait(std::chrono::milliseconds time);
    bool ends();
    /// The stores with names, looked up every ten seconds.
    std::vector<std::string> names();

    xapi::Store& store_;
    xapi::NamedStores& named_;
    std::mutex mutex_;
    std::condition_variable ended_;
    bool ends_ = false;
    std::vector<std::string> names_;
    std::chrono::steady_clock::time_point named_at_{};
    std::thread retaining_, forwarding_;
};

}  // namespace palier::cli
