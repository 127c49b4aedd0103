// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "adapters/xapi/store/store.hpp"

namespace palier::xapi {

/// A connection to read with, lent for one call.
class Store::Reading {
public:
    explicit Reading(Store& store) : store_(store) {
        const std::lock_guard lock(store.readers_mutex_);
        if (!store.readers_.empty()) {
            database_ = std::move(store.readers_.back());
            store.readers_.pop_back();
        }
    }
    ~Reading() {
        const std::lock_guard lock(store_.readers_mutex_);
        if (database_) store_.readers_.push_back(std::move(database_));
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

    Database* operator->() {
        if (!database_) database_ = std::make_unique<Database>(Database::reader(store_.path_));
        return database_.get();
    }

private:
    Store& store_;
    std::unique_ptr<Database> database_;
};

}  // namespace palier::xapi
