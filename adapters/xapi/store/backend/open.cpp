// SPDX-License-Identifier: GPL-3.0-or-later
#include <algorithm>

#include "adapters/xapi/store/backend/backend.hpp"
#include "adapters/xapi/store/backend/postgresql/open.hpp"
#include "adapters/xapi/store/backend/postgresql/stores.hpp"
#include "adapters/xapi/store/backend/sqlite/stores.hpp"
#include "adapters/xapi/store/backend/stores.hpp"
#include "adapters/xapi/store/errors.hpp"

namespace palier::xapi {
namespace {

void check_name(const std::string& name) {
    if (!is_store_name(name))
        throw StoreError("'" + name.substr(0, 50) +
                         "' is no name of a store: 1 to 30 lower-case letters, digits and hyphens, a letter first");
}

}  // namespace

bool is_postgresql(const std::string& address) {
    return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

std::unique_ptr<Backend> open_backend(const std::string& address, const std::string& name) {
    if (!name.empty()) check_name(name);
    return is_postgresql(address) ? open_postgresql(address, name)
           : name.empty()         ? open_sqlite(address)
                                  : open_sqlite_store(address, name);
}

std::string shown_address(const std::string& address) {
    return is_postgresql(address) ? shown_postgresql(address) : address;
}

bool is_store_name(std::string_view name) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
    return !name.empty() && name.size() <= 30 && letters.find(name.front()) != std::string_view::npos &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string_view::npos;
}

std::vector<std::string> store_names(const std::string& address) {
    auto names = is_postgresql(address) ? postgresql_store_names(address) : sqlite_store_names(address);
    std::erase_if(names, [](const std::string& name) { return !is_store_name(name); });
    std::sort(names.begin(), names.end());
    return names;
}

void make_store(const std::string& address, const std::string& name) {
    check_name(name);
    is_postgresql(address) ? make_postgresql_store(address, name) : make_sqlite_store(address, name);
}

void remove_store(const std::string& address, const std::string& name) {
    check_name(name);
    is_postgresql(address) ? remove_postgresql_store(address, name) : remove_sqlite_store(address, name);
}

std::string store_mark(const std::string& address, const std::string& name) {
    return is_postgresql(address) ? "" : sqlite_store_mark(address, name);
}

}  // namespace palier::xapi
