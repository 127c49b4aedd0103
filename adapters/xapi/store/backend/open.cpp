// SPDX-License-Identifier: GPL-3.0-or-later
#include "adapters/xapi/store/backend/postgresql/open.hpp"
#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/backend/sqlite/open.hpp"

namespace palier::xapi {

bool is_postgresql(const std::string& address) {
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

std::unique_ptr<Backend> open_backend(const std::string& address) {
    return is_postgresql(address) ? open_postgresql(address) : open_sqlite(address);
}

std::string shown_address(const std::string& address) {
    return is_postgresql(address) ? shown_postgresql(address) : address;
}

}  // namespace palier::xapi
